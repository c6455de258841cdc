using Pki;
using Ua.Core;

namespace Ua.Security.Certificates.Tests;

public class ValidationOptionsTests
{
    private static readonly Dictionary<string, (StatusCode Code, Action<CertificateValidationOptions> Suppress)> Suppressible = new()
    {
        ["an expired leaf"] = (StatusCodes.BadCertificateTimeInvalid, o => o.SuppressCertificateExpired = true),
        ["an expired authority"] = (StatusCodes.BadCertificateIssuerTimeInvalid, o => o.SuppressIssuerCertificateExpired = true),
        ["another host"] = (StatusCodes.BadCertificateHostNameInvalid, o => o.SuppressHostNameInvalid = true),
        ["another ApplicationUri"] = (StatusCodes.BadCertificateUriInvalid, o => o.SuppressUriInvalid = true),
        ["a certificate for signing code"] = (StatusCodes.BadCertificateUseNotAllowed, o => o.SuppressUseNotAllowed = true),
        ["an authority without revocation list"] = (StatusCodes.BadCertificateRevocationUnknown, o => o.SuppressRevocationStatusUnknown = true),
        ["an expired revocation list of the root"] = (StatusCodes.BadCertificateIssuerRevocationUnknown, o => o.SuppressIssuerRevocationStatusUnknown = true),
        ["a SHA-1 signature"] = (StatusCodes.BadCertificatePolicyCheckFailed, o => o.SuppressPolicyCheckFailed = true),
    };

    public static TheoryData<string> SuppressibleNames => [.. Suppressible.Keys];

    [Theory]
    [MemberData(nameof(SuppressibleNames))]
    public async Task A_suppressed_error_lets_the_peer_in_and_stays_visible(string name)
    {
        var (code, suppress) = Suppressible[name];
        var (check, lists) = BrokenSituations.All.Single(s => s.Name == name).Arrange();
        var options = new CertificateValidationOptions();
        suppress(options);

        var verdict = await Plant.Validator(lists, options).ValidateAsync(check);

        verdict.StatusCode.ShouldBe(StatusCodes.Good, verdict.Text);
        verdict.Suppressed.Select(s => s.StatusCode).ShouldBe([code]);
    }

    [Theory]
    [InlineData("a leaf that may not encrypt")]
    [InlineData("a critical extension that nobody knows")]
    [InlineData("an authority as an application")]
    [InlineData("a revoked leaf")]
    [InlineData("a revoked authority")]
    [InlineData("a self-signed stranger")]
    [InlineData("an issuer that nobody knows")]
    [InlineData("a leaf with a wrong signature")]
    [InlineData("a truncated certificate")]
    public async Task Some_errors_cannot_be_suppressed(string name)
    {
        var situation = BrokenSituations.All.Single(s => s.Name == name);
        var (check, lists) = situation.Arrange();
        var verdict = await Plant.Validator(lists, Lenient()).ValidateAsync(check);
        verdict.StatusCode.ShouldBe(situation.Code, verdict.Text);
    }

    [Fact]
    public async Task An_expired_list_that_is_accepted_still_revokes()
    {
        var leaf = Plant.Sub.Certify(Plant.Pump);
        var crl = Plant.Sub.Crl(nextUpdate: Plant.Now.AddDays(-1), revoked: leaf);
        var lists = Plant.Lists([Plant.Root.Certificate], [Plant.Sub.Certificate], [Plant.RootCrl, crl]);
        var verdict = await Plant.Validator(lists, Lenient()).ValidateAsync(Plant.Client(leaf));
        verdict.StatusCode.ShouldBe(StatusCodes.BadCertificateRevoked);
    }

    [Fact]
    public async Task A_clock_that_is_a_little_off_is_forgiven_for_certificates_and_lists()
    {
        var early = Plant.Root.Certify(Plant.Pump with { From = Plant.Now.AddMinutes(3) });
        var lists = Plant.Lists([Plant.Root.Certificate], crls: [Plant.Root.Crl(Plant.Now.AddDays(-9), Plant.Now.AddMinutes(-3))]);
        (await Plant.Validator(lists).ValidateAsync(Plant.Client(early))).StatusCode.ShouldBe(StatusCodes.BadCertificateTimeInvalid);
        var verdict = await Plant.Validator(lists, new CertificateValidationOptions { ClockSkew = TimeSpan.FromMinutes(5) }).ValidateAsync(Plant.Client(early));
        verdict.IsAccepted.ShouldBeTrue(verdict.Text);
    }

    [Fact]
    public async Task First_contact_lets_a_stranger_in_for_its_credentials_only()
    {
        var options = new CertificateValidationOptions { FirstContact = FirstContactPolicy.Credentials };
        var validator = Plant.Validator(Plant.Complete, options);
        foreach (var stranger in new[] { Plant.SelfSigned(Plant.Pump), Unknown().Certify(Plant.Pump) })
        {
            var verdict = await validator.ValidateAsync(Plant.Client(stranger));
            verdict.IsAccepted.ShouldBeTrue(verdict.Text);
            verdict.FirstContact.ShouldBeTrue();
            verdict.IsTrusted.ShouldBeFalse();
        }

        var known = await validator.ValidateAsync(Plant.Client(Plant.Sub.Certify(Plant.Pump)));
        known.FirstContact.ShouldBeFalse();
        known.IsTrusted.ShouldBeTrue();
    }

