using EndToEnd.Tests.Clients;
using TestKit.Processes;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace EndToEnd.Tests.Kill;

/// <summary>An administrator who revokes what applications received and do not use, so that kills also meet new revocation lists.</summary>
internal sealed class RevokingLane(TestApplication console, GdsAccount account, IReadOnlyDictionary<string, NodeId> applications, Ledger ledger)
{
    private readonly HashSet<string> _tried = [];

    /// <summary>Goes on until it is stopped. Anything but a lost connection ends it with that error.</summary>
    public async Task RunAsync(string url, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var session = await console.ConnectAsync(url, UserIdentity.Named(account.Name, account.Password), stop);
                var directory = new DirectoryClient(session);
                while (!stop.IsCancellationRequested) await RevokeNextAsync(directory, stop);
            }
            catch (UaException e) when (ConnectionLoss.IsTold(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Revokes one certificate of those not tried yet. Where the answer is lost, it may be revoked or not.</summary>
    private async Task RevokeNextAsync(DirectoryClient directory, CancellationToken stop)
    {
        if (ledger.Certificates.FirstOrDefault(c => !_tried.Contains(c.Certificate.SerialNumber)) is not { } next)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), stop);
            return;
        }

        _tried.Add(next.Certificate.SerialNumber);
        await directory.RevokeCertificateAsync(applications[next.Application], next.Certificate.Der, CancellationToken.None);
        ledger.AddRevoked(next);
        await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
    }
}
