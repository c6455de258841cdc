using Gds.Core.Audit;
using Gds.Core.State;
using Gds.Store;

namespace Gds.Core.Writing;

/// <summary>What one unit of writing works with: the database, the state as it will be, and what is told after the commit.</summary>
internal sealed class WriteScope(GdsDbContext db, GdsState state, DateTime now)
{
    private readonly List<GdsEvent> _events = [];

    public GdsDbContext Db { get; } = db;

    /// <summary>Already holds the changes of units that went before in the same transaction.</summary>
    public GdsState State { get; set; } = state;

    /// <summary>One time for all rows of the unit.</summary>
    public DateTime Now { get; } = now;

    public IReadOnlyList<GdsEvent> Events => _events;

    /// <summary>To be said after each move of a request, so that the state knows what is open.</summary>
    public void Moved(IssueRequest request) => State = State with { Requests = State.Requests.With(request) };

    public void Tell(GdsEvent happened) => _events.Add(happened);

    public void Audit(Deed deed, string? detail = null) => Audit(deed, AuditResult.Good, detail);

    public void Audit(Deed deed, string result, string? detail)
    {
        var row = new AuditRow(Now, deed.Caller.Who, deed.Caller.Origin, deed.Action, deed.Target, result, detail);
        Db.AuditRows.Add(row);
    }
}

/// <summary>What is being attempted, by whom, on what: the head of an audit row.</summary>
internal sealed record Deed(Caller Caller, string Action, string Target);
