using Ua.Transport;

namespace Ua.Server.Sessions;

/// <summary>To what a session is bound now: its channel, its user, and the nonce that the next activation signs. Replaced as a whole.</summary>
internal sealed record SessionBinding(IServerChannel Channel, byte[] ServerNonce, SessionContext Context, bool IsActivated);
