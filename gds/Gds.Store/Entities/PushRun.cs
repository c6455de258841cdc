namespace Gds.Store;

/// <summary>Why a push was started.</summary>
public enum PushReason
{
    Manual = 0,
    TrustListChanged = 1,
    Revocation = 2,
    Expiry = 3,
    Retry = 4,

    /// <summary>The GDS was stopped during a run.</summary>
    Resume = 5,

    /// <summary>The target is new, or its trust list is of an older version than ours.</summary>
    OutOfDate = 6,
}

public enum PushRunState
{
    Queued = 0,
    Running = 1,
    Succeeded = 2,
    Failed = 3,

    /// <summary>The GDS was stopped during the run; another one took it up.</summary>
    Interrupted = 4,
}

/// <summary>One push to one target, with the outcome of each step. A target has one queued and one running at most.</summary>
public sealed class PushRun
{
    private PushRun() { }

    public PushRun(Guid id, Guid targetId, PushReason reason, bool renew, string requestedBy, DateTime now)
    {
        Id = id;
        TargetId = targetId;
        Reason = reason;
        Renew = renew;
        RequestedBy = requestedBy;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }
    public Guid TargetId { get; private set; }
    public PushRunState State { get; private set; }
    public PushReason Reason { get; private set; }

    /// <summary>Certificates are replaced whether they are due or not.</summary>
    public bool Renew { get; private set; }

    public string RequestedBy { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }
    public DateTime? StartedAt { get; private set; }
    public DateTime? EndedAt { get; private set; }

    /// <summary>How it ended, in a sentence.</summary>
    public string? Text { get; private set; }

    public List<PushStep> Steps { get; private set; } = [];

    /// <summary>Another wish came before it began.</summary>
    public void Add(bool renew)
    {
        if (State != PushRunState.Queued) throw new IllegalMoveException($"Push run {Id} is {State} and takes no further wish.");
        Renew |= renew;
    }

    public void Begin(DateTime now)
    {
        MoveTo(PushRunState.Running, from: PushRunState.Queued);
        StartedAt = now;
    }

    public void Note(PushStep step)
    {
        if (State != PushRunState.Running) throw new IllegalMoveException($"Push run {Id} is {State} and takes no step.");
        Steps.Add(step);
    }

    public void Succeed(string text, DateTime now) => End(PushRunState.Succeeded, text, now);

    public void Fail(string text, DateTime now) => End(PushRunState.Failed, text, now);

    public void Interrupt(DateTime now) => End(PushRunState.Interrupted, "The GDS was stopped; the next run takes it up.", now);

    private void End(PushRunState to, string text, DateTime now)
    {
        MoveTo(to, from: PushRunState.Running);
        Text = text;
        EndedAt = now;
    }

    private void MoveTo(PushRunState to, PushRunState from)
    {
        if (State != from) throw IllegalMoveException.Of($"Push run {Id}", State, to);
        State = to;
    }
}

public enum PushStepKind
{
    Connect = 0,
    Inspect = 1,
    TrustList = 2,
    SigningRequest = 3,
    Issue = 4,
    UpdateCertificate = 5,
    ApplyChanges = 6,
    Verify = 7,
    CleanUp = 8,
}

public enum PushStepOutcome
{
    Done = 0,

    /// <summary>There was nothing to do.</summary>
    Skipped = 1,
    Failed = 2,

    /// <summary>The server cannot do this; the run went on.</summary>
    Limited = 3,
}

/// <summary>What came of one step.</summary>
public sealed record PushStep(
    Guid RunId, int Number, DateTime Time, PushStepKind Kind, PushStepOutcome Outcome, string? ApplicationUri, string? Group, string Text);
