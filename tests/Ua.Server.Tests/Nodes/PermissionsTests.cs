using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>Who may do what: roles, namespace defaults and what the channel must offer.</summary>
public sealed class PermissionsTests
{
    private static readonly RolePermissionType s_adminMayAll = new(TestCaller.SecurityAdmin, PermissionType.Browse | PermissionType.Read | PermissionType.Write | PermissionType.Call);
    private static readonly RolePermissionType s_allMayBrowse = new(TestCaller.Anonymous, PermissionType.Browse);

    private readonly Permissions _permissions = new();
    private readonly ObjectNode _node = new(new NodeId("x", 1), new QualifiedName("x", 1));

    [Fact]
    public void A_node_without_permissions_is_open_to_every_role() =>
        _permissions.Check(_node, PermissionType.Write, new TestCaller()).ShouldBe(StatusCodes.Good);

    [Fact]
    public void A_node_with_permissions_is_open_to_the_roles_that_it_names()
    {
        _node.RolePermissions = [s_adminMayAll, s_allMayBrowse];
        _permissions.Check(_node, PermissionType.Write, TestCaller.Admin).ShouldBe(StatusCodes.Good);
        _permissions.Check(_node, PermissionType.Browse, new TestCaller()).ShouldBe(StatusCodes.Good);
        _permissions.Check(_node, PermissionType.Write, new TestCaller()).ShouldBe(StatusCodes.BadUserAccessDenied);
        _permissions.Check(_node, PermissionType.DeleteNode, TestCaller.Admin).ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public void A_node_with_an_empty_list_is_open_to_no_one()
    {
        _node.RolePermissions = [];
        _permissions.Check(_node, PermissionType.Browse, TestCaller.Admin).ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public void The_permissions_of_several_roles_add_up()
    {
        _node.RolePermissions = [new(TestCaller.SecurityAdmin, PermissionType.Write), new(TestCaller.Anonymous, PermissionType.Read)];
        _permissions.Check(_node, PermissionType.Read | PermissionType.Write, TestCaller.Admin).ShouldBe(StatusCodes.Good);
        _permissions.Check(_node, PermissionType.Read | PermissionType.Write, new TestCaller()).ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public void Defaults_of_a_namespace_hold_for_its_nodes_that_say_nothing_themselves()
    {
        _permissions.SetNamespaceDefaults(1, [s_allMayBrowse], AccessRestrictions.EncryptionRequired);
        _permissions.Check(_node, PermissionType.Read, TestCaller.Admin).ShouldBe(StatusCodes.BadUserAccessDenied);
        _permissions.Check(_node, PermissionType.Read, new TestCaller(MessageSecurityMode.Sign)).ShouldBe(StatusCodes.BadSecurityModeInsufficient);
        var other = new ObjectNode(new NodeId("y", 2), new QualifiedName("y", 2));
        _permissions.Check(other, PermissionType.Read, new TestCaller(MessageSecurityMode.None)).ShouldBe(StatusCodes.Good);
        _node.RolePermissions = [s_adminMayAll];
        _node.AccessRestrictions = AccessRestrictions.None;
        _permissions.Check(_node, PermissionType.Read, TestCaller.Admin with { SecurityMode = MessageSecurityMode.None }).ShouldBe(StatusCodes.Good);
    }

    [Theory]
    [InlineData(AccessRestrictions.None, MessageSecurityMode.None, true)]
    [InlineData(AccessRestrictions.SigningRequired, MessageSecurityMode.None, false)]
    [InlineData(AccessRestrictions.SigningRequired, MessageSecurityMode.Sign, true)]
    [InlineData(AccessRestrictions.SigningRequired, MessageSecurityMode.SignAndEncrypt, true)]
    [InlineData(AccessRestrictions.EncryptionRequired, MessageSecurityMode.Sign, false)]
    [InlineData(AccessRestrictions.EncryptionRequired, MessageSecurityMode.SignAndEncrypt, true)]
    [InlineData(AccessRestrictions.SigningRequired | AccessRestrictions.EncryptionRequired, MessageSecurityMode.Sign, false)]
    [InlineData(AccessRestrictions.SigningRequired | AccessRestrictions.EncryptionRequired, MessageSecurityMode.SignAndEncrypt, true)]
    public void Restrictions_ask_for_a_channel_that_signs_or_encrypts(AccessRestrictions restrictions, MessageSecurityMode mode, bool allowed)
    {
        _node.AccessRestrictions = restrictions;
        var expected = allowed ? StatusCodes.Good : StatusCodes.BadSecurityModeInsufficient;
        _permissions.Check(_node, PermissionType.Read, new TestCaller(mode)).ShouldBe(expected);
        _permissions.Check(_node, PermissionType.Browse, new TestCaller(mode)).ShouldBe(StatusCodes.Good);
        _node.AccessRestrictions = restrictions | AccessRestrictions.ApplyRestrictionsToBrowse;
        _permissions.Check(_node, PermissionType.Browse, new TestCaller(mode)).ShouldBe(expected);
    }

    [Fact]
    public void A_session_may_be_required()
    {
        _node.AccessRestrictions = AccessRestrictions.SessionRequired;
        _permissions.Check(_node, PermissionType.Read, new TestCaller { SessionId = NodeId.Null }).ShouldBe(StatusCodes.BadUserAccessDenied);
        _permissions.Check(_node, PermissionType.Read, new TestCaller()).ShouldBe(StatusCodes.Good);
    }

    [Fact]
    public void A_method_that_decides_itself_is_called_by_any_role_but_over_no_weaker_channel()
    {
        var method = new MethodNode(new NodeId("m", 1), new QualifiedName("m", 1))
        {
            AccessDecidedByHandler = true,
            RolePermissions = [s_adminMayAll],
            AccessRestrictions = AccessRestrictions.EncryptionRequired,
        };
        _permissions.Check(method, PermissionType.Call, new TestCaller()).ShouldBe(StatusCodes.Good);
        _permissions.Check(method, PermissionType.Call, new TestCaller(MessageSecurityMode.Sign)).ShouldBe(StatusCodes.BadSecurityModeInsufficient);
        _permissions.Check(method, PermissionType.Write, new TestCaller()).ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public void A_caller_sees_the_permissions_of_its_own_roles_only()
    {
        _node.RolePermissions = [s_adminMayAll, s_allMayBrowse];
        _permissions.UserRolePermissions(_node, new TestCaller()).ShouldBe([s_allMayBrowse]);
        _permissions.UserRolePermissions(_node, TestCaller.Admin).ShouldBe([s_adminMayAll, s_allMayBrowse]);
    }
}