    [Fact]
    public async Task First_contact_is_not_for_certificates_that_are_bad_in_themselves()
    {
        var options = new CertificateValidationOptions { FirstContact = FirstContactPolicy.Credentials };
        var leaf = Plant.Sub.Certify(Plant.Pump);
        (CertificateCheck Check, TrustLists Lists, StatusCode Code)[] refused =
        [
            (Plant.Client(Plant.SelfSigned(Plant.Pump with { To = Plant.Now.AddDays(-1) })), Plant.Complete, StatusCodes.BadCertificateUntrusted),
            (Plant.Client(Plant.SelfSigned(Plant.Pump with { Uri = "urn:other" })), Plant.Complete, StatusCodes.BadCertificateUntrusted),
            (Plant.Client(leaf), Plant.Lists([Plant.Root.Certificate], [Plant.Sub.Certificate], [Plant.RootCrl, Plant.Sub.Crl(revoked: leaf)]), StatusCodes.BadCertificateRevoked),
            (Plant.Client(leaf), Plant.Lists([Plant.Root.Certificate], [Plant.Sub.Certificate], [Plant.RootCrl]), StatusCodes.BadCertificateRevocationUnknown),
            (Plant.Client(leaf), Plant.Lists(issuers: [Plant.Root.Certificate, Plant.Sub.Certificate], crls: [Plant.RootCrl, Plant.Sub.Crl(revoked: leaf)]), StatusCodes.BadCertificateUntrusted),
        ];
        foreach (var (check, lists, code) in refused)
        {
            var verdict = await Plant.Validator(lists, options).ValidateAsync(check);
            verdict.StatusCode.ShouldBe(code, verdict.Text);
            verdict.FirstContact.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task First_contact_is_for_clients_and_not_for_servers_or_persons()
    {
        var validator = Plant.Validator(Plant.Complete, new CertificateValidationOptions { FirstContact = FirstContactPolicy.Credentials });
        var stranger = Plant.SelfSigned(Plant.Pump);
        (await validator.ValidateAsync(Plant.Server(stranger, "host-7"))).StatusCode.ShouldBe(StatusCodes.BadCertificateUntrusted);
        (await validator.ValidateAsync(new CertificateCheck(stranger.Der, PeerRole.User))).StatusCode.ShouldBe(StatusCodes.BadCertificateUntrusted);
    }

    [Theory]
    [InlineData("a self-signed stranger")]
    [InlineData("an issuer that nobody knows")]
    [InlineData("an expired leaf")]
    [InlineData("an expired revocation list")]
    public async Task Accept_all_lets_every_readable_client_in_and_says_so(string name)
    {
        var (check, lists) = BrokenSituations.All.Single(s => s.Name == name).Arrange();
        var validator = Plant.Validator(lists, new CertificateValidationOptions { AcceptAllCertificates = true });
        var verdict = await validator.ValidateAsync(check);
        verdict.IsAccepted.ShouldBeTrue(verdict.Text);
        verdict.AcceptedUnchecked.ShouldBeTrue();
        verdict.Text.ShouldContain("accepts every certificate");
        validator.AcceptsEveryCertificate.ShouldBeTrue();
    }

    [Theory]
    [InlineData("a truncated certificate")]
    [InlineData("a leaf with a wrong signature")]
    [InlineData("an RSA key of 1024 bits")]
    [InlineData("another ApplicationUri")]
    public async Task Accept_all_does_not_accept_what_proves_nothing(string name)
    {
        var situation = BrokenSituations.All.Single(s => s.Name == name);
        var (check, lists) = situation.Arrange();
        var verdict = await Plant.Validator(lists, new CertificateValidationOptions { FirstContact = FirstContactPolicy.AcceptAll }).ValidateAsync(check);
        verdict.StatusCode.ShouldBe(situation.Code);
    }

    [Fact]
    public void Options_that_make_no_sense_are_named_at_start()
    {
        Should.Throw<ArgumentException>(() => Plant.Validator(Plant.Complete, new CertificateValidationOptions { ClockSkew = TimeSpan.FromDays(9) })).Message.ShouldContain("ClockSkew");
        Should.Throw<ArgumentException>(() => Plant.Validator(Plant.Complete, new CertificateValidationOptions { CacheTime = TimeSpan.FromSeconds(-1) })).Message.ShouldContain("CacheTime");
    }

    private static Signer Unknown() => Signer.SelfSigned(new Shape("Foreign CA", Plant.Key(4)).AsAuthority());

    private static CertificateValidationOptions Lenient() => new()
    {
        SuppressCertificateExpired = true,
        SuppressIssuerCertificateExpired = true,
        SuppressHostNameInvalid = true,
        SuppressRevocationStatusUnknown = true,
        SuppressIssuerRevocationStatusUnknown = true,
        SuppressUriInvalid = true,
        SuppressUseNotAllowed = true,
        SuppressPolicyCheckFailed = true,
    };
}
