namespace Pki;

/// <summary>What this room throws when keys, names, requests, certificates or lists are not as they must be; the text is meant to be shown.</summary>
public sealed class PkiException : Exception
{
    public PkiException(string message) : base(message) { }

    public PkiException(string message, Exception inner) : base(message, inner) { }
}
