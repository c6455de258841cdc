using Pki;
using TestKit;
using Ua.Client;
using Ua.Core;
using Ua.Security.Certificates;

namespace Gds.OpcUa.Tests;

/// <summary>The GDS lets its own certificate and trust list be managed, by SecurityAdmin only (Part 12, 7.10).</summary>
public sealed class OwnConfigurationTests(GdsFixture gds) : IClassFixture<GdsFixture>
{
    private static readonly NodeId s_applyChanges = new(12740), s_addCertificate = new(12668), s_updateCertificate = new(13737);
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("discovery")]
    [InlineData("authority")]
    [InlineData("registrar")]
    public async Task Other_administrators_may_not(string person)
    {
        await using var session = await gds.ConnectAsAsync(person);
        await session.CallAsync(ObjectIds.ServerDefaultApplicationGroupTrustList, s_addCertificate, [gds.Console.Certificate.Der, true], Ct).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await session.CallAsync(ObjectIds.ServerConfiguration, s_applyChanges, [], Ct).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task SecurityAdmin_trusts_a_client_and_gives_the_GDS_another_certificate()
    {
        await using var session = await gds.ConnectAsAsync("security");
        (await session.ReadValueAsync<string?[]>(new NodeId(12710), Ct)).ShouldBe(["GDS"]);
        var peer = new TestApplication("urn:localhost:pushed-peer");
        await session.CallAsync(ObjectIds.ServerDefaultApplicationGroupTrustList, s_addCertificate, [peer.Certificate.Der, true], Ct);
        await using (var known = await gds.ConnectAsync(peer)) (await known.ReadValueAsync<int>(VariableIds.ServerStatusState, Ct)).ShouldBe(0);

        var identity = gds.Get<IApplicationIdentitySource>();
        var before = identity.Current.Primary.Certificate;
        using var key = KeyPair.Import(TestKey.Of(3072, "b").Rsa.ExportPkcs8PrivateKey());
        var certificate = SelfSignedCertificate.Create(before.ApplicationUri!, before.Name, before.DnsNames, before.IpAddresses, key, TimeSpan.FromDays(30), TimeProvider.System);
        var pem = System.Text.Encoding.ASCII.GetBytes(key.ExportPem());
        await session.CallAsync(ObjectIds.ServerConfiguration, s_updateCertificate, [NodeId.Null, ObjectTypeIds.RsaSha256ApplicationCertificateType, certificate.Der, Array.Empty<byte[]?>(), "PEM", pem], Ct);
        await session.CallAsync(ObjectIds.ServerConfiguration, s_applyChanges, [], Ct);
        identity.Current.Primary.Certificate.ShouldBe(certificate);
        await using var again = await gds.ConnectAsAsync("security");
        (await again.ReadValueAsync<int>(VariableIds.ServerStatusState, Ct)).ShouldBe(0);
    }
}
