namespace Gds.Core;

/// <summary>Why a use case did not happen; each maps to one status code of the specification and one HTTP status.</summary>
public enum ProblemKind
{
    /// <summary>Bad_InvalidArgument: the text names the argument and the rule.</summary>
    InvalidArgument,

    /// <summary>Bad_NotFound.</summary>
    NotFound,

    /// <summary>Bad_EntryExists.</summary>
    EntryExists,

    /// <summary>Bad_UserAccessDenied.</summary>
    AccessDenied,

    /// <summary>Bad_IdentityTokenRejected: a name, password or enrolment token that does not let anyone in.</summary>
    CredentialsRejected,

    /// <summary>Bad_SecurityModeInsufficient.</summary>
    SecurityModeInsufficient,

    /// <summary>Bad_WriteNotSupported.</summary>
    WriteNotSupported,

    /// <summary>Bad_NothingToDo: not yet; call again.</summary>
    NothingToDo,

    /// <summary>Bad_RequestNotAllowed.</summary>
    RequestNotAllowed,

    /// <summary>Bad_InvalidState: the thing is in a state that does not allow it.</summary>
    InvalidState,

    /// <summary>Bad_NotReadable: a trust list that cannot be handed out whole.</summary>
    NotReadable,

    /// <summary>Bad_CertificateInvalid.</summary>
    CertificateInvalid,

    /// <summary>Bad_CertificateChainIncomplete.</summary>
    CertificateChainIncomplete,

    /// <summary>Bad_ResourceUnavailable: the database or the issuer cannot serve now; trying again may help.</summary>
    Unavailable,
}

/// <summary>The one error that leaves this room; the text is for the caller and names what was wrong with which argument.</summary>
public sealed class GdsProblem : Exception
{
    public GdsProblem(ProblemKind kind, string text) : base(text) => Kind = kind;

    public GdsProblem(ProblemKind kind, string text, Exception inner) : base(text, inner) => Kind = kind;

    public ProblemKind Kind { get; }

    internal static GdsProblem Invalid(string text) => new(ProblemKind.InvalidArgument, text);

    internal static GdsProblem NotFound(string text) => new(ProblemKind.NotFound, text);

    internal static GdsProblem Denied(string text) => new(ProblemKind.AccessDenied, text);
}
