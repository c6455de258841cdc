using Ua.Core;

namespace Ua.Transport;

/// <summary>Why a side ends the connection (Part 6, 7.1.2.5); also the body of a chunk that aborts a message (6.7.3).</summary>
internal sealed record ErrorMessage(StatusCode Error, string? Reason) : IUaStructure<ErrorMessage>
{
    /// <summary>Longest reason in bytes.</summary>
    public const int MaxReasonLength = 4096;

    /// <summary>The largest ERR message, header included.</summary>
    public const int MaxSize = 8 + 4 + 4 + MaxReasonLength;

    public void Write(ref UaWriter w)
    {
        w.StatusCode(Error);
        w.String(Reason);
    }

    public static ErrorMessage Read(ref UaReader r) => new(
        Error: r.StatusCode(),
        Reason: r.String());

    /// <summary>As the exception that ends what waited for the peer.</summary>
    public UaException ToException() => new(Error.IsBad ? Error : StatusCodes.BadCommunicationError, $"The peer reports {Error}: {Reason ?? "no reason given"}");
}
