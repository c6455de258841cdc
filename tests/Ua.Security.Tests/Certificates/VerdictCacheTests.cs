using Microsoft.Extensions.Time.Testing;
using Ua.Core;

namespace Ua.Security.Certificates.Tests;

public class VerdictCacheTests
{
    [Fact]
    public async Task A_verdict_is_reused_and_ends_the_moment_the_certificate_expires()
    {
        var time = new FakeTimeProvider(Plant.Now);
        var pump = Plant.SelfSigned(Plant.Pump with { To = Plant.Now.AddMinutes(2) });
        var validator = Plant.Validator(Plant.Lists([pump]), time: time);
        var first = await validator.ValidateAsync(Plant.Client(pump));
        time.Advance(TimeSpan.FromMinutes(1));
        (await validator.ValidateAsync(Plant.Client(pump))).ShouldBeSameAs(first);
        time.Advance(TimeSpan.FromSeconds(61));
        (await validator.ValidateAsync(Plant.Client(pump))).StatusCode.ShouldBe(StatusCodes.BadCertificateTimeInvalid);
    }

    [Fact]
    public async Task A_verdict_ends_the_moment_a_revocation_list_expires()
    {
        var time = new FakeTimeProvider(Plant.Now);
        var leaf = Plant.Root.Certify(Plant.Pump);
        var validator = Plant.Validator(Plant.Lists([Plant.Root.Certificate], crls: [Plant.Root.Crl(nextUpdate: Plant.Now.AddMinutes(1))]), time: time);
        (await validator.ValidateAsync(Plant.Client(leaf))).IsAccepted.ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(61));
        (await validator.ValidateAsync(Plant.Client(leaf))).StatusCode.ShouldBe(StatusCodes.BadCertificateRevocationUnknown);
    }

    [Fact]
    public async Task A_refusal_ends_the_moment_the_certificate_begins()
    {
        var time = new FakeTimeProvider(Plant.Now);
        var pump = Plant.SelfSigned(Plant.Pump with { From = Plant.Now.AddMinutes(1) });
        var validator = Plant.Validator(Plant.Lists([pump]), time: time);
        (await validator.ValidateAsync(Plant.Client(pump))).IsAccepted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMinutes(1));
        (await validator.ValidateAsync(Plant.Client(pump))).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_revocation_that_is_published_counts_at_once()
    {
        var leaf = Plant.Root.Certify(Plant.Pump);
        var source = new PublishedTrustLists(Plant.Lists([Plant.Root.Certificate], crls: [Plant.RootCrl]));
        var validator = Plant.Validator(source);
        (await validator.ValidateAsync(Plant.Client(leaf))).IsAccepted.ShouldBeTrue();
        source.Publish(Plant.Lists([Plant.Root.Certificate], crls: [Plant.Root.Crl(number: 2, revoked: leaf)]));
        (await validator.ValidateAsync(Plant.Client(leaf))).StatusCode.ShouldBe(StatusCodes.BadCertificateRevoked);
    }

    [Fact]
    public async Task Another_question_about_the_same_certificate_gets_its_own_answer()
    {
        var pump = Plant.SelfSigned(Plant.Pump);
        var validator = Plant.Validator(Plant.Lists([pump]));
        (await validator.ValidateAsync(Plant.Client(pump))).IsAccepted.ShouldBeTrue();
        (await validator.ValidateAsync(Plant.Client(pump) with { ApplicationUri = "urn:other" })).StatusCode.ShouldBe(StatusCodes.BadCertificateUriInvalid);
        (await validator.ValidateAsync(Plant.Server(pump, "host-7"))).IsAccepted.ShouldBeTrue();
        (await validator.ValidateAsync(Plant.Server(pump, "host-8"))).StatusCode.ShouldBe(StatusCodes.BadCertificateHostNameInvalid);
    }

    [Fact]
    public async Task Strangers_without_end_do_not_fill_the_memory()
    {
        var cache = new VerdictCache();
        var context = new ValidationContext(Plant.Client(Plant.SelfSigned(Plant.Pump)), new CertificateValidationOptions(), Plant.Complete, Plant.Now);
        var verdict = await Plant.Validator(Plant.Complete).ValidateAsync(context.Check);
        for (var i = 0; i < 3 * VerdictCache.MostEntries; i++) cache.Keep(i.ToString("X"), context, verdict);
        Enumerable.Range(0, 3 * VerdictCache.MostEntries).Count(i => cache.Find(i.ToString("X"), Plant.Complete, Plant.Now) is not null).ShouldBeInRange(1, VerdictCache.MostEntries);
    }
}
