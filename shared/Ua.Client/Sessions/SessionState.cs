using Ua.Core;

namespace Ua.Client;

/// <summary>Where a session stands.</summary>
public enum SessionState
{
    /// <summary>Calls go out.</summary>
    Connected,

    /// <summary>The connection is lost and being made again; calls wait for it.</summary>
    Reconnecting,

    /// <summary>Ended by its owner, or with its connection where it does not reconnect; calls fail.</summary>
    Closed,
}

/// <summary>A change of state.</summary>
/// <param name="State">The new state.</param>
/// <param name="Reason">Why the connection was lost, or why the last attempt to make it again failed.</param>
/// <param name="IsSameSession">On <see cref="SessionState.Connected"/>: the server kept the session, with its subscriptions.</param>
public sealed record SessionStateChange(SessionState State, UaException? Reason = null, bool IsSameSession = false);
