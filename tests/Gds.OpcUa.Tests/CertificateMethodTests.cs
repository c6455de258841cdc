using System.Security.Cryptography.X509Certificates;
using Gds.Core.Requests;
using Gds.Store;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace Gds.OpcUa.Tests;

/// <summary>The certificate manager's methods with the result codes of Part 12, 7.9.</summary>
public sealed class CertificateMethodTests(GdsFixture gds) : IClassFixture<GdsFixture>
{
    private static int s_last;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_waits_for_approval_and_is_delivered_once()
    {
        var (session, app, id) = await RegisteredAsync();
        await using var _ = session;
        var request = await session.StartAsync(id, app.SigningRequest());
        (await session.FinishAsync(id, request).ShouldFailAsync(StatusCodes.BadNothingToDo)).ShouldContain("approval");
        await gds.Get<RequestDecisions>().ApproveAsync(GdsFixture.Local, GuidOf(request), Ct);
        var certificate = ApplicationCertificate.Parse(await session.FinishAsync(id, request));
        certificate.ApplicationUri.ShouldBe(app.Uri);
        certificate.DnsNames.ShouldBe(["plant.example"]);
        await session.FinishAsync(id, request).ShouldFailAsync(StatusCodes.BadInvalidArgument);

        var held = await session.DirectoryCallAsync(DirectoryMethodIds.GetCertificates, id, Directory.DefaultGroup);
        held.Get<NodeId[]>(0, "CertificateTypeIds").ShouldBe([Directory.RsaSha256]);
        held.Get<byte[][]>(1, "Certificates").Single().ShouldBe(certificate.Der);
        (await CheckAsync(session, certificate.Der)).ShouldBe(StatusCodes.Good);

        await session.DirectoryCallAsync(DirectoryMethodIds.RevokeCertificate, id, certificate.Der);
        (await CheckAsync(session, certificate.Der)).ShouldBe(StatusCodes.BadCertificateRevoked);
        await session.DirectoryCallAsync(DirectoryMethodIds.RevokeCertificate, id, certificate.Der).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        (await session.DirectoryCallAsync(DirectoryMethodIds.GetCertificates, id, NodeId.Null)).Get<byte[][]>(1, "Certificates").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rejected_request_cannot_be_completed()
    {
        var (session, app, id) = await RegisteredAsync();
        await using var _ = session;
        var request = await session.StartAsync(id, app.SigningRequest());
        await gds.Get<RequestDecisions>().RejectAsync(GdsFixture.Local, GuidOf(request), "wrong plant", Ct);
        (await session.FinishAsync(id, request).ShouldFailAsync(StatusCodes.BadRequestNotAllowed)).ShouldContain("wrong plant");
    }

    [Theory]
    [InlineData("PFX")]
    [InlineData("PEM")]
    public async Task A_key_pair_is_made_and_handed_out_under_its_password(string format)
    {
        var (session, app, id) = await RegisteredAsync();
        await using var _ = session;
        var started = await session.DirectoryCallAsync(
            DirectoryMethodIds.StartNewKeyPairRequest, id, NodeId.Null, NodeId.Null, "CN=Made/O=Plant", new string?[] { "plant.example" }, format, "pass word");
        var request = started.Get<NodeId>(0, "RequestId");
        await gds.Get<RequestDecisions>().ApproveAsync(GdsFixture.Local, GuidOf(request), Ct);
        var finished = await session.DirectoryCallAsync(DirectoryMethodIds.FinishRequest, id, request);
        var certificate = ApplicationCertificate.Parse(finished.Get<byte[]>(0, "Certificate"));
        var key = finished.Get<byte[]>(1, "PrivateKey");
        if (format == "PFX")
        {
            using var pfx = X509CertificateLoader.LoadPkcs12(key, "pass word");
            pfx.Thumbprint.ShouldBe(certificate.Thumbprint);
            pfx.HasPrivateKey.ShouldBeTrue();
        }
        else
        {
            KeyPair.Import(key, "pass word").Matches(certificate.PublicKey).ShouldBeTrue();
        }

        certificate.ApplicationUri.ShouldBe(app.Uri);
    }

    [Fact]
    public async Task Each_wrong_argument_has_its_code_and_its_sentence()
    {
        var (session, app, id) = await RegisteredAsync();
        await using var _ = session;
        var csr = app.SigningRequest();
        var unknown = new NodeId(Guid.NewGuid(), 1);
        await Start(unknown, NodeId.Null, NodeId.Null, csr).ShouldFailAsync(StatusCodes.BadNotFound);
        (await Start(id, new NodeId(99, 2), NodeId.Null, csr).ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("CertificateGroupId");
        (await Start(id, Directory.DefaultGroup, new NodeId(23538), csr).ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("CertificateTypeId");
        await Start(id, Directory.DefaultGroup, new NodeId(12560, 2), csr).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await Start(id, Directory.DefaultGroup, Directory.RsaSha256, []).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await Start(id, Directory.DefaultGroup, Directory.RsaSha256, [1, 2, 3]).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        (await Start(id, NodeId.Null, NodeId.Null, app.SigningRequest(uri: "urn:other")).ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("urn:other");
        (await Start(id, NodeId.Null, NodeId.Null, app.SigningRequest(host: "evil.example")).ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("evil.example");
        csr[^1] ^= 1;
        await Start(id, NodeId.Null, NodeId.Null, csr).ShouldFailAsync(StatusCodes.BadInvalidArgument);

        (await KeyPairFor(unknown, "PFX").ShouldFailAsync(StatusCodes.BadNotFound)).ShouldNotBeEmpty();
        (await KeyPairFor(id, "JKS").ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("PrivateKeyFormat");
        await session.FinishAsync(unknown, unknown).ShouldFailAsync(StatusCodes.BadNotFound);
        await session.FinishAsync(id, unknown).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await session.FinishAsync(id, NodeId.Null).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await session.DirectoryCallAsync(DirectoryMethodIds.RevokeCertificate, id, app.Certificate.Der).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await session.DirectoryCallAsync(DirectoryMethodIds.RevokeCertificate, id, new byte[] { 1 }).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await session.DirectoryCallAsync(DirectoryMethodIds.RevokeCertificate, unknown, app.Certificate.Der).ShouldFailAsync(StatusCodes.BadNotFound);
        foreach (var method in new[] { DirectoryMethodIds.GetCertificates, DirectoryMethodIds.GetTrustList })
        {
            await session.DirectoryCallAsync(method, unknown, NodeId.Null).ShouldFailAsync(StatusCodes.BadNotFound);
            await session.DirectoryCallAsync(method, id, new NodeId(85)).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        }

        await session.DirectoryCallAsync(DirectoryMethodIds.GetCertificateGroups, unknown).ShouldFailAsync(StatusCodes.BadNotFound);
        await session.DirectoryCallAsync(DirectoryMethodIds.GetCertificateStatus, unknown, NodeId.Null, NodeId.Null).ShouldFailAsync(StatusCodes.BadNotFound);
        await session.DirectoryCallAsync(DirectoryMethodIds.GetCertificateStatus, id, new NodeId(85), NodeId.Null).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await session.DirectoryCallAsync(DirectoryMethodIds.GetCertificateStatus, id, NodeId.Null, new NodeId(85)).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        (await CheckAsync(session, [1, 2])).ShouldBe(StatusCodes.BadCertificateInvalid);
        (await CheckAsync(session, app.Certificate.Der)).IsBad.ShouldBeTrue();

        Task<Variant[]> Start(NodeId application, NodeId group, NodeId type, byte[] request) =>
            session.DirectoryCallAsync(DirectoryMethodIds.StartSigningRequest, application, group, type, request);
        Task<Variant[]> KeyPairFor(NodeId application, string format) => session.DirectoryCallAsync(
            DirectoryMethodIds.StartNewKeyPairRequest, application, NodeId.Null, NodeId.Null, "", Variant.Null, format, "");
    }

    [Fact]
    public async Task Requests_need_an_encrypted_channel_and_reads_a_signed_one()
    {
        var (session, app, id) = await RegisteredAsync(MessageSecurityMode.Sign);
        await using var _ = session;
        await session.StartAsync(id, app.SigningRequest()).ShouldFailAsync(StatusCodes.BadSecurityModeInsufficient);
        await session.FinishAsync(id, id).ShouldFailAsync(StatusCodes.BadSecurityModeInsufficient);
        await session.DirectoryCallAsync(DirectoryMethodIds.StartNewKeyPairRequest, id, NodeId.Null, NodeId.Null, "", Variant.Null, "PFX", "")
            .ShouldFailAsync(StatusCodes.BadSecurityModeInsufficient);
        (await session.DirectoryCallAsync(DirectoryMethodIds.GetCertificateStatus, id, NodeId.Null, NodeId.Null))[0].ShouldBe(true);
        (await session.DirectoryCallAsync(DirectoryMethodIds.GetTrustList, id, Directory.DefaultGroup))[0].ShouldBe(Directory.TrustList);
        (await session.ReadTrustListAsync()).TrustedCertificates.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("discovery")]
    [InlineData("registrar")]
    public async Task Only_the_application_and_a_certificate_authority_admin_may_ask(string person)
    {
        var (authority, app, id) = await RegisteredAsync();
        var request = await authority.StartAsync(id, app.SigningRequest());
        await authority.DisposeAsync();
        await using var session = await gds.ConnectAsAsync(person);
        await session.StartAsync(id, app.SigningRequest()).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await session.FinishAsync(id, request).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await session.DirectoryCallAsync(DirectoryMethodIds.GetCertificateGroups, id).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await session.DirectoryCallAsync(DirectoryMethodIds.GetCertificates, id, NodeId.Null).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await session.DirectoryCallAsync(DirectoryMethodIds.GetTrustList, id, NodeId.Null).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await session.DirectoryCallAsync(DirectoryMethodIds.GetCertificateStatus, id, NodeId.Null, NodeId.Null).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await session.DirectoryCallAsync(DirectoryMethodIds.RevokeCertificate, id, app.Certificate.Der).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await session.TrustListCallAsync(GroupIds.DefaultApplication.Methods.Open, (byte)1).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task FinishRequest_wants_the_client_certificate_of_the_start()
    {
        var (session, app, id) = await RegisteredAsync();
        var request = await session.StartAsync(id, app.SigningRequest());
        await session.DisposeAsync();
        await gds.Get<RequestDecisions>().ApproveAsync(GdsFixture.Local, GuidOf(request), Ct);
        await using var other = await gds.ConnectAsync(new TestApplication("urn:localhost:other-console"), UserIdentity.Named("authority", GdsFixture.Password));
        await other.FinishAsync(id, request).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
    }

    private async Task<(UaSession Session, TestApplication App, NodeId Id)> RegisteredAsync(MessageSecurityMode mode = MessageSecurityMode.SignAndEncrypt)
    {
        var app = new TestApplication($"urn:localhost:certificates:{Interlocked.Increment(ref s_last)}");
        await using var discovery = await gds.ConnectAsAsync("discovery");
        var id = await discovery.RegisterAsync(app.Record);
        return (await gds.ConnectAsAsync("authority", mode), app, id);
    }

    private static async Task<StatusCode> CheckAsync(UaSession session, byte[] certificate) =>
        (await session.DirectoryCallAsync(DirectoryMethodIds.CheckRevocationStatus, certificate)).Get<StatusCode>(0, "CertificateStatus");

    private static Guid GuidOf(NodeId id) => (Guid)id.Identifier;
}
