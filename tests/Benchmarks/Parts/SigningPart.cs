using Benchmarks.Measuring;
using Benchmarks.Report;
using Gds.Authority;
using Microsoft.Extensions.DependencyInjection;
using Pki;
using Ua.Core;

namespace Benchmarks.Parts;

/// <summary>StartSigningRequest and FinishRequest over the wire, each application for itself with the certificate that it holds, against bare issuing in this process.</summary>
internal static class SigningPart
{
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_bareTime = TimeSpan.FromSeconds(1);

    public static async Task<PartResult> MeasureAsync(Scene scene, string folder)
    {
        await using var services = new ServiceCollection().AddLogging().AddGdsAuthority(o => o.Folder = Path.Combine(folder, "bare-ca")).BuildServiceProvider();
        var authority = await services.GetRequiredService<CaKeyStore>().OpenOrCreateAsync("bare");
        var requests = scene.Members.Select(m => m.Application.SigningRequest()).ToArray();
        var parsed = SigningRequest.Parse(requests[0]);
        await scene.Gds.WarmAsync(Scene.Lanes, lane => RoundTripAsync(scene, lane, requests));

        var cores = Environment.ProcessorCount;
        var bareOne = Bare(1);
        var bareAll = Bare(cores);
        var one = await Rate.ForAsync(s_time, 1, lane => RoundTripAsync(scene, lane, requests));
        var (many, serverEach) = await scene.Gds.DuringAsync(() => Rate.ForAsync(s_time, Scene.Lanes, lane => RoundTripAsync(scene, lane, requests)));
        bareOne += Bare(1);
        bareAll += Bare(cores);
        return new PartResult(
            "StartSigningRequest + FinishRequest (CA with RSA 3072, application with RSA 2048)",
            [
                new("Bare: prepare and issue in this process, one after the other", bareOne.PerSecond, "/s"),
                new($"Bare, {cores} threads", bareAll.PerSecond, "/s"),
                new("Round trips, one after the other", one.PerSecond, "/s"),
                new($"Round trips, {Scene.Lanes} applications at once", many.PerSecond, "/s"),
                new("Processor time of bare issuing", bareOne.ProcessorEach.TotalMilliseconds, "ms"),
                new("Processor time of the server per round trip", serverEach.TotalMilliseconds, "ms"),
                new("Processor time of the client per round trip", many.ProcessorEach.TotalMilliseconds, "ms"),
                new("Bare issuing against the server's processor time", 100 * bareOne.ProcessorEach / serverEach, "%"),
                new("One after the other against bare, one after the other", 100 * one.PerSecond / bareOne.PerSecond, "%", Goal.Least(40)),
                new($"{Scene.Lanes} at once against bare, {cores} threads", 100 * many.PerSecond / bareAll.PerSecond, "%", Goal.Least(40)),
            ]);

        Rate Bare(int lanes) => Rate.For(s_bareTime, lanes, _ => authority.Issue(authority.Prepare(CertificateProfile.RsaSha256(TimeSpan.FromDays(365)), parsed, Order(parsed))));
    }

    private static CertificateOrder Order(SigningRequest request) => new(request.Name, request.ApplicationUri!, request.DnsNames, request.IpAddresses, ApplicationUse.Server);

    private static async Task RoundTripAsync(Scene scene, int lane, byte[][] requests)
    {
        var (_, id, _, directory) = scene.Members[lane];
        var request = await directory.StartSigningRequestAsync(id, NodeId.Null, NodeId.Null, requests[lane]);
        if (await directory.FinishRequestAsync(id, request) is null) throw new InvalidOperationException("A renewal was not approved by a rule.");
    }
}
