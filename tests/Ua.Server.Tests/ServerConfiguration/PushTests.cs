using Pki;
using TestKit;
using Ua.Client;
using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.ServerConfiguration;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.ServerConfiguration;

/// <summary>What a manager does to a server, and what becomes of it: the right way.</summary>
public sealed class PushTests
{
    private static readonly NodeId s_state = new(2259);

    [Fact]
    public async Task Every_member_of_the_type_is_there_and_tells_the_truth()
    {
        await using var server = await PushedServer.StartAsync(o => o.ServerCapabilities.Add("DA"));
        await using var anyone = await server.ConnectAsync(UserIdentity.Anonymous);
        var members = (await anyone.BrowseAsync(PushedServer.Configuration)).Where(r => r.IsForward).Select(r => r.BrowseName.Name).ToList();
        members.ShouldBe(
        [
            "ApplicationUri", "ProductUri", "ApplicationType", "ApplicationNames", "ServerCapabilities", "SupportedPrivateKeyFormats", "MaxTrustListSize", "MulticastDnsEnabled",
            "HasSecureElement", "SupportsTransactions", "InApplicationSetup", "CertificateGroups",
        ], ignoreOrder: true);
        (await ReadAsync<string>(anyone, "ApplicationUri")).ShouldBe("urn:test:server");
        (await ReadAsync<string?[]>(anyone, "ServerCapabilities")).ShouldBe(["DA"]);
        (await ReadAsync<string?[]>(anyone, "SupportedPrivateKeyFormats")).ShouldBe(["PEM", "PFX"]);
        (await ReadAsync<bool>(anyone, "SupportsTransactions")).ShouldBeTrue();
        (await ReadAsync<bool>(anyone, "InApplicationSetup")).ShouldBeFalse();
        (await ReadAsync<LocalizedText[]>(anyone, "ApplicationNames")).ShouldHaveSingleItem().Text.ShouldBe("Live server");

        await using var admin = await server.AdminAsync();
        (await admin.BrowseAsync(PushedServer.Configuration)).Select(r => r.BrowseName.Name).ShouldBeSubsetOf(
        [
            .. members, "UpdateCertificate", "CreateSelfSignedCertificate", "DeleteCertificate", "GetCertificates", "ApplyChanges", "CancelChanges", "CreateSigningRequest",
            "GetRejectedList", "ResetToServerDefaults", "TransactionDiagnostics",
        ]);
        (await ReadAsync<NodeId>(admin, "CertificateGroups", "DefaultApplicationGroup", "Purpose")).ShouldBe(ObjectTypeIds.ApplicationCertificateType);
        (await ReadAsync<NodeId[]>(admin, "CertificateGroups", "DefaultApplicationGroup", "CertificateTypes")).ShouldBe([PushedServer.RsaSha256]);
        (await ReadAsync<double>(admin, "CertificateGroups", "DefaultApplicationGroup", "TrustList", "ActivityTimeout")).ShouldBe(60_000);
        (await ReadAsync<DateTime>(admin, "CertificateGroups", "DefaultApplicationGroup", "TrustList", "LastUpdateTime")).ShouldBeGreaterThan(DateTime.MinValue);

        async Task<T> ReadAsync<T>(UaSession session, params string[] path) =>
            await session.ReadValueAsync<T>(await session.TranslateAsync(PushedServer.Configuration, [.. path.Select(p => new QualifiedName(p))]));
    }

    [Fact]
    public async Task A_certificate_of_an_authority_takes_the_place_of_the_first_one_and_sessions_go_on()
    {
        await using var server = await PushedServer.StartAsync();
        var authority = new TestAuthority("Plant CA");
        await using var bystander = await server.ConnectAsync(UserIdentity.Anonymous);
        await using var admin = await server.AdminAsync();
        var (bystanderId, adminId, before) = (bystander.SessionId, admin.SessionId, server.Certificate);

        (await admin.WriteListAsync(Pushing.Of(authority, server.Live.Client.Der))).ShouldBeTrue();
        (await admin.ReadListAsync()).TrustedCertificates.Length.ShouldBe(1, "nothing is visible before it is applied");
        await admin.ApplyAsync();
        (await admin.ReadListAsync()).TrustedCertificates.Length.ShouldBe(2);

        var request = await admin.RequestAsync(newKey: true);
        var csr = SigningRequest.Parse(request);
        csr.PublicKey.ShouldNotBe(before.PublicKey);
        csr.Subject.ShouldBe(before.Subject);
        csr.ApplicationUri.ShouldBe(before.ApplicationUri);
        csr.DnsNames.ShouldBe(before.DnsNames);
        var issued = authority.Issue(request);
        (await admin.UpdateAsync(issued.Der, issuers: [authority.Der])).Get<bool>(0, "ApplyChangesRequired").ShouldBeTrue();
        server.Certificate.ShouldBe(before, "nothing is visible before it is applied");
        server.Trusted.Publish(PushedServer.Trusting(before, issued));
        await admin.ApplyAsync();

        server.Certificate.ShouldBe(issued);
        (await Discovery.GetEndpointsAsync(server.Live.Url, new DiscoveryOptions())).ShouldAllBe(e => CertificateChainBytes.Parse(e.ServerCertificate)[0].Equals(issued));
        await server.BackAsync(bystander, bystanderId);
        await server.BackAsync(admin, adminId);
        var certificates = await admin.CertificatesAsync();
        certificates.Get<NodeId[]>(0, "CertificateTypeIds").ShouldBe([PushedServer.RsaSha256]);
        certificates.Get<byte[]?[]>(1, "Certificates").ShouldHaveSingleItem().ShouldBe(issued.Der);
    }

