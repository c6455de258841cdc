using Gds.Store;

namespace Gds.Core.Push;

/// <summary>Stores the outcome of each step of a run as it comes.</summary>
internal sealed class PushNotes(PushRuns runs, Guid runId, TimeProvider time)
{
    private const int LongestText = 1000;

    private int _number;

    /// <summary>Where the run is now, for the sentence about its failure.</summary>
    public PushStepKind At { get; private set; }

    public void Begin(PushStepKind kind) => At = kind;

    public Task DoneAsync(PushStepKind kind, PushSubject subject, string text, CancellationToken cancellationToken) =>
        AddAsync(kind, PushStepOutcome.Done, subject, text, cancellationToken);

    public Task SkippedAsync(PushStepKind kind, PushSubject subject, string text, CancellationToken cancellationToken) =>
        AddAsync(kind, PushStepOutcome.Skipped, subject, text, cancellationToken);

    public Task LimitedAsync(PushStepKind kind, PushSubject subject, string text, CancellationToken cancellationToken) =>
        AddAsync(kind, PushStepOutcome.Limited, subject, text, cancellationToken);

    public Task FailedAsync(PushSubject subject, string text, CancellationToken cancellationToken) =>
        AddAsync(At, PushStepOutcome.Failed, subject, text, cancellationToken);

    private Task AddAsync(PushStepKind kind, PushStepOutcome outcome, PushSubject subject, string text, CancellationToken cancellationToken)
    {
        At = kind;
        var cut = text.Length > LongestText ? string.Concat(text.AsSpan(0, LongestText), "...") : text;
        return runs.NoteAsync(new PushStep(runId, ++_number, time.GetUtcNow().UtcDateTime, kind, outcome, subject.ApplicationUri, subject.Group, cut), cancellationToken);
    }
}

/// <summary>What a step is about.</summary>
internal sealed record PushSubject(string? ApplicationUri, string? Group);
