using Ua.Core;

namespace Ua.Transport;

/// <summary>
/// The tokens that may secure messages at this moment: at most two (Part 6, 6.7.2 and Part 4, 5.6.2). A server sends under
/// a new token once the client has used it; a client uses it at once and still reads answers under the one before.
/// Changed by the task that reads; <see cref="Sending"/> may be read by any.
/// </summary>
internal sealed class TokenRing(TimeProvider time) : IDisposable
{
    private ChannelToken? _current;
    private ChannelToken? _other;
    private bool _isOffered;
    private volatile ChannelToken? _sending;

    /// <summary>The token to send under.</summary>
    public ChannelToken Sending => _sending ?? throw new UaException(StatusCodes.BadSecureChannelClosed, "The channel has no token.");

    /// <summary>The token that was agreed on last.</summary>
    public ChannelToken Newest => (_current is not null && _other?.ExpiresAt > _current.ExpiresAt ? _other : _current) ?? Sending;

    public bool Knows(uint id) => _current?.Id == id || _other?.Id == id;

    /// <summary>Server: the client may use this token from now on.</summary>
    public void Offer(ChannelToken token)
    {
        if (_current is null)
        {
            _current = _sending = token;
            return;
        }

        if (_other is not null) Drop(_other, sent: false);
        _other = token;
        _isOffered = true;
    }

    /// <summary>Client: this token is used from now on, the one before is understood still.</summary>
    public void Adopt(ChannelToken token)
    {
        if (_other is not null) Drop(_other, sent: true);
        _other = _current;
        _current = _sending = token;
    }

    /// <exception cref="UaException">Bad_SecureChannelTokenUnknown where no such token is valid.</exception>
    public ChannelToken Find(uint id)
    {
        var token = _current?.Id == id ? _current : _other?.Id == id ? _other : null;
        if (token is null) throw new UaException(StatusCodes.BadSecureChannelTokenUnknown, $"The channel has no token {id}.");
        if (time.GetTimestamp() >= token.ExpiresAt) throw new UaException(StatusCodes.BadSecureChannelTokenUnknown, $"Token {id} has expired.");
        return token;
    }

    /// <summary>
    /// A message under this token proved genuine. Server: an offered token takes over and the one before ends. Client: nothing,
    /// since the other token is the older one, under which late answers come.
    /// </summary>
    public void Confirm(ChannelToken token)
    {
        if (!_isOffered || !ReferenceEquals(token, _other)) return;
        Drop(_current!, sent: true);
        _current = _sending = token;
        _other = null;
        _isOffered = false;
    }

    /// <summary>Only once nothing is sent or received any more.</summary>
    public void Dispose()
    {
        if (_current is not null) Drop(_current, sent: false);
        if (_other is not null) Drop(_other, sent: false);
    }

    /// <summary>A token that messages were sent under may be in use by the sender, who disposes that half when it moves on.</summary>
    private static void Drop(ChannelToken token, bool sent)
    {
        token.Keys.Receiving.Dispose();
        if (!sent) token.Keys.Sending.Dispose();
    }
}
