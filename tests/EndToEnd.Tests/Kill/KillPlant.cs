using System.Diagnostics;
using EndToEnd.Tests.Clients;
using Pki;
using TestKit.Processes;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace EndToEnd.Tests.Kill;

/// <summary>Applications and an administrator that keep a GDS busy and carry on through its deaths.</summary>
internal sealed class KillPlant : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Ledger _ledger = new();
    private readonly List<TestApplication> _applications;
    private readonly List<SigningLane> _lanes;
    private readonly List<Task> _running;

    private KillPlant(string url, List<TestApplication> applications, Dictionary<string, NodeId> ids, TestApplication console, GdsAccount account)
    {
        _applications = applications;
        Authority = applications[0].Certificate.Issuers[0];
        _lanes = applications.ConvertAll(a => new SigningLane(a, ids[a.Name], _ledger));
        var revoking = new RevokingLane(console, account, ids, _ledger);
        _running = [.. _lanes.Select(l => Task.Run(() => l.RunAsync(url, _stop.Token))), Task.Run(() => revoking.RunAsync(url, _stop.Token))];
    }

    /// <summary>The CA that signed everything.</summary>
    public ApplicationCertificate Authority { get; }

    public int MadeGood => _lanes.Sum(l => l.MadeGood);

    /// <summary>Registers the applications, gives each its first certificate, and lets all of them begin.</summary>
    public static async Task<KillPlant> OpenAsync(string url, TestApplication console, GdsAccount account, int applications)
    {
        await using var session = await console.ConnectAsync(url, UserIdentity.Named(account.Name, account.Password), CancellationToken.None);
        var all = Enumerable.Range(0, applications).Select(i => TestApplication.Create($"application-{i}")).ToList();
        var ids = new Dictionary<string, NodeId>();
        foreach (var each in all) ids.Add(each.Name, await each.EnrolAsync(session, CancellationToken.None));
        return new KillPlant(url, all, ids, console, account);
    }

    /// <summary>What the clients hold at this moment.</summary>
    public (IReadOnlyCollection<HandedOut> Certificates, IReadOnlyCollection<string> Revoked) Holds()
    {
        var revoked = _ledger.Revoked;
        return (_ledger.Certificates, revoked);
    }

    /// <summary>Waits until every application has received a further certificate; one that does not is stuck.</summary>
    public async Task AllMustGoOnAsync(TimeSpan patience, GdsProcess gds)
    {
        var before = _lanes.ConvertAll(l => l.Finished);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < _lanes.Count; i++)
        {
            while (_lanes[i].Finished <= before[i])
            {
                if (_running.Find(t => t.IsCompleted) is { } ended) await ended;
                if (Stopwatch.GetElapsedTime(started) > patience)
                    throw new InvalidOperationException($"{_applications[i].Name} received nothing for {patience.TotalSeconds} s. The GDS said:{Environment.NewLine}{gds.Running.Said}");
                await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Ends the load; each application finishes what it has begun.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_running), Task.Delay(TimeSpan.FromSeconds(60), CancellationToken.None));
        _stop.Dispose();
        foreach (var each in _applications) each.Dispose();
    }
}
