using EndToEnd.Tests.Clients;
using Ua.Core;
using Ua.Gds;

namespace EndToEnd.Tests.Kill;

/// <summary>
/// One application that asks for one certificate after the other and comes back whenever the GDS does. It keeps the id of
/// the request that it has not finished, as an agent does, and otherwise asks again with the same signing request.
/// </summary>
internal sealed class SigningLane(TestApplication application, NodeId id, Ledger ledger)
{
    private readonly byte[] _signingRequest = application.SigningRequest();
    private NodeId? _open;
    private int _finished;

    /// <summary>How many certificates it has received.</summary>
    public int Finished => Volatile.Read(ref _finished);

    /// <summary>How many answers of FinishRequest were lost and made good by GetCertificates.</summary>
    public int MadeGood { get; private set; }

    /// <summary>Goes on until it is stopped. Anything but a lost connection ends it with that error.</summary>
    public async Task RunAsync(string url, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var session = await application.ConnectAsync(url, stop);
                var directory = new DirectoryClient(session);
                while (!stop.IsCancellationRequested) await RequestAsync(directory);
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

    private async Task RequestAsync(DirectoryClient directory)
    {
        _open ??= await directory.StartSigningRequestAsync(id, NodeId.Null, NodeId.Null, _signingRequest);
        try
        {
            var finished = await directory.FinishRequestAsync(id, _open.Value)
                ?? throw new InvalidOperationException($"The request {_open} of {application.Name} is stuck: started with an approval by rule, and not issued.");
            ledger.Add(application.Name, finished.Certificate);
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadInvalidArgument)
        {
            // It was finished, and the answer did not arrive before the kill.
            var held = await directory.GetCertificatesAsync(id, NodeId.Null);
            if (held is not [var newest]) throw new InvalidOperationException($"{application.Name} has {held.Count} certificates after a finished request.", e);
            ledger.Add(application.Name, newest.Certificate);
            MadeGood++;
        }

        _open = null;
        Interlocked.Increment(ref _finished);
    }
}
