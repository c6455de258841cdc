using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Gds.Store.Tests;

public sealed class RoundTripTests
{
    private static readonly DateTime Now = StoreFixture.Now;

    private static Application Machine(string uri = "urn:a", uint recordId = 1)
    {
        var application = new Application(Guid.NewGuid(), uri, "admin", null, Now);
        application.Describe(recordId, ApplicationType.ClientAndServer, [new("de", "Anlage"), new(null, "Plant")], "urn:p",
            ["opc.tcp://a:4840", "opc.tcp://b:4840"], ["DA", "HD"], Now);
        return application;
    }

    [Fact]
    public async Task An_application_comes_back_as_it_was_stored()
    {
        await using var store = await StoreFixture.CreateAsync();
        var stored = Machine();
        await using (var db = store.Open())
        {
            db.Add(stored);
            await db.SaveChangesAsync();
        }
        await using var read = store.Open();
        var found = await read.Applications.SingleAsync();
        found.Id.ShouldBe(stored.Id);
        found.Names.ShouldBe([new("de", "Anlage"), new(null, "Plant")]);
        found.DiscoveryUrls.ShouldBe(["opc.tcp://a:4840", "opc.tcp://b:4840"]);
        found.ServerCapabilities.ShouldBe(["DA", "HD"]);
        found.ApplicationType.ShouldBe(ApplicationType.ClientAndServer);
        found.CreatedAt.ShouldBe(Now);
        found.CreatedAt.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Fact]
    public async Task A_list_replaced_by_a_description_is_saved()
    {
        await using var store = await StoreFixture.CreateAsync();
        await using (var db = store.Open())
        {
            db.Add(Machine());
            await db.SaveChangesAsync();
        }
        await using (var db = store.Open())
        {
            var found = await db.Applications.SingleAsync();
            found.Describe(2, ApplicationType.Server, [new(null, "New")], "urn:p", ["opc.tcp://c:1"], ["DA"], Now.AddDays(1));
            await db.SaveChangesAsync();
        }
        await using var read = store.Open();
        var after = await read.Applications.SingleAsync();
        after.Names.ShouldBe([new(null, "New")]);
        after.DiscoveryUrls.ShouldBe(["opc.tcp://c:1"]);
        after.UpdatedAt.ShouldBe(Now.AddDays(1));
    }

    [Fact]
    public async Task Times_are_ordered_and_compared_by_the_database()
    {
        await using var store = await StoreFixture.CreateAsync();
        await using var db = store.Open();
        foreach (var ticks in new long[] { 5_000_000, 0, 1, 10_000_000, 5_100_000 })
            db.AuditRows.Add(new AuditRow(Now.AddTicks(ticks), "who", "where", "do", "it", "Good", null));
        await db.SaveChangesAsync();
        var ordered = await db.AuditRows.AsNoTracking().OrderBy(r => r.Time).Select(r => r.Time).ToListAsync();
        ordered.Select(t => (t - Now).Ticks).ShouldBe([0, 1, 5_000_000, 5_100_000, 10_000_000]);
        (await db.AuditRows.CountAsync(r => r.Time > Now.AddTicks(5_000_000))).ShouldBe(2);
    }

    [Fact]
    public async Task A_time_that_is_not_utc_is_refused()
    {
        await using var store = await StoreFixture.CreateAsync();
        await using var db = store.Open();
        db.AuditRows.Add(new AuditRow(DateTime.SpecifyKind(Now, DateTimeKind.Local), "who", "where", "do", "it", "Good", null));
        await Should.ThrowAsync<Exception>(() => db.SaveChangesAsync());
        (await store.Open().AuditRows.CountAsync()).ShouldBe(0);
    }

    public static TheoryData<string> Duplicates => ["uri", "record", "serial", "user"];

    [Theory]
    [MemberData(nameof(Duplicates))]
    public async Task What_must_be_unique_is_unique_in_the_database(string what)
    {
        await using var store = await StoreFixture.CreateAsync();
        await using var db = store.Open();
        switch (what)
        {
            case "uri": db.AddRange(Machine("urn:a", 1), Machine("urn:a", 2)); break;
            case "record": db.AddRange(Machine("urn:a", 1), Machine("urn:b", 1)); break;
            case "user": db.AddRange(new User(Guid.NewGuid(), "Ann", "ann", [], "x", Now), new User(Guid.NewGuid(), "ann", "ann", [], "x", Now)); break;
            default:
                var authority = await AuthorityAsync(db);
                db.AddRange(new IssuedCertificate(Guid.NewGuid(), authority, "0A", Now), new IssuedCertificate(Guid.NewGuid(), authority, "0A", Now));
                break;
        }
        var error = await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync());
        error.InnerException.ShouldBeOfType<SqliteException>().Message.ShouldContain("UNIQUE");
    }

    [Fact]
    public async Task Removing_an_application_takes_its_requests_and_grants_but_leaves_its_certificates()
    {
        await using var store = await StoreFixture.CreateAsync();
        var (client, managed) = (Machine("urn:agent", 1), Machine("urn:gateway", 2));
        await using (var db = store.Open())
        {
            var authority = await AuthorityAsync(db);
            var certificate = new IssuedCertificate(Guid.NewGuid(), authority, "0B", Now);
            certificate.Issue(managed.Id, "urn:gateway", 1, 12560, [1], "AA", "CN=g", [], Now, Now.AddDays(1), Now);
            db.AddRange(client, managed, certificate, new ApplicationAdminGrant(client.Id, managed.Id, "admin", Now), new GroupMembership(managed.Id, 1, Now));
            db.Add(IssueRequest.ForSigning(Guid.NewGuid(), managed.Id, 1, 12560, new("x", "y", null), [1], "hash", Now));
            await db.SaveChangesAsync();
        }
        await using (var db = store.Open())
        {
            db.Remove(await db.Applications.SingleAsync(a => a.Id == managed.Id));
            await db.SaveChangesAsync();
        }
        await using var read = store.Open();
        (await read.IssueRequests.CountAsync()).ShouldBe(0);
        (await read.ApplicationAdminGrants.CountAsync()).ShouldBe(0);
        (await read.GroupMemberships.CountAsync()).ShouldBe(0);
        (await read.IssuedCertificates.SingleAsync()).ApplicationUri.ShouldBe("urn:gateway");
    }

    private static async Task<Guid> AuthorityAsync(GdsDbContext db)
    {
        var group = new CertificateGroup("DefaultApplicationGroup", 12557, Now);
        group.Types.Add(new CertificateGroupType(12560, 0));
        db.Add(group);
        await db.SaveChangesAsync();
        var authority = new CertificateAuthorityRecord(Guid.NewGuid(), group.Id, "ca-1", Now);
        db.Add(authority);
        await db.SaveChangesAsync();
        return authority.Id;
    }
}
