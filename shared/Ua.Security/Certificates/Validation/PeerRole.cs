namespace Ua.Security.Certificates;

/// <summary>Whose certificate is judged.</summary>
public enum PeerRole
{
    /// <summary>A client that opens a secure channel to us.</summary>
    Client,

    /// <summary>A server that we connect to; only here the host name counts.</summary>
    Server,

    /// <summary>A person or program that signs in with an X.509 user token.</summary>
    User,
}
