using Gds.Core.Certificates;
using Gds.Store;
using Pki;

namespace Gds.Core.Tests;

public sealed class RevocationCheckTests
{
    private static readonly KeyPair RootKey = KeyPair.Create(KeyPairKind.EccNistP256), MiddleKey = KeyPair.Create(KeyPairKind.EccNistP256);
    private static readonly ApplicationCertificate Root = Foreign.Authority("Foreign Root", RootKey);
    private static readonly ApplicationCertificate Middle = Foreign.Authority("Foreign Middle", MiddleKey, Root, RootKey);
    private static readonly ApplicationCertificate Good = Foreign.Leaf("good", Sample.Key, Middle, MiddleKey);
    private static readonly ApplicationCertificate Bad = Foreign.Leaf("bad", Sample.Key, Middle, MiddleKey);
    private static readonly ApplicationCertificate OfRoot = Foreign.Leaf("of-root", Sample.Key, Root, RootKey);

    private static async Task<GdsFixture> SceneAsync(bool middleRevoked = false, int rootDays = 30, int middleDays = 30)
    {
        var gds = await GdsFixture.StartAsync();
        var rootCrl = middleRevoked ? Foreign.Crl(Root, RootKey, rootDays, 1, Middle) : Foreign.Crl(Root, RootKey, rootDays);
        await gds.TrustLists.AddAsync(Callers.Admin, null, Root.Der, true, [rootCrl], default);
        await gds.TrustLists.AddAsync(Callers.Admin, null, Middle.Der, false, [Foreign.Crl(Middle, MiddleKey, middleDays, 1, Bad)], default);
        return gds;
    }

    private static async Task<RevocationAnswer> CheckAsync(GdsFixture gds, byte[] certificate)
        => await gds.RevocationCheck.CheckAsync(Callers.With(GdsRoles.None), certificate, default);

    public static TheoryData<string, RevocationStatus> Foreigners => new()
    {
        { "good", RevocationStatus.Good },
        { "bad", RevocationStatus.Revoked },
        { "of-root", RevocationStatus.Good },
        { "middle", RevocationStatus.Good },
        { "root", RevocationStatus.Good },
        { "stranger", RevocationStatus.IssuerUnknown },
        { "of a stranger", RevocationStatus.IssuerUnknown },
        { "forged", RevocationStatus.CertificateInvalid },
        { "garbage", RevocationStatus.CertificateInvalid },
        { "empty", RevocationStatus.CertificateInvalid },
    };

    [Theory]
    [MemberData(nameof(Foreigners))]
    public async Task Certificates_of_foreign_CAs_on_the_list_are_judged_by_their_CRLs(string which, RevocationStatus status)
    {
        await using var gds = await SceneAsync();
        using var strangerKey = KeyPair.Create(KeyPairKind.EccNistP256);
        var stranger = Foreign.Authority("Stranger", strangerKey);
        var der = which switch
        {
            "good" => Good.Der,
            "bad" => Bad.Der,
            "of-root" => OfRoot.Der,
            "middle" => Middle.Der,
            "root" => Root.Der,
            "stranger" => Foreign.SelfSigned("urn:stranger"),
            "of a stranger" => Foreign.Leaf("x", Sample.Key, stranger, strangerKey).Der,
            "forged" => Foreign.Leaf("x", Sample.Key, Middle, strangerKey).Der,
            "garbage" => [1, 2, 3],
            _ => [],
        };
        var answer = await CheckAsync(gds, der);
        answer.Status.ShouldBe(status, answer.Text);
        if (which == "good") answer.ValidityTime.ShouldBe(GdsFixture.Start.AddDays(30).UtcDateTime);
    }

    [Fact]
    public async Task A_revoked_issuer_is_the_issuers_fault()
    {
        await using var gds = await SceneAsync(middleRevoked: true);
        (await CheckAsync(gds, Good.Der)).Status.ShouldBe(RevocationStatus.IssuerRevoked);
        (await CheckAsync(gds, Bad.Der)).Status.ShouldBe(RevocationStatus.Revoked);
        (await CheckAsync(gds, OfRoot.Der)).Status.ShouldBe(RevocationStatus.Good);
    }

    [Fact]
    public async Task An_outdated_crl_leaves_the_status_unknown()
    {
        await using var gds = await SceneAsync(rootDays: 5, middleDays: 10);
        gds.Time.Advance(TimeSpan.FromDays(6));
        (await CheckAsync(gds, Good.Der)).Status.ShouldBe(RevocationStatus.IssuerRevocationUnknown);
        (await CheckAsync(gds, OfRoot.Der)).Status.ShouldBe(RevocationStatus.RevocationUnknown);
        gds.Time.Advance(TimeSpan.FromDays(6));
        (await CheckAsync(gds, Good.Der)).Status.ShouldBe(RevocationStatus.RevocationUnknown);
    }

    [Fact]
    public async Task Certificates_of_ours_are_judged_by_our_crl_and_our_register()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default);
        var der = (await gds.Delivery.FinishAsync(Callers.Admin, id, request, default)).Certificate;
        var answer = await CheckAsync(gds, der);
        answer.Status.ShouldBe(RevocationStatus.Good);
        answer.ValidityTime.ShouldBe(GdsFixture.Start.AddDays(30).UtcDateTime);
        await gds.Certificates.RevokeAsync(Callers.Admin, id, der, RevocationCause.Superseded, default);
        (await CheckAsync(gds, der)).Status.ShouldBe(RevocationStatus.Revoked);
    }

    [Fact]
    public async Task A_certificate_that_was_signed_but_never_recorded_counts_as_revoked()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        ApplicationCertificate? lost = null;
        gds.Issuer.Issued = c => { lost = c; throw new InvalidOperationException("the process dies here"); };
        await Should.ThrowAsync<InvalidOperationException>(() => gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default));
        (await CheckAsync(gds, lost!.Der)).Status.ShouldBe(RevocationStatus.Revoked);
    }

    [Fact]
    public async Task A_chain_is_judged_by_its_leaf()
    {
        await using var gds = await SceneAsync();
        (await CheckAsync(gds, [.. Bad.Der, .. Middle.Der])).Status.ShouldBe(RevocationStatus.Revoked);
    }
}
