using GatewayAgent.Configuration;
using GatewayAgent.Endpoint;
using GatewayAgent.State;
using GatewayAgent.Tests.Kit;
using Pki;
using Ua.Core;
using Ua.Server.Identity;
using Ua.Server.Nodes;

namespace GatewayAgent.Tests.Endpoint;

public class AgentRolesTests
{
    private const string Gds = "urn:plant:gds";
    private const string Manager = "urn:plant:manager";

    private readonly Authority _authority = new("GDS CA", 0, TimeProvider.System);

    [Fact]
    public void The_GDS_and_named_applications_are_administrators_when_an_authority_answers_for_them()
    {
        var roles = Roles(Enrolment());
        IsAdministrator(roles, Gds, Issued(Gds)).ShouldBeTrue();
        IsAdministrator(roles, Manager, Issued(Manager)).ShouldBeTrue();
        IsAdministrator(roles, "urn:plant:other", Issued("urn:plant:other")).ShouldBeFalse();
    }

    [Fact]
    public void A_certificate_signed_by_itself_proves_no_name_unless_it_is_the_one_of_the_enrolment_string()
    {
        var own = Authority.SelfSigned(Gds, Authority.Key(5), TimeProvider.System);
        var forged = Authority.SelfSigned(Gds, Authority.Key(6), TimeProvider.System);
        var roles = Roles(Enrolment() with { PinnedCertificate = own.Der });
        IsAdministrator(roles, Gds, own).ShouldBeTrue();
        IsAdministrator(roles, Gds, forged).ShouldBeFalse();
        IsAdministrator(roles, Manager, Authority.SelfSigned(Manager, Authority.Key(6), TimeProvider.System)).ShouldBeFalse();
    }

    [Fact]
    public void Who_is_not_trusted_or_shows_no_certificate_is_nobody()
    {
        var roles = Roles(Enrolment());
        IsAdministrator(roles, null, Issued(Gds)).ShouldBeFalse();
        IsAdministrator(roles, Gds, null).ShouldBeFalse();
    }

    [Fact]
    public void A_GDS_with_which_enrolment_is_not_complete_is_no_administrator()
    {
        IsAdministrator(Roles(Enrolment() with { Completed = null }), Gds, Issued(Gds)).ShouldBeFalse();
        IsAdministrator(Roles(null), Gds, Issued(Gds)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_certificate_of_the_enrolment_string_opens_the_endpoint_once_the_enrolment_is_complete()
    {
        var own = Authority.SelfSigned(Gds, Authority.Key(5), TimeProvider.System);
        var enrolment = Enrolment() with { PinnedCertificate = own.Der };
        var roles = Roles(enrolment with { Completed = null });
        (await roles.Gds.CurrentAsync()).TrustedCertificates.ShouldBeEmpty();
        roles.Know(new AgentConfiguration(), enrolment);
        (await roles.Gds.CurrentAsync()).TrustedCertificates.Select(c => c.Certificate).ShouldBe([own]);
        roles.Know(new AgentConfiguration(), enrolment with { PinnedCertificate = null });
        (await roles.Gds.CurrentAsync()).TrustedCertificates.ShouldBeEmpty("the GDS is known by its authority now");
    }

    [Fact]
    public void A_new_configuration_counts_at_once()
    {
        var roles = Roles(Enrolment());
        roles.Know(new AgentConfiguration { Endpoint = new EndpointConfiguration() }, Enrolment());
        IsAdministrator(roles, Manager, Issued(Manager)).ShouldBeFalse();
    }

    private static AgentRoles Roles(EnrolmentState? enrolment)
    {
        var roles = new AgentRoles();
        roles.Know(new AgentConfiguration { Endpoint = new EndpointConfiguration { Administrators = [Manager] } }, enrolment);
        return roles;
    }

    private static EnrolmentState Enrolment() => new()
    {
        EndpointUrl = "opc.tcp://gds:58810",
        Fingerprint = "",
        GdsApplicationUri = Gds,
        TokenId = "",
        ApplicationUri = "urn:plant:agent",
        ApplicationName = "Agent",
        Begun = DateTimeOffset.UnixEpoch,
        Completed = DateTimeOffset.UnixEpoch,
    };

    private ApplicationCertificate Issued(string uri) => _authority.Issue(uri, Authority.Key(5));

    private static bool IsAdministrator(AgentRoles roles, string? uri, ApplicationCertificate? certificate) => roles
        .RolesOf(new RoleApplicant(UserIdentity.Anonymous, [], uri, MessageSecurityMode.SignAndEncrypt, "opc.tcp://agent:58811") { ApplicationCertificate = certificate?.Der })
        .Contains(WellKnownRoles.SecurityAdmin);
}
