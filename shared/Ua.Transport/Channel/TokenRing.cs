using Ua.Core;

namespace Ua.Transport;

/// <summary>
/// The tokens that may secure messages at this moment: at most two (Part 6, 6.7.2 and Part 4, 5.6.2). A server sends under
/// a new token once the client has used it, or once the old one has expired; a client uses it at once and still reads
/// answers under the one before. Changed by the task that reads; <see cref="Sending"/> may be read by any.
/// </summary>
internal sealed class TokenRing(TimeProvider time) : IDisposable
{
    private volatile ChannelToken? _current;
    private volatile ChannelToken? _offered;
    private ChannelToken? _previous;

    /// <summary>The token to send under.</summary>
    public ChannelToken Sending
    {
        get
        {
            var current = _current ?? throw new UaException(StatusCodes.BadSecureChannelClosed, "The channel has no token.");
            return _offered is { } offered && HasExpired(current) ? offered : current;
        }
    }

    /// <summary>The token that was agreed on last.</summary>
    public ChannelToken Newest => _offered ?? Sending;

    public bool Knows(uint id) => _current?.Id == id || _offered?.Id == id || _previous?.Id == id;

    /// <summary>Server: the client may use this token from now on; an offer that was not taken up before is void.</summary>
    public void Offer(ChannelToken token)
    {
        if (_current is null)
        {
            _current = token;
            return;
        }

        if (_offered is { } unused) Retire(unused);
        _offered = token;
    }

    /// <summary>Client: this token is used from now on, the one before is understood still.</summary>
    public void Adopt(ChannelToken token)
    {
        if (_previous is not null) Retire(_previous);
        _previous = _current;
        _current = token;
    }

    /// <exception cref="UaException">Bad_SecureChannelTokenUnknown where no such token is valid.</exception>
    public ChannelToken Find(uint id)
    {
        var token = _current?.Id == id ? _current : _offered?.Id == id ? _offered : _previous?.Id == id ? _previous : null;
        if (token is null) throw new UaException(StatusCodes.BadSecureChannelTokenUnknown, $"The channel has no token {id}.");
        return HasExpired(token) ? throw new UaException(StatusCodes.BadSecureChannelTokenUnknown, $"Token {id} has expired.") : token;
    }

    /// <summary>A message under this token proved genuine; if the server had offered it, it takes over and the one before ends.</summary>
    public void Confirm(ChannelToken token)
    {
        if (!ReferenceEquals(token, _offered)) return;
        Retire(_current!);
        _current = token;
        _offered = null;
    }

    /// <summary>Only once nothing is sent or received any more.</summary>
    public void Dispose()
    {
        foreach (var token in new[] { _current, _offered, _previous })
        {
            token?.Keys.Receiving.Dispose();
            token?.Keys.Sending.Dispose();
        }
    }

    /// <summary>Whoever sends may be using the other half at this moment, and disposes it when it moves on.</summary>
    private static void Retire(ChannelToken token) => token.Keys.Receiving.Dispose();

    private bool HasExpired(ChannelToken token) => time.GetTimestamp() >= token.ExpiresAt;
}
