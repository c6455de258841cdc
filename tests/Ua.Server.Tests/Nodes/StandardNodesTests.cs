using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>The node tables as they were loaded: whole, connected and as the specification has them.</summary>
public sealed class StandardNodesTests
{
    /// <summary>
    /// Nodes that the specification puts nowhere below Root: the properties of Part 3, the aggregate functions of Part 13,
    /// the history and file system objects, which a server adds to its own objects when it has them.
    /// </summary>
    private static readonly uint[] s_typesOfDetachedNodes = [68, 2340, 2318, 13353];

    private static readonly AddressSpace s_space = Spaces.WithGds();

    private static NodeId Gds(uint id) => new(id, Spaces.Gds);

    [Fact]
    public void All_nodes_of_both_tables_are_there()
    {
        s_space.Nodes.Count(n => n.Id.NamespaceIndex == 0).ShouldBe(5085);
        s_space.Nodes.Count(n => n.Id.NamespaceIndex == Spaces.Gds).ShouldBe(397);
        s_space.Namespaces.Uris.ShouldBe(["http://opcfoundation.org/UA/", "urn:test:server", "http://opcfoundation.org/UA/GDS/"]);
    }

    [Fact]
    public void Every_reference_is_seen_from_both_ends_and_leads_to_a_node_of_the_space()
    {
        foreach (var node in s_space.Nodes)
        {
            foreach (var reference in node.References.ToArray())
            {
                s_space.Find(reference.Target.Id).ShouldBe(reference.Target, $"{node} refers to {reference.Target}");
                s_space.Find(reference.Type.Id).ShouldBe(reference.Type);
                var oneWay = reference.Type.Id == ReferenceTypeIds.HasTypeDefinition || reference.Type.Id == ReferenceTypeIds.HasModellingRule;
                reference.Target.References.Contains(new Reference(reference.Type, !reference.IsForward, node)).ShouldBe(!oneWay, $"{node} and {reference.Target}");
            }
        }
    }

    [Fact]
    public void No_node_has_a_reference_twice()
    {
        foreach (var node in s_space.Nodes) node.References.ToArray().ShouldBeUnique();
    }

    [Fact]
    public void Every_node_is_reached_from_Root_but_those_that_the_specification_leaves_detached()
    {
        var reached = new HashSet<Node> { s_space.Get<Node>(Spaces.Root) };
        var waiting = new Queue<Node>(reached);
        while (waiting.TryDequeue(out var node))
        {
            foreach (var reference in node.References)
                if (reference.IsForward && reached.Add(reference.Target)) waiting.Enqueue(reference.Target);
        }

        var detached = s_space.Nodes.Where(n => !reached.Contains(n)).ToList();
        detached.Count.ShouldBe(81);
        detached.Where(n => n.Parent is null).ShouldAllBe(n => s_typesOfDetachedNodes.Contains(n.TypeDefinition!.Id.Numeric));
        detached.Where(n => n.Parent is not null).ShouldAllBe(n => detached.Contains(n.Parent!));
    }

    [Fact]
    public void Every_type_leads_up_to_the_base_type_of_its_class()
    {
        foreach (var type in s_space.Nodes.OfType<TypeNode>())
        {
            var root = type.Class switch
            {
                NodeClass.ObjectType => 58u,
                NodeClass.VariableType => 62u,
                NodeClass.DataType => 24u,
                _ => 31u,
            };
            type.Is(new NodeId(root)).ShouldBeTrue($"{type}");
        }
    }

    [Fact]
    public void Every_object_and_variable_has_a_type_definition_of_its_class()
    {
        foreach (var node in s_space.Nodes.OfType<ObjectNode>()) node.TypeDefinition.ShouldBeOfType<ObjectTypeNode>($"{node}");
        foreach (var node in s_space.Nodes.OfType<VariableNode>())
        {
            node.TypeDefinition.ShouldBeOfType<VariableTypeNode>($"{node}");
            s_space.Find(node.DataType).ShouldBeOfType<DataTypeNode>($"{node}");
        }
    }

    [Fact]
    public void Every_argument_of_every_method_has_a_name_and_a_known_data_type()
    {
        var count = 0;
        foreach (var method in s_space.Nodes.OfType<MethodNode>())
        {
            foreach (var argument in method.InputArguments().Concat(method.OutputArguments()))
            {
                argument.Name.ShouldNotBeNullOrEmpty($"{method}");
                s_space.Find(argument.DataType).ShouldBeOfType<DataTypeNode>($"{method}: {argument.Name}");
                count++;
            }
        }

        count.ShouldBe(1269);
    }

