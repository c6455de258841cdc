using Gds.Core.Certificates;
using Gds.Core.Tokens;
using Gds.Store;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace Gds.OpcUa.Tests;

/// <summary>From first contact with a token to a certificate and a trust list, and on with that certificate.</summary>
public sealed class EnrolmentTests(GdsFixture gds) : IClassFixture<GdsFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_enrols_an_agent_and_what_it_manages()
    {
        var agent = new TestApplication("urn:localhost:enrol:agent");
        var managed = new TestApplication("urn:localhost:enrol:gateway");
        var token = await gds.NewTokenAsync(1, "urn:localhost:enrol:%");
        await using (var first = await gds.ConnectAsync(agent, GdsFixture.UserOf(token)))
        {
            var self = await first.RegisterAsync(agent.Record with { ApplicationType = Ua.Core.ApplicationType.Client, DiscoveryUrls = [], ServerCapabilities = [] });
            self.NamespaceIndex.ShouldBe((ushort)1);
            var groups = await first.DirectoryCallAsync(DirectoryMethodIds.GetCertificateGroups, self);
            groups.Get<NodeId[]>(0, "CertificateGroupIds").ShouldBe([Directory.DefaultGroup]);
            (await first.DirectoryCallAsync(DirectoryMethodIds.GetTrustList, self, NodeId.Null))[0].ShouldBe(Directory.TrustList);

            var request = await first.StartAsync(self, Pki.SigningRequest.Create(SubjectName.Build("agent"), agent.Key, agent.Uri, [], []));
            var finished = await first.DirectoryCallAsync(DirectoryMethodIds.FinishRequest, self, request);
            finished.Get<byte[]>(1, "PrivateKey").ShouldBeNull();
            var list = await first.ReadTrustListAsync();
            list.TrustedCertificates.Single().ShouldBe(finished.Get<byte[][]>(2, "IssuerCertificates").Single());
            list.TrustedCrls.Length.ShouldBe(1);
            var certificate = ApplicationCertificate.Parse(finished.Get<byte[]>(0, "Certificate"));
            certificate.IsSignedBy(ApplicationCertificate.Parse(list.TrustedCertificates[0]!)).ShouldBeTrue();
            var gatewayId = await first.RegisterAsync(managed.Record);
            ApplicationCertificate.Parse(await first.FinishAsync(gatewayId, await first.StartAsync(gatewayId, managed.SigningRequest()))).ApplicationUri.ShouldBe(managed.Uri);
            agent.Use(certificate.Der);
        }

        await using var later = await gds.ConnectAsync(agent);
        var gateway = (await FindAsync(later, managed.Uri)).ApplicationId;
        (await later.DirectoryCallAsync(DirectoryMethodIds.GetCertificateStatus, gateway, NodeId.Null, NodeId.Null))[0].ShouldBe(false);
        var renewal = await later.StartAsync(gateway, managed.SigningRequest());
        ApplicationCertificate.Parse(await later.FinishAsync(gateway, renewal)).ApplicationUri.ShouldBe(managed.Uri);
        (await later.ReadTrustListAsync()).TrustedCrls.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_used_token_lets_no_other_client_in_but_its_own_one_again()
    {
        var token = await gds.NewTokenAsync(1, "urn:localhost:once:%");
        var first = new TestApplication("urn:localhost:once:first");
        await using (await gds.ConnectAsync(first, GdsFixture.UserOf(token)))
        {
        }

        await using (await gds.ConnectAsync(first, GdsFixture.UserOf(token)))
        {
        }

        await gds.ConnectAsync(new TestApplication("urn:localhost:once:second"), GdsFixture.UserOf(token)).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task A_token_registers_only_what_it_is_for()
    {
        var agent = new TestApplication("urn:localhost:limits:agent");
        await using var session = await gds.ConnectAsync(agent, GdsFixture.UserOf(await gds.NewTokenAsync(1, "urn:localhost:limits:%")));
        await session.RegisterAsync(agent.Record);
        (await session.RegisterAsync(agent.Record with { ApplicationUri = "urn:elsewhere" }).ShouldFailAsync(StatusCodes.BadUserAccessDenied)).ShouldContain("urn:elsewhere");
        await session.RegisterAsync(agent.Record).ShouldFailAsync(StatusCodes.BadEntryExists);
    }

    [Fact]
    public async Task A_revoked_token_ends_what_it_allowed_in_open_sessions()
    {
        var agent = new TestApplication("urn:localhost:ended:agent");
        var token = await gds.NewTokenAsync(1, "urn:localhost:ended:%");
        await using var session = await gds.ConnectAsync(agent, GdsFixture.UserOf(token));
        await gds.Get<EnrolmentTokens>().RevokeAsync(GdsFixture.Local, token.TokenId, Ct);
        await session.RegisterAsync(agent.Record).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await gds.ConnectAsync(agent, GdsFixture.UserOf(token)).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task A_revoked_certificate_ends_its_channel_and_opens_none()
    {
        var app = new TestApplication("urn:localhost:revoked:app");
        await using (var session = await gds.ConnectAsync(app, GdsFixture.UserOf(await gds.NewTokenAsync(1, app.Uri))))
        {
            var id = await session.RegisterAsync(app.Record);
            app.Use(await session.FinishAsync(id, await session.StartAsync(id, app.SigningRequest())));
        }

        await using var trusted = await gds.ConnectAsync(app);
        var lost = new TaskCompletionSource<SessionState>(TaskCreationOptions.RunContinuationsAsynchronously);
        trusted.StateChanged += change =>
        {
            if (change.State != SessionState.Connected) lost.TrySetResult(change.State);
        };
        await gds.Get<CertificateRegister>().RevokeAsync(GdsFixture.Local, app.Certificate.Thumbprint, RevocationCause.KeyCompromise, Ct);
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(5), Ct);
        await gds.ConnectAsync(app).ShouldFailAsync(StatusCodes.BadCertificateRevoked);
    }

    private static async Task<ApplicationRecord> FindAsync(UaSession session, string uri)
    {
        var found = (await session.DirectoryCallAsync(DirectoryMethodIds.FindApplications, uri)).Get<ExtensionObject[]>(0, "Applications");
        ApplicationRecord.TryFrom(found.Single(), Directory.Gds, out var record).ShouldBeTrue();
        return record!;
    }
}
