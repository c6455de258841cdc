using Gds.Core.Agents;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Tests;

/// <summary>The central inbox: what comes in, what is kept, what may be trusted.</summary>
public sealed class InboxTests
{
    private static readonly KeyPair s_foreignKey = KeyPair.Create(KeyPairKind.Rsa2048);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_certificate_is_one_entry_however_many_gateways_report_it()
    {
        await using var plant = await SyncPlant.StartAsync();
        var second = await plant.Gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:plant:second"), Ct);
        var der = Foreign.SelfSigned("urn:foreign:pump");
        await ReportAsync(plant, Finding.Rejected(der));
        await plant.Gds.Get<RejectedInbox>().ReportAsync(Caller.Gds, second, [Finding.Rejected(der)], Ct);
        var entry = List(plant).Single();
        (entry.ApplicationUri, entry.State, entry.Count).ShouldBe(("urn:foreign:pump", InboxState.Open, 2));
        entry.SeenAt.Select(s => s.ApplicationUri).ShouldBe([SyncPlant.Uri, "urn:plant:second"], ignoreOrder: true);
        await plant.Gds.RestartAsync();
        List(plant).Single().SeenAt.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Reporting_the_same_again_writes_nothing_within_the_hour()
    {
        await using var plant = await SyncPlant.StartAsync();
        var finding = Finding.Rejected(Foreign.SelfSigned("urn:foreign:pump"));
        await ReportAsync(plant, finding, finding);
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(59));
        await ReportAsync(plant, finding);
        List(plant).Single().Count.ShouldBe(1);
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(1));
        await ReportAsync(plant, finding);
        var entry = List(plant).Single();
        (entry.Count, entry.LastSeenAt).ShouldBe((2, plant.Gds.Time.GetUtcNow().UtcDateTime));
    }

    [Fact]
    public async Task What_an_agent_tells_later_was_seen_when_it_was_seen()
    {
        await using var plant = await SyncPlant.StartAsync();
        var der = Foreign.SelfSigned("urn:foreign:pump");
        var seen = plant.Gds.Time.GetUtcNow().UtcDateTime.AddDays(-2);
        await ReportAsync(plant, Finding.Rejected(der) with { SeenAt = seen });
        await ReportAsync(plant, Finding.Rejected(der) with { SeenAt = seen });
        (List(plant).Single().FirstSeenAt, List(plant).Single().LastSeenAt, List(plant).Single().Count).ShouldBe((seen, seen, 1));
        await ReportAsync(plant, Finding.Rejected(der) with { SeenAt = seen.AddDays(10) });
        (List(plant).Single().FirstSeenAt, List(plant).Single().LastSeenAt).ShouldBe((seen, plant.Gds.Time.GetUtcNow().UtcDateTime));
    }

    [Fact]
    public async Task What_the_gds_gave_is_no_drift_and_what_it_did_not_is_kept_with_its_policy()
    {
        await using var plant = await SyncPlant.StartAsync();
        var ours = plant.Gds.TrustLists.Peek(null).TrustedCertificates[0];
        var foreign = Foreign.SelfSigned("urn:foreign:pump");
        await ReportAsync(plant, Drift(ours), Drift(plant.Certificate.Der), Drift(foreign));
        var seen = List(plant).Single().SeenAt.Single();
        (seen.Kind, seen.Policy).ShouldBe((FindingKind.Drift, FindingPolicy.Offered));
        await ReportAsync(plant, new Finding(FindingKind.Drift, FindingPolicy.Removed, foreign));
        List(plant).Single().SeenAt.Single().Policy.ShouldBe(FindingPolicy.Removed);
    }

    [Fact]
    public async Task Trusting_puts_it_on_the_list_of_every_gateway_and_is_audited()
    {
        await using var plant = await SyncPlant.StartAsync();
        await plant.ReportAsync(plant.Good());
        var certificate = ApplicationCertificate.Parse(Foreign.SelfSigned("urn:foreign:pump"));
        await ReportAsync(plant, Finding.Rejected(certificate.Der));
        (await Inbox(plant).GetAsync(Callers.Admin, certificate.Thumbprint, Ct)).Objections.ShouldBeEmpty();
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(1));

        var trusted = await TrustAsync(plant, certificate.Sha256);
        (trusted.State, trusted.TrustedIn, trusted.DecidedBy).ShouldBe((InboxState.Trusted, "DefaultApplicationGroup", "ann"));
        plant.Gds.TrustLists.Peek(null).TrustedCertificates.ShouldContain(der => der.SequenceEqual(certificate.Der));
        plant.Member().State.ShouldBe(Sync.SyncState.Waiting);
        (await plant.Gds.AuditAsync("inbox.trust")).Single().Target.ShouldBe(certificate.Thumbprint);
        (await plant.Gds.AuditAsync("trustlist.add")).ShouldHaveSingleItem();
        await TrustAsync(plant, certificate.Thumbprint).ShouldBeRefusedAsync(ProblemKind.InvalidState, "already");
        await Inbox(plant).DismissAsync(Callers.Admin, certificate.Thumbprint, Ct).ShouldBeRefusedAsync(ProblemKind.InvalidState);
    }

    [Fact]
    public async Task A_trusted_one_that_was_taken_off_the_list_is_open_again()
    {
        await using var plant = await SyncPlant.StartAsync();
        var certificate = ApplicationCertificate.Parse(Foreign.SelfSigned("urn:foreign:pump"));
        await ReportAsync(plant, Finding.Rejected(certificate.Der));
        await TrustAsync(plant, certificate.Thumbprint);
        plant.Gds.Time.Advance(TimeSpan.FromHours(2));
        await ReportAsync(plant, Finding.Rejected(certificate.Der));
        List(plant).Single().State.ShouldBe(InboxState.Trusted);
        await plant.Gds.TrustLists.RemoveAsync(Callers.Admin, null, certificate.Thumbprint, true, Ct);
        List(plant).Single().State.ShouldBe(InboxState.Open);
        (await TrustAsync(plant, certificate.Thumbprint)).TrustedIn.ShouldBe("DefaultApplicationGroup");
    }

    [Fact]
    public async Task A_dismissed_one_stays_so_and_may_be_trusted_later()
    {
        await using var plant = await SyncPlant.StartAsync();
        var certificate = ApplicationCertificate.Parse(Foreign.SelfSigned("urn:foreign:pump"));
        await ReportAsync(plant, Finding.Rejected(certificate.Der));
        (await Inbox(plant).DismissAsync(Callers.Admin, certificate.Thumbprint, Ct)).State.ShouldBe(InboxState.Dismissed);
        plant.Gds.Time.Advance(TimeSpan.FromHours(2));
        await ReportAsync(plant, Finding.Rejected(certificate.Der));
        List(plant).Single().State.ShouldBe(InboxState.Dismissed);
        Inbox(plant).OpenCount.ShouldBe(0);
        (await TrustAsync(plant, certificate.Thumbprint)).State.ShouldBe(InboxState.Trusted);
    }

    [Fact]
    public async Task What_cannot_be_valid_anywhere_is_not_trusted()
    {
        await using var plant = await SyncPlant.StartAsync();
        var authority = Foreign.Authority("Foreign CA", s_foreignKey);
        await NotTrusted(plant, Foreign.SelfSigned("urn:foreign:no-usage", usages: default), "KeyUsage");
        await NotTrusted(plant, Foreign.SelfSigned(null), "ApplicationUri");
        await NotTrusted(plant, authority.Der, "CRL", ProblemKind.InvalidArgument);
        await NotTrusted(plant, plant.Certificate.Der, "our own CA", ProblemKind.RequestNotAllowed);
        await NotTrusted(plant, Foreign.Leaf("orphan", Sample.Key, authority, s_foreignKey).Der, "not on the list", ProblemKind.CertificateChainIncomplete);
        var expiring = Foreign.SelfSigned("urn:foreign:old", days: 1);
        await plant.Gds.Certificates.RevokeAsync(Callers.Admin, plant.Id, plant.Certificate.Der, RevocationCause.KeyCompromise, Ct);
        await NotTrusted(plant, plant.Certificate.Der, "revoked");
        plant.Gds.Time.Advance(TimeSpan.FromDays(2));
        await NotTrusted(plant, expiring, "expired");
        plant.Gds.TrustLists.Peek(null).TrustedCertificates.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_ca_is_trusted_with_its_revocation_list_and_what_that_revoked_is_not()
    {
        await using var plant = await SyncPlant.StartAsync();
        var authority = Foreign.Authority("Foreign CA", s_foreignKey);
        var revoked = Foreign.Leaf("revoked", Sample.Key, authority, s_foreignKey);
        var good = Foreign.Leaf("good", Sample.Key, authority, s_foreignKey);
        await ReportAsync(plant, Drift(authority.Der), Finding.Rejected(revoked.Der), Finding.Rejected(good.Der));
        var crl = Foreign.Crl(authority, s_foreignKey, 30, 1, revoked);
        var how = new InboxTrust(null, AsIssuer: true, [crl]);
        (await Inbox(plant).TrustAsync(Callers.Admin, authority.Thumbprint, how, Ct)).State.ShouldBe(InboxState.Trusted);
        plant.Gds.TrustLists.Peek(null).IssuerCertificates.Single().ShouldBe(authority.Der);
        await TrustAsync(plant, revoked.Thumbprint).ShouldBeRefusedAsync(ProblemKind.CertificateInvalid, "revoked");
        (await TrustAsync(plant, good.Thumbprint)).State.ShouldBe(InboxState.Trusted);
    }

    [Fact]
    public async Task One_application_that_floods_the_inbox_pushes_out_only_its_own()
    {
        await using var plant = await SyncPlant.StartAsync(o => (o.InboxPerApplication, o.InboxSize) = (3, 5));
        var other = await plant.Gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:plant:other"), Ct);
        await Inbox(plant).ReportAsync(Caller.Gds, other, [Finding.Rejected(Foreign.SelfSigned("urn:foreign:kept"))], Ct);
        for (var i = 0; i < 8; i++)
        {
            plant.Gds.Time.Advance(TimeSpan.FromSeconds(1));
            await ReportAsync(plant, Finding.Rejected(Foreign.SelfSigned($"urn:foreign:flood-{i}")));
        }

        string[] expected = ["urn:foreign:flood-7", "urn:foreign:flood-6", "urn:foreign:flood-5", "urn:foreign:kept"];
        List(plant).Select(e => e.ApplicationUri).ShouldBe(expected);
        for (var i = 0; i < 3; i++)
        {
            var id = await plant.Gds.Directory.RegisterAsync(Callers.Admin, Sample.Server($"urn:plant:more-{i}"), Ct);
            plant.Gds.Time.Advance(TimeSpan.FromSeconds(1));
            await Inbox(plant).ReportAsync(Caller.Gds, id, [Finding.Rejected(Foreign.SelfSigned($"urn:foreign:more-{i}"))], Ct);
        }

        List(plant).Count.ShouldBe(5);
        List(plant).ShouldNotContain(e => e.ApplicationUri == "urn:foreign:kept"); // seen longest ago of all
        await plant.Gds.RestartAsync();
        List(plant).Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_report_is_bounded_and_its_parts_are_checked()
    {
        await using var plant = await SyncPlant.StartAsync();
        var good = Finding.Rejected(Foreign.SelfSigned("urn:foreign:pump"));
        await Refused("limit", [.. Enumerable.Repeat(good, Finding.MostInReport + 1)]);
        await Refused("Findings[1].Certificate", good, Finding.Rejected(new byte[Finding.LargestCertificate + 1]));
        await Refused("Findings[0].Certificate", Finding.Rejected(ReadOnlyMemory<byte>.Empty));
        await Refused("Findings[0].Certificate", Finding.Rejected(new byte[] { 1, 2, 3 }));
        await Refused("Findings[0].Kind", good with { Kind = (FindingKind)2 });
        await Refused("Findings[0].Policy", good with { Policy = (FindingPolicy)4 });
        await Refused("Findings[0].SeenAt", good with { SeenAt = new DateTime(2026, 1, 1) });
        List(plant).ShouldBeEmpty();
        // What a foreign server has in its rejected list is used as far as it can be.
        await Inbox(plant).ReportAsync(Caller.Gds, plant.Id, [Finding.Rejected(new byte[] { 1, 2, 3 }), good], Ct);
        List(plant).ShouldHaveSingleItem();

        Task Refused(string names, params Finding[] findings) => ReportAsync(plant, findings).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, names);
    }

    [Fact]
    public async Task An_application_that_is_gone_takes_its_sightings_with_it()
    {
        await using var plant = await SyncPlant.StartAsync();
        await ReportAsync(plant, Finding.Rejected(Foreign.SelfSigned("urn:foreign:pump")));
        await plant.Gds.Directory.UnregisterAsync(Callers.Admin, plant.Id, Ct);
        List(plant).Single().SeenAt.ShouldBeEmpty();
        (await plant.Gds.QueryAsync(db => db.Set<InboxSighting>().CountAsync())).ShouldBe(0);
    }

    private static Finding Drift(byte[] der) => new(FindingKind.Drift, FindingPolicy.Offered, der);

    private static RejectedInbox Inbox(SyncPlant plant) => plant.Gds.Get<RejectedInbox>();

    private static IReadOnlyList<InboxView> List(SyncPlant plant) => Inbox(plant).List(Callers.Admin, null, 100);

    private static Task ReportAsync(SyncPlant plant, params Finding[] findings) => Inbox(plant).ReportAsync(plant.Gateway, plant.Id, findings, Ct);

    private static Task<InboxView> TrustAsync(SyncPlant plant, string certificate) => Inbox(plant).TrustAsync(Callers.Admin, certificate, new InboxTrust(null, false, []), Ct);

    private static async Task NotTrusted(SyncPlant plant, byte[] der, string why, ProblemKind kind = ProblemKind.CertificateInvalid)
    {
        await Inbox(plant).ReportAsync(Caller.Gds, plant.Id, [Finding.Rejected(der)], Ct);
        await TrustAsync(plant, ApplicationCertificate.Parse(der).Thumbprint).ShouldBeRefusedAsync(kind, why);
    }
}