    [Fact]
    public void Every_argument_property_says_how_many_arguments_it_holds()
    {
        foreach (var property in s_space.Nodes.OfType<VariableNode>().Where(v => v.BrowseName.Name is "InputArguments" or "OutputArguments" && v.Parent is MethodNode))
        {
            var arguments = property.Value.Value.Value.ShouldBeOfType<ExtensionObject[]>($"{property} of {property.Parent}");
            property.ValueRank.ShouldBe(1);
            arguments.Length.ShouldBe((int)property.ArrayDimensions.Single(), $"{property} of {property.Parent}");
        }
    }

    [Fact]
    public void There_is_no_data_type_dictionary_and_nothing_describes_one()
    {
        s_space.Nodes.ShouldNotContain(n => n is VariableNode && n.TypeDefinition!.Id == new NodeId(72));
        s_space.Nodes.ShouldNotContain(n => n is VariableNode && n.TypeDefinition!.Id == new NodeId(69));
        s_space.Nodes.SelectMany(n => n.References.ToArray()).ShouldNotContain(r => r.Type.Id == new NodeId(39));
    }

    [Fact]
    public void Every_concrete_structure_has_the_three_encodings_by_their_names()
    {
        var structures = s_space.Subtypes(new NodeId(22)).OfType<DataTypeNode>().Where(t => t is { IsAbstract: false, Content: not null }).ToList();
        structures.Count.ShouldBeGreaterThan(150);
        foreach (var type in structures)
        {
            var encodings = type.References.ToArray().Where(r => r.IsForward && r.Type.Id == ReferenceTypeIds.HasEncoding).Select(r => r.Target.BrowseName);
            encodings.ShouldBe([new QualifiedName("Default Binary"), new QualifiedName("Default XML"), new QualifiedName("Default JSON")], ignoreOrder: true, $"{type}");
            s_space.DataTypeOfEncoding(type.DefaultEncodingId).ShouldBe(type);
        }
    }

    [Theory]
    [InlineData(84u, "Root", NodeClass.Object)]
    [InlineData(2253u, "Server", NodeClass.Object)]
    [InlineData(2255u, "NamespaceArray", NodeClass.Variable)]
    [InlineData(12637u, "ServerConfiguration", NodeClass.Object)]
    [InlineData(14053u, "CertificateGroups", NodeClass.Object)]
    [InlineData(14156u, "DefaultApplicationGroup", NodeClass.Object)]
    [InlineData(12642u, "TrustList", NodeClass.Object)]
    [InlineData(14161u, "CertificateTypes", NodeClass.Variable)]
    [InlineData(13737u, "UpdateCertificate", NodeClass.Method)]
    [InlineData(12740u, "ApplyChanges", NodeClass.Method)]
    [InlineData(12555u, "CertificateGroupType", NodeClass.ObjectType)]
    [InlineData(12554u, "TrustListDataType", NodeClass.DataType)]
    [InlineData(12560u, "RsaSha256ApplicationCertificateType", NodeClass.ObjectType)]
    [InlineData(16706u, "ManagedApplications", NodeClass.Object)]
    [InlineData(15704u, "SecurityAdmin", NodeClass.Object)]
    [InlineData(62u, "BaseVariableType", NodeClass.VariableType)]
    [InlineData(47u, "HasComponent", NodeClass.ReferenceType)]
    public void Nodes_of_namespace_0_are_where_the_specification_has_them(uint id, string name, NodeClass nodeClass)
    {
        var node = s_space.Get<Node>(new NodeId(id));
        node.BrowseName.ShouldBe(new QualifiedName(name));
        node.DisplayName.ShouldBe(new LocalizedText(name));
        node.Class.ShouldBe(nodeClass);
    }

    [Theory]
    [InlineData(141u, "Directory")]
    [InlineData(142u, "Applications")]
    [InlineData(143u, "FindApplications")]
    [InlineData(146u, "RegisterApplication")]
    [InlineData(200u, "UpdateApplication")]
    [InlineData(149u, "UnregisterApplication")]
    [InlineData(216u, "GetApplication")]
    [InlineData(992u, "QueryApplications")]
    [InlineData(151u, "QueryServers")]
    [InlineData(614u, "CertificateGroups")]
    [InlineData(157u, "StartSigningRequest")]
    [InlineData(154u, "StartNewKeyPairRequest")]
    [InlineData(163u, "FinishRequest")]
    [InlineData(508u, "GetCertificateGroups")]
    [InlineData(204u, "GetTrustList")]
    [InlineData(225u, "GetCertificateStatus")]
    [InlineData(1661u, "DiscoveryAdmin")]
    [InlineData(1680u, "CertificateAuthorityAdmin")]
    public void Nodes_of_the_GDS_namespace_are_mapped_to_the_index_of_the_server(uint id, string name) =>
        s_space.Get<Node>(Gds(id)).BrowseName.ShouldBe(new QualifiedName(name, Spaces.Gds));