    [Theory]
    [InlineData("PEM")]
    [InlineData("PFX")]
    public async Task A_key_from_outside_is_taken(string format)
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        using var key = KeyPair.Import(TestKey.Of(3072, "b").Rsa.ExportPkcs8PrivateKey());
        var certificate = SelfSignedCertificate.Create("urn:test:server", SubjectName.Build("server"), ["localhost"], [], key, TimeSpan.FromDays(9), TimeProvider.System);
        var content = format == "PEM" ? System.Text.Encoding.ASCII.GetBytes(key.ExportPem()) : PfxFile.Build(certificate, key, [], "");
        await admin.UpdateAsync(certificate.Der, format, content);
        server.Trusted.Publish(PushedServer.Trusting(server.Certificate, certificate));
        await admin.ApplyAsync();
        server.Certificate.ShouldBe(certificate);
        await using var again = await server.AdminAsync();
        (await again.ReadValueAsync<int>(s_state)).ShouldBe(0);
        Directory.EnumerateFiles(server.Folder.Paths.OwnPrivateKeys).ShouldAllBe(f => !OwnerOnlyDirectory.IsReadableByOthers(f));
    }

    [Fact]
    public async Task The_key_in_use_gets_a_new_certificate()
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        var authority = new TestAuthority("Plant CA");
        var request = await admin.RequestAsync(newKey: false, subject: "CN=Renamed/O=Plant");
        SigningRequest.Parse(request).PublicKey.ShouldBe(server.Certificate.PublicKey);
        var issued = authority.Issue(request);
        await admin.WriteListAsync(Pushing.Of(authority, server.Live.Client.Der));
        await admin.UpdateAsync(issued.Der);
        server.Trusted.Publish(PushedServer.Trusting(issued));
        await admin.ApplyAsync();
        server.Certificate.CommonName.ShouldBe("Renamed");
    }

    [Fact]
    public async Task A_key_waits_for_its_certificate_in_another_session_and_is_gone_once_it_has_one()
    {
        await using var server = await PushedServer.StartAsync();
        var keys = Path.Combine(server.Folder.Paths.Root, ".server-configuration", "keys");
        byte[] request;
        await using (var first = await server.AdminAsync())
        {
            await first.RequestAsync(newKey: true);
            request = await first.RequestAsync(newKey: true);
        }

        Directory.GetFiles(keys).ShouldHaveSingleItem("a second request takes the place of the first");
        OwnerOnlyDirectory.IsReadableByOthers(Directory.GetFiles(keys)[0]).ShouldBeFalse();
        await using var second = await server.AdminAsync();
        var authority = new TestAuthority("Plant CA");
        await second.WriteListAsync(Pushing.Of(authority, server.Live.Client.Der));
        await second.UpdateAsync(authority.Issue(request).Der);
        await second.ApplyAsync();
        Directory.GetFiles(keys).ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(server.Folder.Paths.Root, ".server-configuration", "changes")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_lists_that_were_written_are_replaced()
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        var authority = new TestAuthority("Plant CA");
        await admin.WriteListAsync(new TrustListDataType(TrustListMasks.IssuerCertificates | TrustListMasks.IssuerCrls, [], [], [authority.Der], [authority.Crl()]), mode: 2);
        await admin.ApplyAsync();
        var list = await admin.ReadListAsync();
        list.TrustedCertificates.ShouldHaveSingleItem().ShouldBe(server.Live.Client.Der);
        list.IssuerCertificates.ShouldHaveSingleItem().ShouldBe(authority.Der);
        list.IssuerCrls.Length.ShouldBe(1);

        await admin.WriteListAsync(new TrustListDataType(TrustListMasks.IssuerCertificates, [], [], [], []));
        await admin.ApplyAsync();
        list = await admin.ReadListAsync();
        list.IssuerCertificates.ShouldBeEmpty();
        list.IssuerCrls.ShouldBeEmpty("a revocation list goes with its authority");
        (await admin.ReadListAsync(TrustListMasks.IssuerCrls)).SpecifiedLists.ShouldBe(TrustListMasks.IssuerCrls);
    }

    [Fact]
    public async Task A_certificate_is_added_and_removed_at_once_and_its_owner_is_let_in_and_cut_off()
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        var peer = new TestIdentity("peer", "b", TimeProvider.System);
        (await Should.ThrowAsync<UaException>(() => server.ConnectAsync(UserIdentity.Anonymous, client: peer))).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
        (await admin.RejectedAsync()).ShouldHaveSingleItem().ShouldBe(peer.Der);
        await admin.AddAsync(peer.Der);
        await admin.AddAsync(peer.Der);
        (await admin.ReadListAsync()).TrustedCertificates.Count(c => c!.SequenceEqual(peer.Der)).ShouldBe(1);
        await using var let = await server.ConnectAsync(UserIdentity.Anonymous, client: peer);
        var cut = new TaskCompletionSource();
        let.StateChanged += change =>
        {
            if (change.State != SessionState.Connected) cut.TrySetResult();
        };
        await admin.RemoveAsync(peer.Certificate.Thumbprint.ToLowerInvariant());
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(60));
        (await Should.ThrowAsync<UaException>(() => server.ConnectAsync(UserIdentity.Anonymous, client: peer))).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
    }

    [Fact]
    public async Task Who_removes_its_own_certificate_still_gets_the_answer()
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        await admin.WriteListAsync(Pushing.Trusted());
        (await admin.ApplyAsync()).ShouldBeEmpty();
        (await Should.ThrowAsync<UaException>(() => server.AdminAsync())).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
    }

    [Fact]
    public async Task Reset_goes_back_to_what_was_there_at_the_first_start()
    {
        await using var server = await PushedServer.StartAsync();
        var first = server.Certificate;
        await using var admin = await server.AdminAsync();
        var id = admin.SessionId;
        var authority = new TestAuthority("Plant CA");
        await admin.WriteListAsync(Pushing.Of(authority, server.Live.Client.Der));
        var issued = authority.Issue(await admin.RequestAsync(newKey: true));
        await admin.UpdateAsync(issued.Der);
        server.Trusted.Publish(PushedServer.Trusting(first, issued));
        await admin.ApplyAsync();
        server.Certificate.ShouldBe(issued);
        await server.BackAsync(admin, id);
        await admin.ResetAsync();
        server.Certificate.ShouldBe(first);
        await server.BackAsync(admin, id);
        (await admin.ReadListAsync()).TrustedCertificates.ShouldHaveSingleItem().ShouldBe(server.Live.Client.Der);
    }

    [Fact]
    public async Task A_reset_that_fails_changes_nothing()
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        await ChangeFile.WriteAsync(
            server.Live.Get<StateFolder>().Defaults,
            [new StoredChange("urn:test:server", CertificateGroupFacts.DefaultApplicationGroup, new CertificateGroupChange
            {
                TrustList = new TrustListSet([], [], [], []),
                Slots = [new SlotChange(PushedServer.RsaSha256, null)],
            })],
            CancellationToken.None);
        (await admin.ResetAsync().ShouldFailAsync(StatusCodes.BadCertificateInvalid)).ShouldContain("gone");
        (await admin.ReadListAsync()).TrustedCertificates.ShouldHaveSingleItem().ShouldBe(server.Live.Client.Der);
        (await admin.CertificatesAsync())[1].Value.ShouldBeOfType<byte[]?[]>().ShouldHaveSingleItem().ShouldBe(server.Certificate.Der);
    }

    [Fact]
    public async Task The_ids_of_the_types_methods_do_as_well()
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        var handle = (await admin.CallAsync(PushedServer.TrustList, new NodeId(12647), [(byte)1])).Get<uint>(0, "FileHandle");
        (await admin.CallAsync(PushedServer.TrustList, new NodeId(11585), [handle, 4])).Get<byte[]>(0, "Data").ShouldBe([15, 0, 0, 0]);
        (await admin.CallAsync(PushedServer.TrustList, new NodeId(12657), [handle])).Get<ulong>(0, "Position").ShouldBe(4ul);
        await admin.CallAsync(PushedServer.TrustList, new NodeId(11593), [handle, 0ul]);
        await admin.CallAsync(PushedServer.TrustList, new NodeId(11583), [handle]);
        (await admin.CallAsync(PushedServer.Configuration, new NodeId(12731), [PushedServer.Group, PushedServer.RsaSha256, "", false, Array.Empty<byte>()])).Get<byte[]>(0, "CertificateRequest").ShouldNotBeEmpty();
        (await admin.CallAsync(PushedServer.Configuration, new NodeId(12775), [])).Get<byte[]?[]>(0, "Certificates").ShouldBeEmpty();
        (await admin.CallAsync(PushedServer.Group, new NodeId(23526), [])).Get<byte[]?[]>(0, "Certificates").ShouldBeEmpty();
    }
}
