using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace Gds.OpcUa.Tests;

/// <summary>The directory's methods with the result codes of Part 12, 6.5.</summary>
public sealed class DirectoryMethodTests(GdsFixture gds) : IClassFixture<GdsFixture>
{
    private static int s_last;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ApplicationRecord NewRecord() => new TestApplication($"urn:localhost:directory:{Interlocked.Increment(ref s_last)}").Record;

    private static ExtensionObject Wire(ApplicationRecord record) => record.ToExtensionObject(Directory.Gds);

    [Fact]
    public async Task A_registration_is_found_got_updated_and_removed()
    {
        await using var session = await gds.ConnectAsAsync("discovery");
        var record = NewRecord();
        var id = await session.RegisterAsync(record);
        (await GetAsync(session, id)).ShouldBeEquivalentTo(record with { ApplicationId = id });

        await session.DirectoryCallAsync(DirectoryMethodIds.UpdateApplication, Wire(record with { ApplicationId = id, ProductUri = "urn:other" }));
        (await GetAsync(session, id)).ProductUri.ShouldBe("urn:other");

        await session.DirectoryCallAsync(DirectoryMethodIds.UnregisterApplication, id);
        (await session.DirectoryCallAsync(DirectoryMethodIds.FindApplications, record.ApplicationUri)).Get<ExtensionObject[]>(0, "Applications").ShouldBeEmpty();
        await session.DirectoryCallAsync(DirectoryMethodIds.GetApplication, id).ShouldFailAsync(StatusCodes.BadNotFound);
    }

    [Fact]
    public async Task The_ids_of_the_types_methods_call_the_same()
    {
        await using var session = await gds.ConnectAsAsync("discovery");
        var record = NewRecord();
        await session.DirectoryCallAsync(DirectoryTypeMethodIds.RegisterApplication, Wire(record));
        (await session.DirectoryCallAsync(DirectoryTypeMethodIds.FindApplications, record.ApplicationUri)).Get<ExtensionObject[]>(0, "Applications").Length.ShouldBe(1);
    }

    [Fact]
    public async Task An_id_in_a_registration_is_ignored()
    {
        await using var session = await gds.ConnectAsAsync("discovery");
        var given = new NodeId(Guid.NewGuid(), 1);
        (await session.RegisterAsync(NewRecord() with { ApplicationId = given })).ShouldNotBe(given);
    }

