using Ua.Core;

namespace Ua.Server.Sessions;

/// <summary>The requests of a session that may take long, so that Cancel can find them by their handle (Part 4, 5.7.5).</summary>
internal sealed class OpenRequests(int most)
{
    private readonly Lock _gate = new();
    private readonly List<OpenRequest> _requests = [];

    public OpenRequest Enter(uint handle)
    {
        var request = new OpenRequest(handle);
        lock (_gate)
        {
            if (_requests.Count >= most) throw new UaException(StatusCodes.BadTooManyOperations, $"The session has its {most} open requests.");
            _requests.Add(request);
        }

        return request;
    }

    public void Leave(OpenRequest request)
    {
        lock (_gate) _requests.Remove(request);
        request.Dispose();
    }

    /// <summary>Cancels every request of a handle and says how many there were.</summary>
    public uint Cancel(uint handle)
    {
        OpenRequest[] found;
        lock (_gate) found = [.. _requests.Where(r => r.Handle == handle)];
        return (uint)found.Count(request => request.TryCancel());
    }
}

/// <summary>One open request with what cancels it.</summary>
internal sealed class OpenRequest : IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();

    public OpenRequest(uint handle)
    {
        Handle = handle;
        Cancelled = _cancelled.Token;
    }

    public uint Handle { get; }

    public CancellationToken Cancelled { get; }

    /// <summary>False where the request was answered meanwhile.</summary>
    public bool TryCancel()
    {
        try
        {
            _cancelled.Cancel();
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => _cancelled.Dispose();
}
