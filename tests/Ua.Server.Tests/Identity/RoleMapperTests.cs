using Ua.Core;
using Ua.Server.Identity;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Identity;

/// <summary>Roles by rules.</summary>
public sealed class RoleMapperTests
{
    private static readonly NodeId s_role = new(4711, 2);

    private static RoleApplicant Applicant(UserIdentity? user = null, string? application = null, params NodeId[] granted) =>
        new(user ?? UserIdentity.Anonymous, granted, application, MessageSecurityMode.SignAndEncrypt, "opc.tcp://x:1");

    private static bool IsGranted(RoleRule rule, RoleApplicant applicant) => new RuleRoleMapper([rule]).RolesOf(applicant).Contains(rule.Role);

    [Fact]
    public void Everyone_has_the_roles_that_the_specification_gives()
    {
        var mapper = new RuleRoleMapper([]);
        mapper.RolesOf(Applicant()).ShouldBe([WellKnownRoles.Anonymous]);
        mapper.RolesOf(Applicant(new UserIdentity(UserIdentityKind.UserName, "a"))).ShouldBe([WellKnownRoles.Anonymous, WellKnownRoles.AuthenticatedUser], ignoreOrder: true);
        mapper.RolesOf(Applicant(application: "urn:a")).ShouldBe([WellKnownRoles.Anonymous, WellKnownRoles.TrustedApplication], ignoreOrder: true);
        mapper.RolesOf(Applicant(granted: s_role)).ShouldContain(s_role);
    }

    [Fact]
    public void A_user_is_known_by_its_name_as_a_user_only()
    {
        var rule = new RoleRule(s_role, RoleCriterion.UserName, "ann");
        IsGranted(rule, Applicant(new UserIdentity(UserIdentityKind.UserName, "ann"))).ShouldBeTrue();
        IsGranted(rule, Applicant(new UserIdentity(UserIdentityKind.UserName, "Ann"))).ShouldBeFalse();
        IsGranted(rule, Applicant(new UserIdentity(UserIdentityKind.Certificate, "ann", [1]))).ShouldBeFalse();
    }

    [Fact]
    public void A_certificate_is_known_by_its_thumbprint()
    {
        var der = TestKit.TestKey.Of(2048, "a").Der;
        var thumbprint = TestKit.TestKey.Of(2048, "a").Certificate.Thumbprint;
        var user = new UserIdentity(UserIdentityKind.Certificate, "x", der);
        IsGranted(new RoleRule(s_role, RoleCriterion.Thumbprint, thumbprint.ToLowerInvariant()), Applicant(user)).ShouldBeTrue();
        IsGranted(new RoleRule(s_role, RoleCriterion.Thumbprint, new string('0', 40)), Applicant(user)).ShouldBeFalse();
        IsGranted(new RoleRule(s_role, RoleCriterion.Thumbprint, thumbprint), Applicant()).ShouldBeFalse();
    }

    [Fact]
    public void Applications_count_where_they_are_trusted()
    {
        IsGranted(new RoleRule(s_role, RoleCriterion.Application, "urn:a"), Applicant(application: "urn:a")).ShouldBeTrue();
        IsGranted(new RoleRule(s_role, RoleCriterion.Application, "urn:a"), Applicant()).ShouldBeFalse();
        IsGranted(new RoleRule(s_role, RoleCriterion.TrustedApplication), Applicant(application: "urn:b")).ShouldBeTrue();
        var limited = new RoleRule(s_role, RoleCriterion.Anonymous) { Applications = ["urn:a"] };
        IsGranted(limited, Applicant(application: "urn:a")).ShouldBeTrue();
        IsGranted(limited, Applicant(application: "urn:b")).ShouldBeFalse();
        IsGranted(limited, Applicant()).ShouldBeFalse();
    }

    [Fact]
    public void A_role_can_bring_another()
    {
        var mapper = new RuleRoleMapper(
        [
            new RoleRule(new NodeId(3, 2), RoleCriterion.Role, "ns=2;i=2"),
            new RoleRule(new NodeId(2, 2), RoleCriterion.Role, WellKnownRoles.AuthenticatedUser.ToString()),
        ]);
        mapper.RolesOf(Applicant(new UserIdentity(UserIdentityKind.UserName, "a"))).ShouldContain(new NodeId(3, 2));
        mapper.RolesOf(Applicant()).ShouldNotContain(new NodeId(2, 2));
    }
}
