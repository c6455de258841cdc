using Pki;
using Ua.Core;

namespace Ua.Security.Certificates.Tests;

public class CertificateValidatorTests
{
    public static TheoryData<string> Situations => [.. BrokenSituations.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Situations))]
    public async Task What_is_wrong_has_its_own_code_and_its_own_sentence(string name)
    {
        var situation = BrokenSituations.All.Single(s => s.Name == name);
        var (check, lists) = situation.Arrange();

        var verdict = await Plant.Validator(lists).ValidateAsync(check);

        verdict.Text.ShouldContain(situation.Says);
        verdict.StatusCode.ShouldBe(situation.Code, verdict.Text);
        verdict.IsAccepted.ShouldBeFalse();
        verdict.Text.ShouldEndWith(".");
        var failure = verdict.Steps.First(s => s.Outcome == StepOutcome.Failed);
        failure.Cause.ShouldNotBe(Cause.None);
        Advice.For(failure.Cause).ShouldNotBeEmpty();
        verdict.Steps.Where(s => s.Outcome != StepOutcome.Failed).ShouldAllBe(s => s.Cause == Cause.None);
        Should.Throw<UaException>(verdict.ThrowIfRefused).StatusCode.ShouldBe(situation.Code);
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public async Task A_peer_learns_the_real_code_only_when_it_is_trusted(string name)
    {
        var situation = BrokenSituations.All.Single(s => s.Name == name);
        var (check, lists) = situation.Arrange();

        var verdict = await Plant.Validator(lists).ValidateAsync(check);

        var first = verdict.Steps.First(s => s.Outcome == StepOutcome.Failed).Step;
        verdict.PublicStatusCode.ShouldBe(first <= ValidationStep.Trust ? StatusCodes.BadSecurityChecksFailed : situation.Code);
    }

    [Fact]
    public void The_table_of_broken_situations_is_long_enough_and_has_every_code()
    {
        BrokenSituations.All.Count.ShouldBeGreaterThanOrEqualTo(25);
        BrokenSituations.All.Select(s => s.Code).Distinct().Count().ShouldBe(14);
    }

    [Fact]
    public async Task A_self_signed_certificate_in_the_trusted_list_is_accepted_without_revocation_list()
    {
        var pump = Plant.SelfSigned(Plant.Pump);
        var verdict = await Plant.Validator(Plant.Lists([pump])).ValidateAsync(Plant.Client(pump));
        verdict.IsAccepted.ShouldBeTrue(verdict.Text);
        verdict.IsTrusted.ShouldBeTrue();
        verdict.FirstContact.ShouldBeFalse();
    }

    [Fact]
    public async Task A_certificate_of_a_trusted_root_is_accepted_and_its_chain_shown()
    {
        var leaf = Plant.Sub.Certify(Plant.Pump);
        var verdict = await Plant.Validator(Plant.Complete).ValidateAsync(Plant.Client(leaf));
        verdict.StatusCode.ShouldBe(StatusCodes.Good, verdict.Text);
        verdict.Chain.ShouldBe([leaf, Plant.Sub.Certificate, Plant.Root.Certificate]);
        verdict.Steps.Select(s => s.Step).Distinct().ShouldBe(Enum.GetValues<ValidationStep>());
        verdict.Steps.Single(s => s.Step == ValidationStep.Trust).Source.ShouldBe("trusted/certs/0.der");
    }

    [Fact]
    public async Task An_authority_that_the_peer_sends_completes_the_chain_below_a_trusted_root()
    {
        var leaf = Plant.Sub.Certify(Plant.Pump);
        var lists = Plant.Lists([Plant.Root.Certificate], crls: [Plant.RootCrl, Plant.SubCrl]);
        var verdict = await Plant.Validator(lists).ValidateAsync(Plant.Client(leaf, Plant.Sub.Certificate));
        verdict.IsAccepted.ShouldBeTrue(verdict.Text);
    }

    [Fact]
    public async Task A_trusted_authority_below_an_untrusted_root_is_enough()
    {
        var leaf = Plant.Sub.Certify(Plant.Pump);
        var lists = Plant.Lists([Plant.Sub.Certificate], [Plant.Root.Certificate], [Plant.RootCrl, Plant.SubCrl]);
        (await Plant.Validator(lists).ValidateAsync(Plant.Client(leaf))).IsAccepted.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_renewed_authority_with_the_same_name_and_another_key_is_told_apart(bool withKeyIds)
    {
        var old = Signer.SelfSigned((new Shape("Rolling CA", Plant.Key(3)) { HasKeyIds = withKeyIds }).AsAuthority());
        var renewed = Signer.SelfSigned((new Shape("Rolling CA", Plant.Key(4)) { HasKeyIds = withKeyIds }).AsAuthority());
        var lists = Plant.Lists([old.Certificate, renewed.Certificate], crls: [old.Crl(), renewed.Crl()]);
        foreach (var signer in new[] { old, renewed })
        {
            var verdict = await Plant.Validator(lists).ValidateAsync(Plant.Client(signer.Certify(Plant.Pump with { HasKeyIds = withKeyIds })));
            verdict.IsAccepted.ShouldBeTrue(verdict.Text);
            verdict.Chain[1].ShouldBe(signer.Certificate);
        }
    }

    [Fact]
    public async Task Of_two_certificates_for_one_authority_key_the_one_that_leads_to_acceptance_counts()
    {
        var expired = Signer.SelfSigned(new Shape("Long CA", Plant.Key(3)).AsAuthority() with { To = Plant.Now.AddDays(-5) });
        var current = Signer.SelfSigned(new Shape("Long CA", Plant.Key(3)).AsAuthority());
        var lists = Plant.Lists([expired.Certificate, current.Certificate], crls: [current.Crl()]);
        var verdict = await Plant.Validator(lists).ValidateAsync(Plant.Client(expired.Certify(Plant.Pump)));
        verdict.IsAccepted.ShouldBeTrue(verdict.Text);
        verdict.Chain[1].ShouldBe(current.Certificate);
    }

    [Fact]
    public async Task Many_authorities_of_one_name_cost_a_bounded_number_of_signatures()
    {
        var crowd = Enumerable.Range(0, 200).Select(_ => Signer.SelfSigned(new Shape("Crowd", Plant.Key(3)).AsAuthority()).Certificate);
        var leaf = Signer.SelfSigned(new Shape("Crowd", Plant.Key(4)).AsAuthority()).Certify(Plant.Pump with { HasKeyIds = false });
        var verdict = await Plant.Validator(Plant.Lists(crowd)).ValidateAsync(Plant.Client(leaf));
        verdict.StatusCode.ShouldBe(StatusCodes.BadCertificateInvalid);
    }

    [Theory]
    [InlineData("host-7")]
    [InlineData("HOST-7")]
    [InlineData("host-7.")]
    [InlineData("192.0.2.7")]
    [InlineData("::ffff:192.0.2.7")]
    [InlineData("[2001:db8:0:0::7]")]
    public async Task A_host_is_recognised_however_it_is_written(string host)
    {
        var pump = Plant.SelfSigned(Plant.Pump with { Addresses = ["192.0.2.7", "2001:db8::7"] });
        var verdict = await Plant.Validator(Plant.Lists([pump])).ValidateAsync(Plant.Server(pump, host));
        verdict.IsAccepted.ShouldBeTrue(verdict.Text);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_certificate_of_this_machine_is_right_behind_a_loopback_address(string host)
    {
        var own = Plant.SelfSigned(Plant.Pump with { Dns = [LocalHostNames.HostName], Addresses = [] });
        var foreign = Plant.SelfSigned(Plant.Pump);
        var validator = Plant.Validator(Plant.Lists([own, foreign]));
        (await validator.ValidateAsync(Plant.Server(own, host))).IsAccepted.ShouldBeTrue();
        (await validator.ValidateAsync(Plant.Server(foreign, host))).StatusCode.ShouldBe(StatusCodes.BadCertificateHostNameInvalid);
    }

    [Fact]
    public async Task The_steps_after_the_failure_are_explained_too()
    {
        var stranger = Plant.SelfSigned(Plant.Pump with { To = Plant.Now.AddDays(-1), Usages = null });
        var verdict = await Plant.Validator(Plant.Complete).ExplainAsync(Plant.Client(stranger));
        verdict.StatusCode.ShouldBe(StatusCodes.BadCertificateUntrusted);
        verdict.Steps.Where(s => s.Outcome == StepOutcome.Failed).Select(s => s.Step)
            .ShouldBe([ValidationStep.Trust, ValidationStep.Validity, ValidationStep.Usage]);
    }

    [Fact]
    public async Task A_server_of_the_same_name_is_not_asked_for_the_host_of_a_client()
    {
        var pump = Plant.SelfSigned(Plant.Pump);
        var verdict = await Plant.Validator(Plant.Lists([pump])).ValidateAsync(Plant.Client(pump) with { HostName = "host-8" });
        verdict.Steps.Single(s => s.Step == ValidationStep.HostName).Outcome.ShouldBe(StepOutcome.Skipped);
    }

    [Fact]
    public async Task A_person_needs_neither_ApplicationUri_nor_encipherment()
    {
        var person = Plant.SelfSigned(Plant.Pump with { Uri = null, Usages = System.Security.Cryptography.X509Certificates.X509KeyUsageFlags.DigitalSignature });
        var verdict = await Plant.Validator(Plant.Lists([person])).ValidateAsync(new CertificateCheck(person.Der, PeerRole.User));
        verdict.IsAccepted.ShouldBeTrue(verdict.Text);
    }
}
