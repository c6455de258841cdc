using Gds.Core.TrustLists;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Tests;

public sealed class TrustListTests
{
    private static readonly KeyPair Key = KeyPair.Create(KeyPairKind.EccNistP256), OtherKey = KeyPair.Create(KeyPairKind.EccNistP256);
    private static readonly ApplicationCertificate Root = Foreign.Authority("Foreign Root", Key);
    private static readonly ApplicationCertificate Leaf = Foreign.Leaf("leaf", Sample.Key, Root, Key);

    private static Task AddAsync(GdsFixture gds, byte[] certificate, bool trusted = true, params byte[][] crls)
        => gds.TrustLists.AddAsync(Callers.Admin, null, certificate, trusted, crls, default);

    [Fact]
    public async Task A_new_list_holds_our_CA_and_its_crl()
    {
        await using var gds = await GdsFixture.StartAsync();
        var list = await gds.TrustLists.ReadAsync(Callers.Admin, null, default);
        var ca = ApplicationCertificate.Parse(list.TrustedCertificates.Single());
        ca.Sha256.ShouldBe(gds.Report.AuthoritySha256);
        var crl = CertificateRevocationList.Parse(list.TrustedCrls.Single());
        crl.IsSignedBy(ca).ShouldBeTrue();
        crl.NextUpdate!.Value.ShouldBe(GdsFixture.Start.AddDays(30));
        (list.IssuerCertificates.Count, list.IssuerCrls.Count).ShouldBe((0, 0));
        gds.TrustLists.Peek(null).ShouldBeSameAs(list);
    }

    [Fact]
    public async Task A_foreign_CA_comes_with_its_crl_and_moves_the_update_time()
    {
        await using var gds = await GdsFixture.StartAsync();
        var before = gds.TrustLists.Peek(null);
        await AddAsync(gds, Root.Der, true, Foreign.Crl(Root, Key));
        var after = await gds.TrustLists.ReadAsync(Callers.Admin, null, default);
        after.LastUpdateTime.ShouldBeGreaterThan(before.LastUpdateTime);
        after.Version.ShouldBe(before.Version + 1);
        after.TrustedCertificates.Count.ShouldBe(2);
        after.TrustedCrls.Count.ShouldBe(2);
        await AddAsync(gds, Leaf.Der);
        gds.TrustLists.Peek(null).TrustedCertificates.Count.ShouldBe(3);
        await gds.RestartAsync();
        gds.TrustLists.Peek(null).TrustedCertificates.Count.ShouldBe(3);
        before.TrustedCertificates.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_newer_crl_takes_the_place_of_the_older_one()
    {
        await using var gds = await GdsFixture.StartAsync();
        await AddAsync(gds, Root.Der, false, Foreign.Crl(Root, Key, number: 1));
        var newer = Foreign.Crl(Root, Key, 30, 2, Leaf);
        await AddAsync(gds, Root.Der, false, newer);
        await AddAsync(gds, Root.Der, false, newer);
        var list = gds.TrustLists.Peek(null);
        list.IssuerCertificates.Single().ShouldBe(Root.Der);
        list.IssuerCrls.Single().ShouldBe(newer);
        (await gds.QueryAsync(db => db.TrustListEntries.CountAsync())).ShouldBe(2);
    }

    [Fact]
    public async Task A_list_with_an_outdated_crl_is_not_handed_out_and_says_why()
    {
        await using var gds = await GdsFixture.StartAsync();
        await AddAsync(gds, Root.Der, true, Foreign.Crl(Root, Key, days: 3));
        gds.Time.Advance(TimeSpan.FromDays(4));
        await gds.TrustLists.ReadAsync(Callers.Admin, null, default).ShouldBeRefusedAsync(ProblemKind.NotReadable, "Foreign Root");
        (await gds.Upkeep.FaultsAsync(default)).Single().ShouldContain("Foreign Root");
        await AddAsync(gds, Root.Der, true, Foreign.Crl(Root, Key, days: 30, number: 2));
        await gds.TrustLists.ReadAsync(Callers.Admin, null, default);
        (await gds.Upkeep.FaultsAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Our_own_crl_outdated_keeps_the_list_back_until_upkeep_renews_it()
    {
        await using var gds = await GdsFixture.StartAsync();
        gds.Time.Advance(TimeSpan.FromDays(31));
        await gds.TrustLists.ReadAsync(Callers.Admin, null, default).ShouldBeRefusedAsync(ProblemKind.NotReadable);
        (await gds.Upkeep.ReissueCrlsIfDueAsync(default)).ShouldBe(1);
        await gds.TrustLists.ReadAsync(Callers.Admin, null, default);
    }

    private static readonly Dictionary<string, (byte[] Certificate, bool Trusted, byte[][] Crls, ProblemKind Kind, string Text)> Wrong = new()
    {
        ["CA without crl"] = (Root.Der, true, [], ProblemKind.InvalidArgument, "only with its current CRL"),
        ["crl of another"] = (Root.Der, true, [Foreign.Crl(Foreign.Authority("Other", OtherKey), OtherKey)], ProblemKind.InvalidArgument, "not signed by"),
        ["crl of another key"] = (Root.Der, true, [Foreign.Crl(Foreign.Authority("Foreign Root", OtherKey), OtherKey)], ProblemKind.InvalidArgument, "not signed by"),
        ["old crl"] = (Root.Der, true, [Foreign.Crl(Root, Key, days: -1)], ProblemKind.InvalidArgument, "ended"),
        ["no crl"] = (Root.Der, true, [[1, 2, 3]], ProblemKind.InvalidArgument, "CRL"),
        ["too many"] = (Root.Der, true, [.. Enumerable.Repeat(Foreign.Crl(Root, Key), 5)], ProblemKind.InvalidArgument, "5 CRLs"),
        ["leaf as issuer"] = (Foreign.SelfSigned("urn:x"), false, [], ProblemKind.CertificateInvalid, "no CA"),
        ["leaf without issuer"] = (Leaf.Der, true, [], ProblemKind.CertificateChainIncomplete, "Foreign Root"),
        ["leaf with crl"] = (Foreign.SelfSigned("urn:x"), true, [Foreign.Crl(Root, Key)], ProblemKind.InvalidArgument, "no CA"),
        ["expired"] = (Foreign.Leaf("old", Sample.Key, Root, Key, days: -1).Der, true, [], ProblemKind.CertificateInvalid, "not now"),
        ["garbage"] = ([1, 2, 3], true, [], ProblemKind.CertificateInvalid, "Certificate"),
    };

    public static TheoryData<string> WrongAdditions => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongAdditions))]
    public async Task What_would_break_a_list_is_not_added(string name)
    {
        await using var gds = await GdsFixture.StartAsync();
        var before = gds.TrustLists.Peek(null);
        var (certificate, trusted, crls, kind, text) = Wrong[name];
        await AddAsync(gds, certificate, trusted, crls).ShouldBeRefusedAsync(kind, text);
        gds.TrustLists.Peek(null).ShouldBeSameAs(before);
        (await gds.AuditAsync("trustlist.add")).Single().Result.ShouldBe(kind.ToString());
    }

