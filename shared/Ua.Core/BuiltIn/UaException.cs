namespace Ua.Core;

/// <summary>The one error of the stack's border: a status code of the specification and a sentence that says what was wrong.</summary>
public sealed class UaException : Exception
{
    public UaException(StatusCode statusCode, string message)
        : base(message) => StatusCode = statusCode;

    public UaException(StatusCode statusCode, string message, Exception inner)
        : base(message, inner) => StatusCode = statusCode;

    public UaException(StatusCode statusCode)
        : this(statusCode, statusCode.ToString())
    {
    }

    public StatusCode StatusCode { get; }

    public override string ToString() => $"[{StatusCode}] {base.ToString()}";
}
