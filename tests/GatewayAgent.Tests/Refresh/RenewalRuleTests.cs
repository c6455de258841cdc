using GatewayAgent.Folders;
using GatewayAgent.Refresh;
using GatewayAgent.Tests.Kit;
using Microsoft.Extensions.Time.Testing;
using Pki;

namespace GatewayAgent.Tests.Refresh;

public class RenewalRuleTests
{
    private const string Uri = "urn:plant:gateway";
    private static readonly FakeTimeProvider s_time = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    private readonly Authority _gds = new("GDS CA", 0, s_time);

    [Fact]
    public void A_young_certificate_of_the_GDS_is_kept() => Decide(Issue()).ShouldBeNull();

    [Fact]
    public void The_word_of_the_GDS_is_enough() => Decide(Issue(), gdsSaysSo: true).ShouldBe("the GDS asks for it");

    [Fact]
    public void A_missing_certificate_is_asked_for() => Decide(null).ShouldBe("there is no certificate");

    [Fact]
    public void A_key_that_does_not_fit_is_a_reason() => Decide(null, problem: "the key is gone").ShouldBe("the key is gone");

    [Fact]
    public void A_self_signed_certificate_is_replaced() => Decide(Authority.SelfSigned(Uri, Authority.Key(5), s_time))!.ShouldContain("signed by itself");

    [Fact]
    public void A_certificate_of_another_application_is_replaced() => Decide(_gds.Issue("urn:plant:old", Authority.Key(5)))!.ShouldContain("urn:plant:old");

    [Theory]
    [InlineData(-199, 101, false)]
    [InlineData(-201, 99, true)]
    public void Two_thirds_of_the_life_are_the_border(int from, int to, bool renews) =>
        (Decide(Issue(TimeSpan.FromDays(from), TimeSpan.FromDays(to))) is not null).ShouldBe(renews);

    [Fact]
    public void An_expired_certificate_is_replaced() => Decide(Issue(TimeSpan.FromDays(-20), TimeSpan.FromDays(-1)))!.ShouldContain("expired");

    [Fact]
    public void A_revoked_certificate_is_replaced()
    {
        var own = Issue();
        _gds.Revoke(own);
        Decide(own)!.ShouldContain("revoked");
    }

    [Theory]
    [InlineData("hall7", null)]
    [InlineData("HALL7", null)]
    [InlineData("192.0.2.7", null)]
    [InlineData("hall8", "the certificate does not name the host 'hall8'")]
    public void A_new_host_name_is_a_reason(string wanted, string? reason) =>
        RenewalRule.Decide(new OwnCertificateFacts(_gds.Issue(Uri, Authority.Key(5), null, null, "hall7", "192.0.2.7"), null, Uri, [wanted]), Given(), null, 2.0 / 3, s_time.GetUtcNow()).ShouldBe(reason);

    private string? Decide(ApplicationCertificate? own, string? problem = null, bool? gdsSaysSo = null) =>
        RenewalRule.Decide(new OwnCertificateFacts(own, problem, Uri, []), Given(), gdsSaysSo, 2.0 / 3, s_time.GetUtcNow());

    private TrustSet Given() => TrustSet.Parse(_gds.TrustList()).Set;

    private ApplicationCertificate Issue(TimeSpan? from = null, TimeSpan? to = null) => _gds.Issue(Uri, Authority.Key(5), from, to);
}
