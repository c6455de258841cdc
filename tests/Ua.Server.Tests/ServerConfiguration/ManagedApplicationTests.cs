using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Server.ServerConfiguration;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.ServerConfiguration;

/// <summary>Applications below ManagedApplications: they come and go, and everything works on them as on the server itself (Part 12, 7.10.14).</summary>
public sealed class ManagedApplicationTests
{
    private static readonly NodeId s_folder = new(16706);
    private static readonly NodeId s_update = new(12616), s_request = new(12731), s_apply = new(12734), s_certificates = new(32296), s_delete = new(19340);

    [Theory]
    [InlineData("spec-annex-f")]
    [InlineData("ua-netstandard")]
    [InlineData("ua-sdk-cpp")]
    [InlineData("twincat-opcua-gateway")]
    [InlineData("node-opcua")]
    [InlineData("open62541-filestore")]
    public async Task A_folder_of_any_layout_is_pushed(string layout)
    {
        using var gateway = new FolderGateway("gateway", layout);
        await using var server = await PushedServer.StartAsync(o => o.ShowManagedApplications = true);
        var id = await server.Live.Get<IManagedApplications>().AddAsync("Press 7", gateway, CancellationToken.None);
        await using var admin = await server.AdminAsync();
        (await admin.BrowseAsync(s_folder)).ShouldHaveSingleItem().BrowseName.ShouldBe(new QualifiedName("Press 7", 1));
        (await ReadAsync<string>("ApplicationUri")).ShouldBe("urn:test:gateway");
        (await ReadAsync<bool>("Enabled")).ShouldBeTrue();
        (await ReadAsync<string?[]>("ServerCapabilities")).ShouldBe(["DA"]);

        var authority = new TestAuthority("Plant CA");
        List<NodeId> groups = [];
        foreach (var group in gateway.Groups)
        {
            var node = await admin.TranslateAsync(id, [new QualifiedName("CertificateGroups"), new QualifiedName(group.Facts.Name, group.Facts.Name.StartsWith("Store", StringComparison.Ordinal) ? (ushort)1 : (ushort)0)]);
            groups.Add(node);
            var list = await admin.TranslateAsync(node, [new QualifiedName("TrustList")]);
            var handle = (await admin.CallAsync(list, MethodIds.FileTypeOpen, [(byte)6])).Get<uint>(0, "FileHandle");
            await admin.CallAsync(list, MethodIds.FileTypeWrite, [handle, TrustListContent.Encode(Pushing.Of(authority))]);
            (await admin.CallAsync(list, MethodIds.TrustListTypeCloseAndUpdate, [handle])).Get<bool>(0, "ApplyChangesRequired").ShouldBeTrue();
            var request = (await admin.CallAsync(id, s_request, [node, PushedServer.RsaSha256, "CN=Press 7/O=Plant", true, new byte[32]])).Get<byte[]>(0, "CertificateRequest");
            SigningRequest.Parse(request).ApplicationUri.ShouldBe("urn:test:gateway");
            await admin.CallAsync(id, s_update, [node, PushedServer.RsaSha256, authority.Issue(request).Der, Array.Empty<byte[]?>(), "", Array.Empty<byte>()]);
        }

        (await gateway.OwnAsync()).ShouldBeEmpty("nothing is visible before it is applied");
        await admin.CallAsync(id, s_apply, []);
        gateway.Reloads.ShouldBe(1, "all stores of an application change together");
        for (var store = 0; store < gateway.Folders.Count; store++)
        {
            (await gateway.Folders[store].CurrentAsync()).TrustedCertificates.ShouldContain(c => c.Certificate.Equals(authority.Certificate));
            var own = (await gateway.OwnAsync(store)).ShouldHaveSingleItem().Certificate;
            own.CommonName.ShouldBe("Press 7");
            (await admin.CallAsync(id, s_certificates, [groups[store]])).Get<byte[]?[]>(1, "Certificates").ShouldHaveSingleItem().ShouldBe(own.Der);
        }

        async Task<T> ReadAsync<T>(string name) => await admin.ReadValueAsync<T>(await admin.TranslateAsync(id, [new QualifiedName(name)]));
    }

