using Gds.Core.Applications;
using Gds.Core.State;
using Gds.Store;

namespace Gds.Core.Tests;

public sealed class DirectoryQueryTests
{
    private static ApplicationRecord Record(uint id, string uri, ApplicationType type = ApplicationType.Server, string name = "Pump", string[]? urls = null, params string[] capabilities) => new()
    {
        Id = Guid.NewGuid(),
        RecordId = id,
        ApplicationUri = uri,
        ApplicationType = type,
        Names = [new("en", name), new("de", "Zweitname")],
        ProductUri = "urn:vendor:" + type,
        DiscoveryUrls = urls ?? ["opc.tcp://h:1"],
        ServerCapabilities = capabilities,
        RegisteredBy = "x",
        CreatedAt = GdsFixture.Start.UtcDateTime,
        UpdatedAt = GdsFixture.Start.UtcDateTime,
    };

    private static GdsState State(params ApplicationRecord[] records) => new()
    {
        Directory = DirectorySnapshot.Of(records),
        CounterResetAt = GdsFixture.Start.UtcDateTime,
    };

    private static readonly GdsState Plant = State(
        Record(3, "urn:plant:pump1", name: "Pump 1", capabilities: ["DA", "HD"]),
        Record(5, "urn:plant:pump2", name: "Pump 2", capabilities: ["DA"]),
        Record(7, "urn:plant:hmi", ApplicationType.ClientAndServer, "HMI", capabilities: ["DA", "AC"]),
        Record(9, "urn:plant:reader", ApplicationType.Client, "Reader", urls: []),
        Record(11, "urn:plant:reverse", ApplicationType.Client, "Reverse", urls: ["rcp+opc.tcp://r:1"], capabilities: ["RCP"]),
        Record(13, "urn:plant:lds", ApplicationType.DiscoveryServer, "LDS", capabilities: ["LDS"]));

    private static string[] Uris(ApplicationQuery query) => [.. DirectoryQuery.Applications(Plant, query).Applications.Select(a => a.ApplicationUri.Split(':')[2])];

