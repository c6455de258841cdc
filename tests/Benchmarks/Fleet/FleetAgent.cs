using System.Diagnostics;
using EndToEnd.Tests.Clients;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace Benchmarks.Fleet;

/// <summary>
/// What a gateway agent does at the GDS, without its disk: an idle cycle is a session and one Read, news bring the list over
/// the session that listens. Ids are known from before, as they are to an agent.
/// </summary>
internal sealed class FleetAgent(TestApplication application, NodeId list, NodeId lastUpdateTime) : IAsyncDisposable
{
    private static readonly SubscriptionOptions s_quiet = new() { PublishingInterval = TimeSpan.FromSeconds(1), KeepAliveCount = 60, LifetimeCount = 600 };

    private UaSession? _session;
    private Task _listening = Task.CompletedTask;
    private DateTime _inForce;
    private Wanted _wanted = new(null);

    /// <summary>A whole cycle of an agent that polls: a session, the look, the list where it moved.</summary>
    /// <returns>Whether the list was read.</returns>
    public async Task<bool> PollAsync(string url)
    {
        await using var session = await application.ListenAsync(url, CancellationToken.None);
        var times = await LastUpdateTimes.ReadAsync(session, [lastUpdateTime]);
        var changed = times.Of(lastUpdateTime) ?? throw new InvalidOperationException("The LastUpdateTime cannot be read.");
        if (changed == _inForce) return false;
        await TakeAsync(session, changed);
        return true;
    }

    /// <summary>Connects and listens from now on; the first value brings the list.</summary>
    public async Task ListenAsync(string url)
    {
        _session = await application.ListenAsync(url, CancellationToken.None);
        var subscription = await _session.SubscribeAsync(s_quiet);
        var item = await subscription.MonitorAsync(lastUpdateTime, new ItemOptions { BufferSize = 1 });
        _listening = HearAsync(_session, item);
    }

    /// <summary>When this agent holds a list that revokes the certificate, as a timestamp of <see cref="Stopwatch"/>.</summary>
    public Task<long> HoldsAsync(ApplicationCertificate revoked)
    {
        _wanted = new(revoked);
        return _wanted.Held.Task;
    }

    /// <summary>Ends the session; a listening that failed tells it here.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_session is null) return;
        await _session.DisposeAsync();
        _session = null;
        await _listening;
    }

    private async Task HearAsync(UaSession session, DataItem item)
    {
        await foreach (var value in item.Reader.ReadAllAsync())
        {
            if (LastUpdateTimes.TimeOf(value) is { } changed && changed != _inForce) await TakeAsync(session, changed);
        }
    }

    private async Task TakeAsync(UaSession session, DateTime changed)
    {
        var read = await new TrustListFile(session, list).ReadAsync();
        _inForce = changed;
        var wanted = _wanted;
        if (wanted.Revoked is { } revoked && read.TrustedCrls.Any(c => CertificateRevocationList.Parse(c!).Find(revoked) is not null)) wanted.Held.TrySetResult(Stopwatch.GetTimestamp());
    }

    private sealed record Wanted(ApplicationCertificate? Revoked)
    {
        public TaskCompletionSource<long> Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
