using System.Text.Json;
using Gds.Core.Applications;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Tests;

public sealed class DirectoryTests
{
    [Fact]
    public async Task A_registered_application_is_found_by_uri_and_id()
    {
        await using var gds = await GdsFixture.StartAsync();
        gds.Directory.Find("urn:plant:gateway").ShouldBeNull();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        var record = gds.Directory.Find("urn:plant:gateway").ShouldNotBeNull();
        record.Id.ShouldBe(id);
        record.DefaultName.ShouldBe("Gateway");
        gds.Directory.Get(id).ShouldBe(record);
        gds.Events.OfType<ApplicationChanged>().ShouldBe([new(id, "urn:plant:gateway", ApplicationChange.Registered)]);
    }

    [Fact]
    public async Task Registering_the_same_uri_again_is_refused_and_changes_nothing()
    {
        await using var gds = await GdsFixture.StartAsync();
        await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        var before = gds.Directory.Find("urn:plant:gateway")!;
        await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server() with { ProductUri = "urn:other" }, default).ShouldBeRefusedAsync(ProblemKind.EntryExists, before.Id.ToString());
        gds.Directory.Find("urn:plant:gateway").ShouldBe(before);
    }

    [Fact]
    public async Task Many_registering_one_uri_at_once_leave_one_record()
    {
        await using var gds = await GdsFixture.StartAsync();
        var attempts = Enumerable.Range(0, 20).Select(_ => gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default)).ToList();
        var results = await Task.WhenAll(attempts.Select(async a => { try { return (Guid?)await a; } catch (GdsProblem p) when (p.Kind == ProblemKind.EntryExists) { return null; } }));
        results.Count(r => r is not null).ShouldBe(1);
        (await gds.QueryAsync(db => db.Applications.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task An_update_replaces_everything_but_the_uri_under_a_new_record_id()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        var before = gds.Directory.Get(id);
        gds.Time.Advance(TimeSpan.FromHours(1));
        await gds.Directory.UpdateAsync(Callers.Admin, id, Sample.Server("urn:plant:gateway", "opc.tcp://new:1") with { ProductUri = "urn:new" }, default);
        var after = gds.Directory.Get(id);
        after.RecordId.ShouldBe(before.RecordId + 1);
        after.ProductUri.ShouldBe("urn:new");
        after.DiscoveryUrls.ShouldBe(["opc.tcp://new:1"]);
        after.UpdatedAt.ShouldBe(before.UpdatedAt.AddHours(1));
        after.CreatedAt.ShouldBe(before.CreatedAt);
        gds.Directory.List().Count().ShouldBe(1);
    }

    [Fact]
    public async Task The_uri_of_a_record_cannot_be_changed()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        await gds.Directory.UpdateAsync(Callers.Admin, id, Sample.Server("urn:plant:other"), default).ShouldBeRefusedAsync(ProblemKind.WriteNotSupported, "urn:plant:gateway");
    }

    [Fact]
    public async Task An_id_that_is_not_registered_is_not_found()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = Guid.NewGuid();
        await gds.Directory.UpdateAsync(Callers.Admin, id, Sample.Server(), default).ShouldBeRefusedAsync(ProblemKind.NotFound, id.ToString());
        await gds.Directory.UnregisterAsync(Callers.Admin, id, default).ShouldBeRefusedAsync(ProblemKind.NotFound);
        new Action(() => gds.Directory.Get(id)).ShouldBeRefused(ProblemKind.NotFound);
    }

    [Fact]
    public async Task Find_refuses_what_is_no_uri()
    {
        await using var gds = await GdsFixture.StartAsync();
        new Action(() => gds.Directory.Find("")).ShouldBeRefused(ProblemKind.InvalidArgument);
        new Action(() => gds.Directory.Find("urn:" + new string('x', 2000))).ShouldBeRefused(ProblemKind.InvalidArgument);
    }

    [Fact]
    public async Task Unregistering_revokes_what_the_application_holds_and_takes_its_requests()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        var first = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default);
        var certificate = (await gds.Delivery.FinishAsync(Callers.Admin, id, first, default)).Certificate;
        await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(subject: "CN=Second"), default);
        await gds.Directory.UnregisterAsync(Callers.Admin, id, default);
        gds.Directory.Find("urn:plant:gateway").ShouldBeNull();
        (await gds.QueryAsync(db => db.IssueRequests.CountAsync())).ShouldBe(0);
        (await gds.QueryAsync(db => db.IssuedCertificates.CountAsync(c => c.State == CertificateState.Revoked))).ShouldBe(2);
        (await gds.RevocationCheck.CheckAsync(Callers.Admin, certificate, default)).Status.ShouldBe(Certificates.RevocationStatus.Revoked);
        gds.Events.OfType<CertificateRevoked>().Count().ShouldBe(2);
        gds.Groups.Get(null).Members.ShouldBe(0);
        // The URI is free again, under a new id.
        (await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default)).ShouldNotBe(id);
    }

    [Fact]
    public async Task Record_ids_rise_for_ever_and_across_restarts()
    {
        await using var gds = await GdsFixture.StartAsync();
        var a = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:a"), default);
        var b = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:b"), default);
        gds.Directory.Get(a).RecordId.ShouldBe(1u);
        gds.Directory.Get(b).RecordId.ShouldBe(2u);
        await gds.Directory.UnregisterAsync(Callers.Admin, b, default);
        var reset = gds.Directory.QueryApplications(new()).LastCounterResetTime;
        gds.Time.Advance(TimeSpan.FromDays(1));
        await gds.RestartAsync();
        gds.Directory.Get(a).RecordId.ShouldBe(1u);
        var c = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:c"), default);
        gds.Directory.Get(c).RecordId.ShouldBe(3u);
        await gds.Directory.UpdateAsync(Callers.Admin, a, Sample.Server("urn:a"), default);
        gds.Directory.Get(a).RecordId.ShouldBe(4u);
        gds.Directory.QueryApplications(new()).LastCounterResetTime.ShouldBe(reset);
    }

    [Fact]
    public async Task A_restart_finds_everything_as_it_was()
    {
        await using var gds = await GdsFixture.StartAsync();
        var a = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:a"), default);
        var b = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Client("urn:b"), default);
        await gds.Directory.SetAdminAsync(Callers.Admin, b, a, true, default);
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, a, null, null, Sample.Csr("urn:a"), default);
        var list = gds.TrustLists.Peek(null);
        var (recordA, recordB) = (gds.Directory.Get(a), gds.Directory.Get(b));
        await gds.RestartAsync();
        JsonSerializer.Serialize(gds.Directory.Get(a)).ShouldBe(JsonSerializer.Serialize(recordA));
        JsonSerializer.Serialize(gds.Directory.Get(b)).ShouldBe(JsonSerializer.Serialize(recordB));
        gds.Directory.ManagedBy(b).ShouldBe([a]);
        gds.TrustLists.Peek(null).LastUpdateTime.ShouldBe(list.LastUpdateTime);
        gds.TrustLists.Peek(null).TrustedCrls.Single().ShouldBe(list.TrustedCrls.Single());
        gds.Groups.Get(null).Members.ShouldBe(2);
        (await gds.Delivery.FinishAsync(Callers.Admin, a, request, default)).Certificate.ShouldNotBeEmpty();
        (await gds.Certificates.GetCertificateStatusAsync(Callers.Admin, a, null, null, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_grant_of_administration_is_the_security_admins_to_give()
    {
        await using var gds = await GdsFixture.StartAsync();
        var a = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:a"), default);
        var b = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Client("urn:b"), default);
        await gds.Directory.SetAdminAsync(Callers.With(GdsRoles.DiscoveryAdmin), b, a, true, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.Directory.SetAdminAsync(Callers.Admin, b, b, true, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument);
        await gds.Directory.SetAdminAsync(Callers.Admin, b, Guid.NewGuid(), true, default).ShouldBeRefusedAsync(ProblemKind.NotFound);
        await gds.Directory.SetAdminAsync(Callers.Admin, b, a, true, default);
        await gds.Directory.SetAdminAsync(Callers.Admin, b, a, true, default);
        gds.Directory.ManagedBy(b).ShouldBe([a]);
        await gds.Directory.SetAdminAsync(Callers.Admin, b, a, false, default);
        gds.Directory.ManagedBy(b).ShouldBeEmpty();
        (await gds.QueryAsync(db => db.ApplicationAdminGrants.CountAsync())).ShouldBe(0);
    }
}
