using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>DataTypeDefinitions as a client reads them to learn a type.</summary>
public sealed class DataTypeDefinitionTests
{
    private static readonly AddressSpace s_space = Spaces.WithGds();

    private static StructureDefinition Structure(NodeId type)
    {
        s_space.Get<DataTypeNode>(type).Definition()!.TryDecode<StructureDefinition>(out var definition).ShouldBeTrue();
        return definition!;
    }

    private static EnumDefinition Enumeration(uint type)
    {
        s_space.Get<DataTypeNode>(new NodeId(type)).Definition()!.TryDecode<EnumDefinition>(out var definition).ShouldBeTrue();
        return definition!;
    }

    [Fact]
    public void The_application_record_names_its_encoding_base_and_fields_in_order()
    {
        var record = Structure(new NodeId(1, Spaces.Gds));
        record.DefaultEncodingId.ShouldBe(new NodeId(134, Spaces.Gds));
        record.BaseDataType.ShouldBe(new NodeId(22));
        record.StructureType.ShouldBe(StructureType.Structure);
        record.Fields.Select(f => (f.Name, f.DataType.Numeric, f.ValueRank)).ShouldBe(
        [
            ("ApplicationId", 17u, -1), ("ApplicationUri", 12u, -1), ("ApplicationType", 307u, -1), ("ApplicationNames", 21u, 1),
            ("ProductUri", 12u, -1), ("DiscoveryUrls", 12u, 1), ("ServerCapabilities", 12u, 1),
        ]);
    }

    [Fact]
    public void A_derived_structure_begins_with_the_fields_of_its_base()
    {
        var field = Structure(new NodeId(102));
        field.BaseDataType.ShouldBe(new NodeId(7594));
        field.Fields.Select(f => f.Name).ShouldBe(["Value", "DisplayName", "Description", "Name"]);
    }

    [Fact]
    public void Optional_fields_and_fields_with_subtypes_set_the_kind_of_structure()
    {
        var log = Structure(new NodeId(19361));
        log.StructureType.ShouldBe(StructureType.StructureWithOptionalFields);
        log.Fields.Where(f => f.IsOptional).Select(f => f.Name).ShouldBe(["EventType", "SourceNode", "SourceName", "TraceContext", "AdditionalData"]);
        var writer = Structure(new NodeId(15597));
        writer.StructureType.ShouldBe(StructureType.StructureWithSubtypedValues);
        writer.Fields.Where(f => f.IsOptional).Select(f => f.Name).ShouldBe(["TransportSettings", "MessageSettings"]);
    }

    [Fact]
    public void An_abstract_structure_has_no_encoding()
    {
        var identity = s_space.Subtypes(new NodeId(22)).OfType<DataTypeNode>().First(t => t is { IsAbstract: true, Content: StructureContent });
        Structure(identity.Id).DefaultEncodingId.ShouldBe(NodeId.Null);
    }

    [Fact]
    public void Enumerations_give_their_numbers_and_option_sets_their_bits()
    {
        Enumeration(307).Fields.Select(f => (f.Name, f.Value)).ShouldBe([("Server", 0L), ("Client", 1), ("ClientAndServer", 2), ("DiscoveryServer", 3)]);
        Enumeration(95).Fields.Select(f => (f.Name, f.Value)).ShouldBe(
            [("SigningRequired", 0L), ("EncryptionRequired", 1), ("SessionRequired", 2), ("ApplyRestrictionsToBrowse", 3)]);
    }

    [Fact]
    public void Every_field_of_every_structure_has_a_known_type()
    {
        var definitions = s_space.Nodes.OfType<DataTypeNode>().Where(t => t.Content is StructureContent).Select(t => (Type: t, Definition: Structure(t.Id))).ToList();
        definitions.Count.ShouldBeGreaterThan(180);
        foreach (var (type, definition) in definitions)
            foreach (var field in definition.Fields) s_space.Find(field.DataType).ShouldBeOfType<DataTypeNode>($"{type}: {field.Name}");
    }

    [Fact]
    public void Built_in_types_have_no_definition() => s_space.Get<DataTypeNode>(new NodeId(12)).Definition().ShouldBeNull();
}
