namespace Gds.Authority;

/// <summary>Whose turn it is when the authority refuses.</summary>
public enum AuthorityFault
{
    /// <summary>What was asked for may not be certified; the text says which part.</summary>
    InvalidRequest,

    /// <summary>The key of the authority cannot be opened: its secret, its files or its configuration need a person.</summary>
    KeyUnavailable,

    /// <summary>The authority's own certificate does not allow it any more.</summary>
    AuthorityExpired,

    /// <summary>What was signed is not what was prepared; nothing leaves the room. A defect of this program.</summary>
    Mismatch,
}

/// <summary>The one error of this room; the text is meant to be shown and never holds a secret.</summary>
public sealed class AuthorityException : Exception
{
    public AuthorityException(AuthorityFault fault, string message, Exception? inner = null) : base(message, inner) => Fault = fault;

    public AuthorityFault Fault { get; }
}
