using System.Text;
using Pki;
using TestKit;
using Ua.Client;
using Ua.Core;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.ServerConfiguration;

/// <summary>Every result code that Part 12, 7.8.2 and 7.10 name for the methods of ServerConfiguration, provoked.</summary>
public sealed class WrongInputTests : IAsyncLifetime
{
    private static readonly NodeId s_notAGroup = new(85);
    private static readonly NodeId s_notAType = ObjectTypeIds.EccNistP256ApplicationCertificateType;

    private PushedServer _server = null!;
    private UaSession _admin = null!;

    private byte[] Own => _server.Certificate.Der;

    public async ValueTask InitializeAsync()
    {
        _server = await PushedServer.StartAsync(o => o.MaxTrustListSize = 20_000);
        _admin = await _server.AdminAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _admin.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Without_the_role_nothing_is_done()
    {
        foreach (var user in new[] { UserIdentity.Anonymous, UserIdentity.Named("guest", "gäst") })
        {
            await using var other = await _server.ConnectAsync(user);
            await EveryCallShouldFailAsync(other, StatusCodes.BadUserAccessDenied);
            var size = await Should.ThrowAsync<UaException>(() => other.ReadValueAsync<DateTime>(new NodeId(12662)));
            size.StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
        }
    }

    [Fact]
    public async Task Certificates_and_requests_need_an_encrypted_channel()
    {
        await using var signed = await _server.AdminAsync(MessageSecurityMode.Sign);
        await signed.UpdateAsync(Own).ShouldFailAsync(StatusCodes.BadSecurityModeInsufficient);
        await signed.RequestAsync(true).ShouldFailAsync(StatusCodes.BadSecurityModeInsufficient);
        (await signed.ReadListAsync()).TrustedCertificates.Length.ShouldBe(1);
        await signed.ApplyAsync().ShouldFailAsync(StatusCodes.BadNothingToDo);
    }

    [Fact]
    public async Task Without_any_security_nothing_is_done()
    {
        await using var server = await PushedServer.StartAsync(services: s => Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.Configure<Ua.Server.Hosting.UaServerOptions>(
            s, o => o.Endpoints.Add(new Ua.Server.Hosting.UaEndpointOptions { Url = "opc.tcp://127.0.0.1:0", AllowNone = true })));
        var url = server.Live.Get<Ua.Server.Hosting.UaServerEndpoints>().Describe().First(e => e.SecurityMode == MessageSecurityMode.None).EndpointUrl!;
        await using var open = await UaSession.ConnectAsync(new Ua.Client.SessionOptions
        {
            EndpointUrl = url,
            Application = new ClientApplication("client", new Ua.Security.Certificates.FixedApplicationIdentity(server.Live.Client.AsIdentity())),
            SecurityPolicyUri = Ua.Security.SecurityPolicies.None.Uri,
            SecurityMode = MessageSecurityMode.None,
        });
        await EveryCallShouldFailAsync(open, StatusCodes.BadSecurityModeInsufficient);
    }

    [Fact]
    public async Task UpdateCertificate_names_what_is_wrong()
    {
        var authority = new TestAuthority("Plant CA");
        await _admin.WriteListAsync(Pushing.Of(authority, _server.Live.Client.Der));
        await _admin.ApplyAsync();
        var key = _server.Certificate.PublicKey;
        const string Uri = "urn:test:server";
        using var otherKey = KeyPair.Import(TestKey.Of(3072, "b").Rsa.ExportPkcs8PrivateKey());
        using var ecc = KeyPair.Create(KeyPairKind.EccNistP256);
        var good = authority.Issue("server", key, Uri);
        var foreignKey = authority.Issue("server", otherKey.PublicKey, Uri);

        await _admin.UpdateAsync(good.Der, group: s_notAGroup).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.UpdateAsync(good.Der, type: s_notAType).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.UpdateAsync(good.Der, type: NodeId.Null).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.UpdateAsync([]).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        await _admin.UpdateAsync([1, 2, 3]).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        await _admin.UpdateAsync(good.Der, issuers: [[1]]).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        await _admin.UpdateAsync(authority.Issue("server", ecc.PublicKey, Uri).Der).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        (await _admin.UpdateAsync(foreignKey.Der).ShouldFailAsync(StatusCodes.BadSecurityChecksFailed)).ShouldContain("No private key");
        await _admin.UpdateAsync(good.Der, "PEM", Encoding.ASCII.GetBytes(otherKey.ExportPem())).ShouldFailAsync(StatusCodes.BadSecurityChecksFailed);
        await _admin.UpdateAsync(foreignKey.Der, "PEM", Encoding.ASCII.GetBytes("no key")).ShouldFailAsync(StatusCodes.BadSecurityChecksFailed);
        await _admin.UpdateAsync(foreignKey.Der, "PFX", [0x30, 0x03, 1, 2, 3]).ShouldFailAsync(StatusCodes.BadSecurityChecksFailed);
        await _admin.UpdateAsync(foreignKey.Der, "JKS", [1]).ShouldFailAsync(StatusCodes.BadNotSupported);
        await _admin.UpdateAsync(foreignKey.Der, "", [1]).ShouldFailAsync(StatusCodes.BadNotSupported);
        await _admin.UpdateAsync(authority.Issue("server", key, "urn:somebody:else").Der).ShouldFailAsync(StatusCodes.BadCertificateUriInvalid);
        await _admin.UpdateAsync(authority.Issue("server", key, Uri, TimeSpan.FromDays(-9), TimeSpan.FromDays(-1)).Der).ShouldFailAsync(StatusCodes.BadCertificateTimeInvalid);
        var stranger = new TestAuthority("Stranger", 4096);
        await _admin.UpdateAsync(stranger.Issue("server", key, Uri).Der, issuers: [stranger.Der]).ShouldFailAsync(StatusCodes.BadCertificateChainIncomplete);
        var forged = good.Der.ToArray();
        forged[^1] ^= 1;
        await _admin.UpdateAsync(forged).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        authority.Revoke(good);
        await _admin.WriteListAsync(Pushing.Of(authority, _server.Live.Client.Der));
        await _admin.UpdateAsync(good.Der).ShouldFailAsync(StatusCodes.BadCertificateRevoked);
        await _admin.CancelAsync();
        await _admin.ApplyAsync().ShouldFailAsync(StatusCodes.BadNothingToDo);
    }

    [Fact]
    public async Task CreateSigningRequest_names_what_is_wrong()
    {
        await _admin.RequestAsync(true, group: s_notAGroup).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.RequestAsync(true, type: s_notAType).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        (await _admin.RequestAsync(true, nonce: new byte[31]).ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("Nonce");
        await _admin.RequestAsync(true, nonce: []).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        (await _admin.RequestAsync(false, subject: "no name").ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("SubjectName");
    }

    [Fact]
    public async Task The_other_methods_of_certificates_name_what_is_wrong()
    {
        await _admin.CertificatesAsync(s_notAGroup).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.DeleteAsync(s_notAGroup).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.DeleteAsync(type: s_notAType).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.SelfSignedAsync(group: s_notAGroup).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.SelfSignedAsync().ShouldFailAsync(StatusCodes.BadInvalidState);
        await _admin.CancelAsync().ShouldFailAsync(StatusCodes.BadNothingToDo);
        await _admin.DeleteAsync();
        await _admin.DeleteAsync().ShouldFailAsync(StatusCodes.BadInvalidState);
        await _admin.SelfSignedAsync(bits: 1024).ShouldFailAsync(StatusCodes.BadOutOfRange);
        await _admin.SelfSignedAsync(days: ushort.MaxValue).ShouldFailAsync(StatusCodes.BadOutOfRange);
        await _admin.SelfSignedAsync(names: []).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.SelfSignedAsync(addresses: ["here"]).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.SelfSignedAsync(subject: "no name").ShouldFailAsync(StatusCodes.BadInvalidArgument);
        (await _admin.ApplyAsync().ShouldFailAsync(StatusCodes.BadInvalidState)).ShouldContain("used by the endpoints");
        _server.Certificate.Der.ShouldBe(Own);
    }

    [Fact]
    public async Task A_trust_list_names_what_is_wrong_with_its_handling()
    {
        foreach (var mode in new byte[] { 0, 3, 4, 5, 7, 10 }) await _admin.OpenAsync(mode).ShouldFailAsync(StatusCodes.BadNotSupported);
        await _admin.ListAsync(MethodIds.TrustListTypeOpenWithMasks, 16u).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        foreach (var method in new[] { MethodIds.FileTypeClose, MethodIds.FileTypeGetPosition, MethodIds.TrustListTypeCloseAndUpdate })
            await _admin.ListAsync(method, 77u).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.ListAsync(MethodIds.FileTypeRead, 77u, 1).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.ListAsync(MethodIds.FileTypeWrite, 77u, new byte[1]).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.ListAsync(MethodIds.FileTypeSetPosition, 77u, 0ul).ShouldFailAsync(StatusCodes.BadInvalidArgument);

        var reading = await _admin.OpenAsync(1);
        await _admin.ListAsync(MethodIds.FileTypeRead, reading, -1).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.ListAsync(MethodIds.FileTypeWrite, reading, new byte[1]).ShouldFailAsync(StatusCodes.BadInvalidState);
        await _admin.ListAsync(MethodIds.TrustListTypeCloseAndUpdate, reading).ShouldFailAsync(StatusCodes.BadInvalidState);
        await _admin.OpenAsync(6).ShouldFailAsync(StatusCodes.BadNotWritable);
        await _admin.ListAsync(MethodIds.FileTypeClose, reading);

        var writing = await _admin.OpenAsync(6);
        await _admin.ListAsync(MethodIds.FileTypeRead, writing, 1).ShouldFailAsync(StatusCodes.BadInvalidState);
        await _admin.OpenAsync(1).ShouldFailAsync(StatusCodes.BadNotReadable);
        await _admin.ListAsync(MethodIds.TrustListTypeOpenWithMasks, 1u).ShouldFailAsync(StatusCodes.BadNotReadable);
        await _admin.OpenAsync(6).ShouldFailAsync(StatusCodes.BadNotWritable);
        await _admin.AddAsync(Own).ShouldFailAsync(StatusCodes.BadInvalidState);
        await _admin.RemoveAsync("00").ShouldFailAsync(StatusCodes.BadInvalidState);
        await _admin.ApplyAsync().ShouldFailAsync(StatusCodes.BadInvalidState);
        await _admin.ListAsync(MethodIds.FileTypeWrite, writing, new byte[20_001]).ShouldFailAsync(StatusCodes.BadRequestTooLarge);
        await _admin.ListAsync(MethodIds.FileTypeWrite, writing, Array.Empty<byte>());
        (await _admin.ListAsync(MethodIds.FileTypeGetPosition, writing)).Get<ulong>(0, "Position").ShouldBe(0ul);
        await _admin.ListAsync(MethodIds.FileTypeWrite, writing, new byte[] { 1, 0, 0 });
        await _admin.ListAsync(MethodIds.FileTypeSetPosition, writing, 99ul);
        (await _admin.ListAsync(MethodIds.FileTypeGetPosition, writing)).Get<ulong>(0, "Position").ShouldBe(3ul);
        await _admin.ListAsync(MethodIds.TrustListTypeCloseAndUpdate, writing).ShouldFailAsync(StatusCodes.BadDecodingError);
        await _admin.ListAsync(MethodIds.FileTypeClose, writing);
        await _admin.ListAsync(MethodIds.FileTypeClose, writing).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.ApplyAsync();
        (await _admin.ReadListAsync()).TrustedCertificates.Length.ShouldBe(1, "Close discards what was written");
    }

    [Fact]
    public async Task A_trust_list_names_what_is_wrong_with_its_content()
    {
        var authority = new TestAuthority("Plant CA");
        var other = new TestAuthority("Other CA", 4096);
        var client = _server.Live.Client.Der;
        using var key = KeyPair.Import(TestKey.Of(2048, "b").Rsa.ExportPkcs8PrivateKey());
        var leaf = authority.Issue("leaf", key.PublicKey, "urn:test:leaf");
        await Refused(Pushing.Trusted([9, 9]), StatusCodes.BadCertificateInvalid);
        await Refused(Pushing.Trusted(client, leaf.Der), StatusCodes.BadCertificateChainIncomplete);
        var forged = leaf.Der.ToArray();
        forged[^1] ^= 1;
        await Refused(new(TrustListMasks.All, [client, forged], [], [authority.Der], [authority.Crl()]), StatusCodes.BadCertificateInvalid);
        await Refused(new(TrustListMasks.TrustedCrls, [], [authority.Crl()], [], []), StatusCodes.BadCertificateInvalid);
        await Refused(new(TrustListMasks.TrustedCrls, [], [client], [], []), StatusCodes.BadCertificateInvalid);
        await Refused(new(TrustListMasks.IssuerCertificates, [], [], [other.Der, .. Enumerable.Repeat(new byte[900], 25)], []), StatusCodes.BadRequestTooLarge);
        authority.Revoke(leaf);
        await Refused(new(TrustListMasks.All, [client, leaf.Der], [], [authority.Der], [authority.Crl()]), StatusCodes.BadCertificateRevoked);

        async Task Refused(TrustListDataType list, StatusCode status)
        {
            await _admin.WriteListAsync(list).ShouldFailAsync(status);
            if (status == StatusCodes.BadRequestTooLarge) return;
            await _admin.ApplyAsync();
            (await _admin.ReadListAsync()).TrustedCertificates.ShouldHaveSingleItem().ShouldBe(client);
        }
    }

    [Fact]
    public async Task Adding_and_removing_name_what_is_wrong()
    {
        var authority = new TestAuthority("Plant CA");
        using var key = KeyPair.Import(TestKey.Of(2048, "b").Rsa.ExportPkcs8PrivateKey());
        var leaf = authority.Issue("leaf", key.PublicKey, "urn:test:leaf");
        await _admin.AddAsync(Own, trusted: false).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        await _admin.AddAsync([]).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        await _admin.AddAsync(authority.Crl()).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        await _admin.AddAsync(authority.Der).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        await _admin.AddAsync(leaf.Der).ShouldFailAsync(StatusCodes.BadCertificateChainIncomplete);
        await _admin.RemoveAsync(leaf.Thumbprint).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.RemoveAsync(_server.Live.Client.Certificate.Thumbprint, trusted: false).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.RemoveAsync("not hex").ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await _admin.WriteListAsync(new(TrustListMasks.All, [_server.Live.Client.Der, leaf.Der], [], [authority.Der], [authority.Crl()]));
        await _admin.AddAsync(Own).ShouldFailAsync(StatusCodes.BadTransactionPending);
        await _admin.RemoveAsync(leaf.Thumbprint).ShouldFailAsync(StatusCodes.BadTransactionPending);
        await _admin.ApplyAsync();
        (await _admin.RemoveAsync(authority.Certificate.Thumbprint, trusted: false).ShouldFailAsync(StatusCodes.BadCertificateChainIncomplete)).ShouldContain("leaf");
        await _admin.RemoveAsync(leaf.Thumbprint);
        await _admin.RemoveAsync(authority.Certificate.Thumbprint, trusted: false);
        (await _admin.ReadListAsync()).IssuerCrls.ShouldBeEmpty("the revocation lists of an authority go with it");
        await Fill(key).ShouldFailAsync(StatusCodes.BadRequestTooLarge);
        (await _admin.ReadListAsync()).TrustedCertificates.Length.ShouldBeInRange(10, 30);

        async Task Fill(KeyPair of)
        {
            for (var i = 0; i < 40; i++)
                await _admin.AddAsync(SelfSignedCertificate.Create($"urn:test:{i}", SubjectName.Build($"peer {i}"), ["localhost"], [], of, TimeSpan.FromDays(9), TimeProvider.System).Der);
        }
    }

    [Fact]
    public async Task A_handle_belongs_to_its_session_and_nobody_opens_without_end()
    {
        await using var other = await _server.AdminAsync();
        var handle = await other.OpenAsync(1);
        await _admin.ListAsync(MethodIds.FileTypeClose, handle).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        for (var i = 0; i < 8; i++) await _admin.OpenAsync(1);
        await _admin.OpenAsync(1).ShouldFailAsync(StatusCodes.BadTooManyOperations);
    }

    private async Task EveryCallShouldFailAsync(UaSession session, StatusCode status)
    {
        await session.UpdateAsync(Own).ShouldFailAsync(status);
        await session.RequestAsync(false).ShouldFailAsync(status);
        await session.ApplyAsync().ShouldFailAsync(status);
        await session.CancelAsync().ShouldFailAsync(status);
        await session.ResetAsync().ShouldFailAsync(status);
        await session.RejectedAsync().ShouldFailAsync(status);
        await session.CertificatesAsync().ShouldFailAsync(status);
        await session.DeleteAsync().ShouldFailAsync(status);
        await session.SelfSignedAsync().ShouldFailAsync(status);
        await session.OpenAsync(1).ShouldFailAsync(status);
        await session.OpenAsync(6).ShouldFailAsync(status);
        await session.ListAsync(MethodIds.TrustListTypeOpenWithMasks, 1u).ShouldFailAsync(status);
        await session.AddAsync(Own).ShouldFailAsync(status);
        await session.RemoveAsync("00").ShouldFailAsync(status);
    }
}
