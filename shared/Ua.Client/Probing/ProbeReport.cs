using Ua.Core;

namespace Ua.Client;

/// <summary>How far an attempt to connect came, in the order of the protocol.</summary>
public enum ProbeStage
{
    /// <summary>Socket, HEL and a channel without security.</summary>
    Connecting,

    /// <summary>GetEndpoints.</summary>
    Discovering,

    /// <summary>An endpoint whose security policy fits the own certificate.</summary>
    ChoosingEndpoint,

    /// <summary>OpenSecureChannel with both certificates: the server judges ours.</summary>
    OpeningChannel,

    /// <summary>CreateSession: the server compares our ApplicationUri.</summary>
    CreatingSession,

    /// <summary>ActivateSession without a user.</summary>
    ActivatingSession,

    /// <summary>All of it worked.</summary>
    Done,
}

/// <summary>What an attempt to connect showed.</summary>
/// <param name="Stage">The stage that failed, or Done.</param>
/// <param name="Failure">What the other side, or the network, said; null where nothing failed.</param>
/// <param name="Endpoints">As GetEndpoints gave them; empty where it did not come to that.</param>
/// <param name="Chosen">The endpoint that a secured connection uses; without an own certificate the strongest one offered.</param>
/// <param name="ClockDifference">The server's clock minus ours, right to half the time that the answer took; null where it was not seen.</param>
public sealed record ProbeReport(ProbeStage Stage, UaException? Failure, IReadOnlyList<EndpointDescription> Endpoints, EndpointDescription? Chosen, TimeSpan? ClockDifference);