    [Fact]
    public async Task Removing_a_CA_takes_its_crls_but_not_while_something_needs_it()
    {
        await using var gds = await GdsFixture.StartAsync();
        await AddAsync(gds, Root.Der, true, Foreign.Crl(Root, Key));
        await AddAsync(gds, Leaf.Der);
        await gds.TrustLists.RemoveAsync(Callers.Admin, null, Root.Thumbprint, true, default).ShouldBeRefusedAsync(ProblemKind.CertificateChainIncomplete, "leaf");
        await gds.TrustLists.RemoveAsync(Callers.Admin, null, Leaf.Thumbprint.ToLowerInvariant(), true, default);
        await gds.TrustLists.RemoveAsync(Callers.Admin, null, Root.Thumbprint, false, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "issuer part");
        await gds.TrustLists.RemoveAsync(Callers.Admin, null, Root.Thumbprint, true, default);
        var list = gds.TrustLists.Peek(null);
        (list.TrustedCertificates.Count, list.TrustedCrls.Count).ShouldBe((1, 1));
        (await gds.QueryAsync(db => db.TrustListEntries.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Our_own_CA_stays_on_the_list()
    {
        await using var gds = await GdsFixture.StartAsync();
        var own = ApplicationCertificate.Parse(gds.TrustLists.Peek(null).TrustedCertificates.Single());
        await gds.TrustLists.RemoveAsync(Callers.Admin, null, own.Thumbprint, true, default).ShouldBeRefusedAsync(ProblemKind.RequestNotAllowed);
        await AddAsync(gds, own.Der).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "our own CA");
    }

    [Fact]
    public async Task A_revoked_certificate_leaves_the_lists_that_hold_it()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default);
        var der = (await gds.Delivery.FinishAsync(Callers.Admin, id, request, default)).Certificate;
        await AddAsync(gds, der);
        gds.TrustLists.Peek(null).TrustedCertificates.Count.ShouldBe(2);
        await gds.Certificates.RevokeAsync(Callers.Admin, id, der, RevocationCause.Unspecified, default);
        gds.TrustLists.Peek(null).TrustedCertificates.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_update_time_moves_with_every_change_even_within_one_tick_of_the_clock()
    {
        await using var gds = await GdsFixture.StartAsync();
        var times = new List<DateTime> { gds.TrustLists.Peek(null).LastUpdateTime };
        for (var i = 0; i < 5; i++)
        {
            await AddAsync(gds, Foreign.SelfSigned($"urn:x:{i}"));
            times.Add(gds.TrustLists.Peek(null).LastUpdateTime);
        }
        times.ShouldBe(times.Distinct().Order());
    }

    [Fact]
    public async Task A_member_reads_its_list_and_a_stranger_does_not()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        await gds.TrustLists.ReadAsync(Callers.Application("urn:plant:gateway", "AA"), null, default);
        await gds.Groups.AssignAsync(Callers.Admin, id, "DefaultApplicationGroup", false, default);
        await gds.TrustLists.ReadAsync(Callers.Application("urn:plant:gateway", "AA"), null, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.TrustLists.ReadAsync(Callers.Admin, "Nope", default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "Nope");
    }
}