    public static TheoryData<string, string> Filters => new()
    {
        { "all", "pump1 pump2 hmi reverse lds" },
        { "servers", "pump1 pump2 hmi lds" },
        { "clients", "hmi reverse" },
        { "both bits", "pump1 pump2 hmi reverse lds" },
        { "name", "pump1 pump2" },
        { "second name", "" },
        { "uri", "pump1" },
        { "product", "hmi" },
        { "capability", "pump1 pump2 hmi" },
        { "two capabilities", "pump1" },
        { "and", "pump2" },
        { "empty filters", "pump1 pump2 hmi reverse lds" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void Filters_hold_all_at_once(string which, string expected)
    {
        var query = which switch
        {
            "servers" => new ApplicationQuery(ApplicationType: 1),
            "clients" => new(ApplicationType: 2),
            "both bits" => new(ApplicationType: 3),
            "name" => new(ApplicationName: "pump%"),
            "second name" => new(ApplicationName: "Zweit%"),
            "uri" => new(ApplicationUri: "urn:plant:pump1"),
            "product" => new(ProductUri: "%ClientAndServer"),
            "capability" => new(Capabilities: ["DA"]),
            "two capabilities" => new(Capabilities: ["HD", "DA"]),
            "and" => new(ApplicationName: "Pump%", ApplicationUri: "%2", ApplicationType: 1, ProductUri: "urn:%", Capabilities: ["DA"]),
            "empty filters" => new(ApplicationName: "", ApplicationUri: "", ProductUri: "", Capabilities: []),
            _ => new(),
        };
        string.Join(' ', Uris(query)).ShouldBe(expected);
    }

    [Fact]
    public void Pages_follow_one_another_without_gap_or_overlap()
    {
        var seen = new List<uint>();
        uint next = 0;
        do
        {
            var page = DirectoryQuery.Applications(Plant, new(StartingRecordId: next, MaxRecordsToReturn: 2));
            page.Applications.Count.ShouldBeLessThanOrEqualTo(2);
            seen.AddRange(page.Applications.Select(a => a.RecordId));
            next = page.NextRecordId;
        }
        while (next != 0);
        seen.ShouldBe([3u, 5u, 7u, 11u, 13u]);
    }

    [Theory]
    [InlineData(0u, 5u, 0u)]
    [InlineData(0u, 4u, 11u)]
    [InlineData(3u, 1u, 5u)]
    [InlineData(4u, 1u, 5u)]
    [InlineData(11u, 1u, 0u)]
    [InlineData(13u, 1u, 0u)]
    [InlineData(uint.MaxValue, 1u, 0u)]
    public void The_next_record_id_is_zero_exactly_when_nothing_follows(uint start, uint max, uint next)
        => DirectoryQuery.Applications(Plant, new(StartingRecordId: start, MaxRecordsToReturn: max)).NextRecordId.ShouldBe(next);

    [Fact]
    public void A_page_without_a_limit_is_limited_and_says_where_to_go_on()
    {
        var many = State([.. Enumerable.Range(1, 1500).Select(i => Record((uint)i, $"urn:a:{i}"))]);
        var first = DirectoryQuery.Applications(many, new());
        first.Applications.Count.ShouldBe(1000);
        first.NextRecordId.ShouldBe(1000u);
        DirectoryQuery.Applications(many, new(StartingRecordId: 1000)).Applications.Count.ShouldBe(500);
        DirectoryQuery.Applications(many, new(MaxRecordsToReturn: uint.MaxValue)).Applications.Count.ShouldBe(1000);
    }

    [Fact]
    public void A_type_that_is_no_mask_and_a_pattern_that_is_none_are_invalid_arguments()
    {
        new Action(() => Uris(new(ApplicationType: 4))).ShouldBeRefused(ProblemKind.InvalidArgument, "ApplicationType is 4");
        new Action(() => Uris(new(ApplicationName: "[a"))).ShouldBeRefused(ProblemKind.InvalidArgument, "ApplicationName");
        new Action(() => Uris(new(ProductUri: "\\"))).ShouldBeRefused(ProblemKind.InvalidArgument, "ProductUri");
        new Action(() => Uris(new(Capabilities: ["NA", "DA"]))).ShouldBeRefused(ProblemKind.InvalidArgument, "Capabilities");
    }

    [Fact]
    public void QueryServers_gives_one_entry_for_each_url_and_never_a_client()
    {
        var state = State(
            Record(2, "urn:a", urls: ["opc.tcp://a:1", "https://a/"], capabilities: ["DA"]),
            Record(4, "urn:c", ApplicationType.Client, urls: ["rcp+opc.tcp://c:1"]),
            Record(6, "urn:b", ApplicationType.ClientAndServer, urls: ["opc.tcp://b:1", "rcp+opc.tcp://b:1"]));
        var all = DirectoryQuery.Servers(state, new());
        all.Servers.Select(s => (s.RecordId, s.DiscoveryUrl)).ShouldBe([(2u, "opc.tcp://a:1"), (2u, "https://a/"), (6u, "opc.tcp://b:1")]);
        all.LastCounterResetTime.ShouldBe(GdsFixture.Start.UtcDateTime);
        all.Servers[0].ServerCapabilities.ShouldBe(["DA"]);
        // The client goes on from the highest record id it got, so a record is never split.
        DirectoryQuery.Servers(state, new(MaxRecordsToReturn: 1)).Servers.Count.ShouldBe(2);
        DirectoryQuery.Servers(state, new(StartingRecordId: 2)).Servers.Single().RecordId.ShouldBe(6u);
        DirectoryQuery.Servers(state, new(ServerCapabilities: ["DA"])).Servers.Count.ShouldBe(2);
    }

    [Fact]
    public void The_snapshot_keeps_its_order_through_changes()
    {
        var a = Record(1, "urn:a");
        var b = Record(2, "urn:b");
        var c = Record(3, "urn:c");
        var directory = DirectorySnapshot.Empty.With(a).With(b).With(c);
        directory.After(0).Select(r => r.RecordId).ShouldBe([1u, 2u, 3u]);
        var updated = directory.With(a with { RecordId = 4 });
        updated.After(0).Select(r => r.RecordId).ShouldBe([2u, 3u, 4u]);
        updated.After(2).Select(r => r.ApplicationUri).ShouldBe(["urn:c", "urn:a"]);
        updated.Find("urn:a")!.RecordId.ShouldBe(4u);
        var without = updated.Without(b.Id);
        without.Count.ShouldBe(2);
        without.Find("urn:b").ShouldBeNull();
        without.Without(b.Id).ShouldBeSameAs(without);
        directory.After(0).Count().ShouldBe(3); // the older snapshot is what it was
    }
}
