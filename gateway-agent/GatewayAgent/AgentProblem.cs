namespace GatewayAgent;

/// <summary>Why something could not be done, in kinds that a command turns into its exit code.</summary>
internal enum ProblemKind
{
    /// <summary>The GDS or the agent refused, or it failed.</summary>
    Refused = 1,

    /// <summary>What was asked for makes no sense: an option, a configuration key.</summary>
    Usage = 2,

    NotFound = 3,

    /// <summary>The account may not read or write what is needed.</summary>
    NoAccess = 4,

    /// <summary>The GDS, or the agent that holds the data folder, does not answer.</summary>
    Unreachable = 5,

    /// <summary>The GDS no longer lets the agent in, or never did: a new enrolment string is needed.</summary>
    NeedsEnrolment = 6,
}

/// <summary>The one error of this room towards its faces. The text says what is wrong and what to do.</summary>
internal sealed class AgentProblem : Exception
{
    public AgentProblem(ProblemKind kind, string text)
        : base(text) => Kind = kind;

    public AgentProblem(ProblemKind kind, string text, Exception inner)
        : base(text, inner) => Kind = kind;

    public ProblemKind Kind { get; }
}