    [Fact]
    public async Task Each_fault_of_a_record_is_named()
    {
        await using var session = await gds.ConnectAsAsync("discovery");
        (ApplicationRecord Record, string Named)[] faults =
        [
            (NewRecord() with { ApplicationUri = "" }, "ApplicationUri"),
            (NewRecord() with { ApplicationUri = "no uri" }, "ApplicationUri"),
            (NewRecord() with { ApplicationUri = "urn:" + new string('x', 2000) }, "ApplicationUri"),
            (NewRecord() with { ApplicationType = (ApplicationType)7 }, "ApplicationType"),
            (NewRecord() with { ApplicationNames = [] }, "ApplicationNames"),
            (NewRecord() with { ApplicationNames = [new LocalizedText("")] }, "ApplicationNames[0]"),
            (NewRecord() with { ProductUri = null }, "ProductUri"),
            (NewRecord() with { DiscoveryUrls = [] }, "DiscoveryUrls"),
            (NewRecord() with { DiscoveryUrls = [null] }, "DiscoveryUrls[0]"),
            (NewRecord() with { DiscoveryUrls = ["rcp+opc.tcp://a:1"] }, "DiscoveryUrls"),
            (NewRecord() with { ServerCapabilities = [] }, "ServerCapabilities"),
            (NewRecord() with { ServerCapabilities = ["NA", "DA"] }, "NA"),
            (NewRecord() with { ApplicationType = ApplicationType.Client, ServerCapabilities = [] }, "RCP"),
            (NewRecord() with { ApplicationType = ApplicationType.ClientAndServer, DiscoveryUrls = ["opc.tcp://a:1", "rcp+opc.tcp://a:1"] }, "RCP"),
        ];
        foreach (var (record, named) in faults)
            (await session.RegisterAsync(record).ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain(named);
        await session.DirectoryCallAsync(DirectoryMethodIds.RegisterApplication, Variant.Null).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await session.DirectoryCallAsync(DirectoryMethodIds.RegisterApplication, ExtensionObject.Of(new Argument("x", NodeId.Null, -1, [], default)))
            .ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await session.DirectoryCallAsync(DirectoryMethodIds.RegisterApplication).ShouldFailAsync(StatusCodes.BadArgumentsMissing);
        await session.DirectoryCallAsync(DirectoryMethodIds.GetApplication, NodeId.Null, 1).ShouldFailAsync(StatusCodes.BadTooManyArguments);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_its_own_code()
    {
        await using var session = await gds.ConnectAsAsync("discovery");
        var record = NewRecord();
        var id = await session.RegisterAsync(record);
        (await session.RegisterAsync(record).ShouldFailAsync(StatusCodes.BadEntryExists)).ShouldContain(record.ApplicationUri!);
        await Update(record with { ApplicationId = id, ApplicationUri = "urn:another" }).ShouldFailAsync(StatusCodes.BadWriteNotSupported);
        await Update(record with { ApplicationId = id, ApplicationNames = [] }).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        foreach (var unknown in new[] { NodeId.Null, new NodeId(Guid.NewGuid(), 1), new NodeId(85), new NodeId(Guid.NewGuid(), 2), new NodeId("x", 1) })
        {
            await Update(record with { ApplicationId = unknown }).ShouldFailAsync(StatusCodes.BadNotFound);
            await session.DirectoryCallAsync(DirectoryMethodIds.UnregisterApplication, unknown).ShouldFailAsync(StatusCodes.BadNotFound);
            await session.DirectoryCallAsync(DirectoryMethodIds.GetApplication, unknown).ShouldFailAsync(StatusCodes.BadNotFound);
        }

        await session.DirectoryCallAsync(DirectoryMethodIds.FindApplications, "no uri").ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await session.DirectoryCallAsync(DirectoryMethodIds.FindApplications, Variant.Null).ShouldFailAsync(StatusCodes.BadInvalidArgument);

        Task<Variant[]> Update(ApplicationRecord r) => session.DirectoryCallAsync(DirectoryMethodIds.UpdateApplication, Wire(r));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("authority")]
    [InlineData("registrar")]
    [InlineData("security")]
    public async Task Only_a_discovery_admin_changes_the_directory(string person)
    {
        var record = NewRecord();
        NodeId id;
        await using (var admin = await gds.ConnectAsAsync("discovery", MessageSecurityMode.Sign)) id = await admin.RegisterAsync(record);
        await using var session = await gds.ConnectAsAsync(person);
        await session.RegisterAsync(NewRecord()).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await session.DirectoryCallAsync(DirectoryMethodIds.UpdateApplication, Wire(record with { ApplicationId = id })).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await session.DirectoryCallAsync(DirectoryMethodIds.UnregisterApplication, id).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        (await GetAsync(session, id)).ApplicationUri.ShouldBe(record.ApplicationUri);
    }

    [Fact]
    public async Task Applications_come_in_pages_with_all_filters()
    {
        await using var session = await gds.ConnectAsAsync("discovery");
        for (var i = 0; i < 5; i++)
        {
            var uri = $"urn:localhost:paging:{i}";
            await session.RegisterAsync(new ApplicationRecord(
                NodeId.Null, uri, ApplicationType.Server, [new LocalizedText("en", $"Pump {i}"), new LocalizedText("de", $"Pumpe {i}")], "urn:pumps", [$"opc.tcp://p{i}:1"], ["DA", "HD"]));
        }

        List<string?> names = [];
        uint next = 0;
        do
        {
            var page = await session.DirectoryCallAsync(DirectoryMethodIds.QueryApplications, next, 2u, "Pump%", "urn:localhost:paging:%", 1u, "urn:pumps", new string?[] { "HD" });
            page.Get<DateTime>(0, "LastCounterResetTime").ShouldBeLessThan(DateTime.UtcNow);
            next = page.Get<uint>(1, "NextRecordId");
            var found = page.Get<ExtensionObject[]>(2, "Applications");
            found.Length.ShouldBeLessThanOrEqualTo(2);
            foreach (var each in found)
            {
                each.TryDecode<ApplicationDescription>(out var description).ShouldBeTrue();
                names.Add(description!.ApplicationName.Text);
            }
        }
        while (next != 0);

        names.ShouldBe(["Pump 0", "Pump 1", "Pump 2", "Pump 3", "Pump 4"]);
        (await Query("nothing", 0u))[2].Value.ShouldBeOfType<ExtensionObject[]>().ShouldBeEmpty();
        await Query("Pump%", 4u).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await session.DirectoryCallAsync(DirectoryMethodIds.QueryApplications, 0u, 0u, Variant.Null, Variant.Null, 0u, Variant.Null, new string?[] { "NA", "DA" })
            .ShouldFailAsync(StatusCodes.BadInvalidArgument);

        Task<Variant[]> Query(string name, uint type) =>
            session.DirectoryCallAsync(DirectoryMethodIds.QueryApplications, 0u, 0u, name, Variant.Null, type, Variant.Null, Variant.Null);
    }

    [Fact]
    public async Task Servers_come_one_for_each_url()
    {
        await using var session = await gds.ConnectAsAsync("discovery");
        await session.RegisterAsync(NewRecord() with { ProductUri = "urn:two-urls", DiscoveryUrls = ["opc.tcp://a:1", "opc.tcp://b:1"] });
        var page = await session.DirectoryCallAsync(DirectoryMethodIds.QueryServers, 0u, 0u, Variant.Null, Variant.Null, "urn:two-urls", Variant.Null);
        var servers = page.Get<ExtensionObject[]>(1, "Servers").Select(s => s.TryDecode<ServerOnNetwork>(new NodeId(12207), out var server) ? server! : null!).ToList();
        servers.Select(s => s.DiscoveryUrl).ShouldBe(["opc.tcp://a:1", "opc.tcp://b:1"]);
        servers[0].ServerCapabilities.ShouldBe(["DA"]);
        (await session.DirectoryCallAsync(DirectoryMethodIds.QueryServers, servers[1].RecordId, 0u, Variant.Null, Variant.Null, "urn:two-urls", Variant.Null))
            .Get<ExtensionObject[]>(1, "Servers").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_served_is_not_there()
    {
        await using var session = await gds.ConnectAsAsync("nobody");
        var below = await session.BrowseAsync(ObjectIds.ObjectsFolder, cancellationToken: Ct);
        below.Select(r => r.BrowseName.Name).ShouldContain("Directory");
        below.Select(r => r.BrowseName.Name).ShouldNotContain("KeyCredentialManagement");
        below.Select(r => r.BrowseName.Name).ShouldNotContain("AuthorizationServices");
        var groups = await session.BrowseAsync(new NodeId(GdsIds.CertificateGroups, Directory.Gds), cancellationToken: Ct);
        groups.Select(r => r.BrowseName.Name).ShouldContain("DefaultApplicationGroup");
        groups.Select(r => r.BrowseName.Name).ShouldNotContain("DefaultHttpsGroup");
        (await session.ReadValueAsync<NodeId[]>(new NodeId(GroupIds.DefaultApplication.CertificateTypes, Directory.Gds), Ct)).ShouldBe([Directory.RsaSha256]);
        var inputs = await session.ReadValueAsync<ExtensionObject[]>(new NodeId(158, Directory.Gds), Ct);
        inputs.Select(i => i.TryDecode<Argument>(out var a) ? a!.Name : null).ShouldBe(["ApplicationId", "CertificateGroupId", "CertificateTypeId", "CertificateRequest"]);
    }

    private static async Task<ApplicationRecord> GetAsync(UaSession session, NodeId id)
    {
        var got = (await session.DirectoryCallAsync(DirectoryMethodIds.GetApplication, id)).Get<ExtensionObject>(0, "Application");
        ApplicationRecord.TryFrom(got, Directory.Gds, out var record).ShouldBeTrue();
        return record!;
    }
}
