using Ua.Core;

namespace Ua.Server.Hosting;

/// <summary>Keeps <see cref="TrustWatch"/> from closing the channel of a session while an answer to it is under way.</summary>
internal sealed class TrustWatchPause
{
    private readonly Lock _gate = new();
    private readonly Dictionary<NodeId, int> _holds = [];

    /// <summary>Raised when a session is held no longer: it has to be judged now.</summary>
    public event Action? Released;

    /// <summary>Holds until disposed; more than one may, for the same session too.</summary>
    public IDisposable Hold(NodeId session)
    {
        lock (_gate) _holds[session] = _holds.GetValueOrDefault(session) + 1;
        return new Holding(this, session);
    }

    public bool Holds(NodeId session)
    {
        lock (_gate) return _holds.ContainsKey(session);
    }

    private void Release(NodeId session)
    {
        lock (_gate)
        {
            if (--_holds[session] == 0) _holds.Remove(session);
        }

        Released?.Invoke();
    }

    private sealed class Holding(TrustWatchPause pause, NodeId session) : IDisposable
    {
        private TrustWatchPause? _pause = pause;

        public void Dispose() => Interlocked.Exchange(ref _pause, null)?.Release(session);
    }
}
