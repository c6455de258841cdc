using Benchmarks.Crypto;
using Benchmarks.Measuring;
using Benchmarks.Report;
using Benchmarks.Sessions;
using Ua.Client;

namespace Benchmarks.Parts;

/// <summary>Sessions opened per second against the limit that the RSA operations of a session set, measured before and after.</summary>
internal static class SessionPart
{
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_limitTime = TimeSpan.FromSeconds(1);

    public static async Task<PartResult> MeasureAsync(Scene scene)
    {
        var open = await WireTap.SeenAsync(scene.Port, scene.Members[0].Application.OpenAndCloseAsync);
        var endpoints = await Discovery.GetEndpointsAsync(scene.Url);
        var endpoint = endpoints.First(BareSession.Fits);
        var sessions = scene.Members.Select(m => new BareSession(scene.Url, endpoint, m.Application.Certificate)).ToArray();
        await scene.Gds.WarmAsync(Scene.Lanes, lane => sessions[lane].OpenAndCloseAsync());

        var cores = Environment.ProcessorCount;
        using var operations = new LaneOperations(cores, open);
        var (one, all, server) = Limits(operations, cores);
        var sequential = await Rate.ForAsync(s_time, 1, lane => sessions[lane].OpenAndCloseAsync());
        var (parallel, serverEach) = await scene.Gds.DuringAsync(() => Rate.ForAsync(s_time, Scene.Lanes, lane => sessions[lane].OpenAndCloseAsync()));
        var (one2, all2, server2) = Limits(operations, cores);
        (one, all, server) = (one + one2, all + all2, server + server2);
        var whole = await Rate.ForAsync(s_time / 2, Scene.Lanes, lane => scene.Members[lane].Application.OpenAndCloseAsync(scene.Url));

        return new PartResult(
            "Sessions: connect, OPN, create, activate, close; Basic256Sha256 SignAndEncrypt, RSA 2048 on both sides",
            [
                new("RSA private operations per session, server", SessionOperations.PrivateOfServer(open), ""),
                new("RSA private operations per session, client", SessionOperations.PrivateOfClient(open), ""),
                new("RSA public operations per session, server", SessionOperations.PublicOfServer(open), ""),
                new("RSA public operations per session, client", SessionOperations.PublicOfClient(open), ""),
                new("RSA limit, one after the other (one core)", one.PerSecond, "sessions/s"),
                new($"RSA limit, {cores} cores", all.PerSecond, "sessions/s"),
                new("Sessions, one after the other", sequential.PerSecond, "sessions/s"),
                new($"Sessions, {Scene.Lanes} at once", parallel.PerSecond, "sessions/s"),
                new($"Sessions with discovery before each, {Scene.Lanes} at once", whole.PerSecond, "sessions/s"),
                new("Processor time of a session's RSA operations, server", server.ProcessorEach.TotalMilliseconds, "ms"),
                new("Processor time of the server per session", serverEach.TotalMilliseconds, "ms"),
                new("Processor time of the client per session", parallel.ProcessorEach.TotalMilliseconds, "ms"),
                new("One after the other against its RSA limit", 100 * sequential.PerSecond / one.PerSecond, "%"),
                new($"{Scene.Lanes} at once against the RSA limit, client and server", 100 * parallel.PerSecond / all.PerSecond, "%", Goal.Least(60)),
                new("RSA operations of the server against its processor time", 100 * server.ProcessorEach / serverEach, "%", Goal.Least(60)),
            ]);
    }

    private static (Rate One, Rate All, Rate Server) Limits(LaneOperations operations, int cores) => (
        Rate.For(s_limitTime, 1, lane => operations[lane].OfBoth()),
        Rate.For(s_limitTime, cores, lane => operations[lane].OfBoth()),
        Rate.For(s_limitTime / 2, 1, lane => operations[lane].OfServer()));

    internal static async Task OpenAndCloseAsync(this EndToEnd.Tests.Clients.TestApplication application, string url)
    {
        await using var session = await application.ConnectAsync(url, CancellationToken.None);
    }
}