    [Fact]
    public void The_directory_hangs_below_Objects_and_is_of_the_type_with_certificates()
    {
        var directory = s_space.Get<ObjectNode>(Gds(141));
        directory.Parent!.Id.ShouldBe(Spaces.Objects);
        directory.TypeDefinition!.Id.ShouldBe(Gds(63));
        directory.TypeDefinition.Is(Gds(13)).ShouldBeTrue();
        s_space.Get<Node>(Spaces.Objects).Children().ShouldContain(directory);
    }

    [Fact]
    public void QueryApplications_takes_and_gives_what_Part_12_says()
    {
        var method = s_space.Get<MethodNode>(Gds(992));
        method.InputArguments().Select(a => (a.Name, a.DataType.Numeric, a.ValueRank)).ShouldBe(
        [
            ("StartingRecordId", 7u, -1), ("MaxRecordsToReturn", 7u, -1), ("ApplicationName", 12u, -1), ("ApplicationUri", 12u, -1),
            ("ApplicationType", 7u, -1), ("ProductUri", 12u, -1), ("Capabilities", 12u, 1),
        ]);
        method.OutputArguments().Select(a => (a.Name, a.DataType, a.ValueRank)).ShouldBe(
        [
            ("LastCounterResetTime", new NodeId(294), -1), ("NextRecordId", new NodeId(7), -1), ("Applications", new NodeId(308), 1),
        ]);
        method.Declaration!.Id.ShouldBe(Gds(868));
    }

    [Fact]
    public void An_argument_of_a_GDS_type_carries_the_index_of_the_server() =>
        s_space.Get<MethodNode>(Gds(146)).InputArguments().Single().DataType.ShouldBe(Gds(1));

    [Fact]
    public void Namespace_metadata_has_its_values()
    {
        s_space.Get<VariableNode>(Gds(722)).Value.Value.ShouldBe("http://opcfoundation.org/UA/GDS/");
        s_space.Get<VariableNode>(Gds(723)).Value.Value.ShouldBe("1.05.07");
        s_space.Get<VariableNode>(Gds(724)).Value.Value.ShouldBe(new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc));
        s_space.Get<VariableNode>(Gds(725)).Value.Value.ShouldBe(false);
        s_space.Get<VariableNode>(new NodeId(15958)).Value.Value.ShouldBe("http://opcfoundation.org/UA/");
        s_space.Get<VariableNode>(new NodeId(15962)).Value.Value.ShouldBe(Variant.Array(BuiltInType.Int32, new[] { 0 }));
    }

    [Fact]
    public void Enumeration_texts_units_and_state_names_are_kept()
    {
        s_space.Get<VariableNode>(new NodeId(12078)).Value.Value.ShouldBe(new LocalizedText[] { new("Linear"), new("Log"), new("Ln") });
        s_space.Get<VariableNode>(new NodeId(9018)).Value.Value.ShouldBe(new LocalizedText("en", "Enabled"));
        s_space.Get<VariableNode>(new NodeId(24157)).Value.Value.TryGet<ExtensionObject>(out var unit).ShouldBeTrue();
        unit.TryDecode<EUInformation>(out var information).ShouldBeTrue();
        information!.UnitId.ShouldBe(4337968);
        information.DisplayName.ShouldBe(new LocalizedText("en", "bit/s"));
        s_space.Get<VariableNode>(new NodeId(11940)).Value.Value.TryGet<ExtensionObject[]>(out var values).ShouldBeTrue();
        values[0].TryDecode<EnumValueType>(out var first).ShouldBeTrue();
        first!.DisplayName.Text.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Permissions_and_restrictions_of_the_tables_are_kept()
    {
        s_space.Get<Node>(Gds(146)).AccessRestrictions.ShouldBe(AccessRestrictions.SigningRequired);
        s_space.Get<Node>(new NodeId(12740)).AccessRestrictions.ShouldBe(AccessRestrictions.SigningRequired | AccessRestrictions.SessionRequired);
        s_space.Get<Node>(new NodeId(13737)).RolePermissions!.ShouldContain(p => p.RoleId == TestCaller.SecurityAdmin && p.Permissions.HasFlag(PermissionType.Call));
        s_space.Get<ObjectNode>(new NodeId(2253)).EventNotifier.ShouldBe((byte)1);
    }
}