    [Fact]
    public async Task A_gateway_that_does_not_come_up_with_the_new_set_gets_the_old_one_back()
    {
        using var gateway = new FolderGateway("gateway", "twincat-opcua-gateway");
        await using var server = await PushedServer.StartAsync(o => o.ShowManagedApplications = true);
        var id = await server.Live.Get<IManagedApplications>().AddAsync("Press 7", gateway, CancellationToken.None);
        await using var admin = await server.AdminAsync();
        var authority = new TestAuthority("Plant CA");
        await WriteAsync(admin, id, Pushing.Of(authority));
        await admin.CallAsync(id, s_apply, []);
        gateway.Failure = new UaException(StatusCodes.BadNotConnected, "The gateway does not answer.");
        await WriteAsync(admin, id, Pushing.Trusted());
        (await admin.CallAsync(id, s_apply, []).ShouldFailAsync(StatusCodes.BadNotConnected)).ShouldContain("does not answer");
        (await gateway.Folders[0].CurrentAsync()).TrustedCertificates.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_certificate_that_nobody_needs_is_deleted_with_its_key()
    {
        using var gateway = new FolderGateway("gateway", "spec-annex-f");
        await using var server = await PushedServer.StartAsync(o => o.ShowManagedApplications = true);
        var id = await server.Live.Get<IManagedApplications>().AddAsync("Press 7", gateway, CancellationToken.None);
        await using var admin = await server.AdminAsync();
        await admin.CallAsync(id, new NodeId(19337), [NodeId.Null, PushedServer.RsaSha256, "", (string?[])["localhost"], Array.Empty<string?>(), (ushort)0, (ushort)0]);
        await admin.CallAsync(id, s_apply, []);
        (await gateway.OwnAsync()).ShouldHaveSingleItem().Certificate.CommonName.ShouldBe("Gateway");
        await admin.CallAsync(id, s_delete, [NodeId.Null, PushedServer.RsaSha256]);
        await admin.CallAsync(id, s_apply, []);
        (await gateway.OwnAsync()).ShouldBeEmpty();
        Directory.EnumerateFiles(gateway.Folders[0].Paths.OwnPrivateKeys).ShouldBeEmpty();
        (await admin.CallAsync(id, s_certificates, [NodeId.Null])).Get<byte[]?[]>(1, "Certificates").ShouldBeEmpty();
    }

    [Fact]
    public async Task Applications_come_and_go()
    {
        using var one = new FolderGateway("one", "spec-annex-f");
        using var two = new FolderGateway("two", "spec-annex-f");
        await using var server = await PushedServer.StartAsync(o => o.ShowManagedApplications = true);
        var applications = server.Live.Get<IManagedApplications>();
        var id = await applications.AddAsync("Press", one, CancellationToken.None);
        await applications.AddAsync("Press", two, CancellationToken.None).ShouldFailAsync(StatusCodes.BadBrowseNameDuplicated);
        using var same = new FolderGateway("one", "spec-annex-f");
        await applications.AddAsync("Another", same, CancellationToken.None).ShouldFailAsync(StatusCodes.BadBrowseNameDuplicated);

        await using var admin = await server.AdminAsync();
        var count = server.Live.Get<Ua.Server.Nodes.AddressSpace>().Count;
        await applications.AddAsync("Mill", two, CancellationToken.None);
        await WriteAsync(admin, id, Pushing.Trusted(server.Certificate.Der));
        applications.Remove(two).ShouldBeTrue();
        applications.Remove(two).ShouldBeFalse();
        server.Live.Get<Ua.Server.Nodes.AddressSpace>().Count.ShouldBe(count, "everything of it is gone");
        applications.Remove(one).ShouldBeTrue();
        await admin.CallAsync(id, s_apply, []).ShouldFailAsync(StatusCodes.BadNodeIdUnknown);
        await admin.ApplyAsync();
        (await one.Folders[0].CurrentAsync()).TrustedCertificates.ShouldBeEmpty("what a transaction has for an application goes with it");
        (await applications.AddAsync("Press", one, CancellationToken.None)).ShouldBe(id);
    }

    [Fact]
    public async Task One_transaction_spans_the_server_and_its_applications()
    {
        using var gateway = new FolderGateway("gateway", "spec-annex-f");
        await using var server = await PushedServer.StartAsync(o => o.ShowManagedApplications = true);
        var id = await server.Live.Get<IManagedApplications>().AddAsync("Press 7", gateway, CancellationToken.None);
        await using var admin = await server.AdminAsync();
        await using var other = await server.AdminAsync();
        await WriteAsync(admin, id, Pushing.Trusted(server.Certificate.Der));
        await other.OpenAsync(6).ShouldFailAsync(StatusCodes.BadTransactionPending);
        await admin.WriteListAsync(Pushing.Trusted(server.Live.Client.Der, server.Certificate.Der));
        await admin.ApplyAsync();
        (await gateway.Folders[0].CurrentAsync()).TrustedCertificates.Length.ShouldBe(1);
        (await admin.ReadListAsync()).TrustedCertificates.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_list_that_cannot_be_opened_begins_no_transaction()
    {
        using var gateway = new FolderGateway("gateway", "spec-annex-f");
        await using var server = await PushedServer.StartAsync(o => o.ShowManagedApplications = true);
        var id = await server.Live.Get<IManagedApplications>().AddAsync("Press 7", gateway, CancellationToken.None);
        await using var admin = await server.AdminAsync();
        var file = await admin.TranslateAsync(id, [new QualifiedName("CertificateGroups"), new QualifiedName("DefaultApplicationGroup"), new QualifiedName("TrustList")]);
        for (var i = 0; i < 8; i++) await admin.CallAsync(file, MethodIds.FileTypeOpen, [(byte)1]);
        await admin.OpenAsync(6).ShouldFailAsync(StatusCodes.BadTooManyOperations);
        await admin.ApplyAsync().ShouldFailAsync(StatusCodes.BadNothingToDo);
    }

    [Fact]
    public async Task A_client_that_is_trusted_no_more_is_cut_off_while_a_gateway_still_reloads()
    {
        using var gateway = new FolderGateway("gateway", "spec-annex-f");
        await using var server = await PushedServer.StartAsync(o => o.ShowManagedApplications = true);
        var id = await server.Live.Get<IManagedApplications>().AddAsync("Press 7", gateway, CancellationToken.None);
        await using var admin = await server.AdminAsync();
        var peer = new TestIdentity("peer", "b", TimeProvider.System);
        await admin.AddAsync(peer.Der);
        await using var let = await server.ConnectAsync(UserIdentity.Anonymous, client: peer);
        var cut = new TaskCompletionSource();
        let.StateChanged += change =>
        {
            if (change.State != SessionState.Connected) cut.TrySetResult();
        };
        var reloaded = new TaskCompletionSource();
        gateway.Reloading = reloaded.Task;
        await WriteAsync(admin, id, Pushing.Trusted(server.Certificate.Der));
        await admin.WriteListAsync(Pushing.Trusted());
        var applied = admin.ApplyAsync();
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(50));
        applied.IsCompleted.ShouldBeFalse();
        reloaded.SetResult();
        (await applied).ShouldBeEmpty("who removes its own certificate still gets the answer");
    }

    [Fact]
    public async Task Without_managed_applications_the_folder_is_not_there()
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        (await Should.ThrowAsync<UaException>(() => admin.BrowseAsync(s_folder))).StatusCode.ShouldBe(StatusCodes.BadNodeIdUnknown);
    }

    private static async Task WriteAsync(UaSession session, NodeId application, TrustListDataType list)
    {
        var file = await session.TranslateAsync(application, [new QualifiedName("CertificateGroups"), new QualifiedName("DefaultApplicationGroup"), new QualifiedName("TrustList")]);
        var handle = (await session.CallAsync(file, MethodIds.FileTypeOpen, [(byte)6])).Get<uint>(0, "FileHandle");
        await session.CallAsync(file, MethodIds.FileTypeWrite, [handle, TrustListContent.Encode(list)]);
        await session.CallAsync(file, MethodIds.TrustListTypeCloseAndUpdate, [handle]);
    }
}
