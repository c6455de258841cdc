using Gds.Core.Access;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Audit;

/// <summary>Filters of an audit query; null means any. Rows come newest first, at most Max of them.</summary>
public sealed record AuditQuery
{
    public DateTime? Since { get; init; }
    public DateTime? Until { get; init; }
    public string? Who { get; init; }
    public string? Action { get; init; }

    /// <summary>Part of a target: an id, a URI, a name.</summary>
    public string? Target { get; init; }

    /// <summary>True for refusals only, false for changes only.</summary>
    public bool? Refused { get; init; }

    /// <summary>Only rows before this one, to go on where the last page ended.</summary>
    public long? BeforeId { get; init; }

    public int Max { get; init; } = 100;
}

public sealed record AuditEntry(long Id, DateTime Time, string Who, string Origin, string Action, string Target, string Result, string? Detail);

/// <summary>Reads the audit rows; nobody writes or removes them from outside.</summary>
public sealed class AuditLog
{
    private const int LargestPage = 10_000;

    private readonly IDbContextFactory<GdsDbContext> _factory;

    internal AuditLog(IDbContextFactory<GdsDbContext> factory) => _factory = factory;

    public async Task<IReadOnlyList<AuditEntry>> QueryAsync(Caller caller, AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Demands.AnyRole(caller, GdsRoles.All, "Reading the audit log");
        if (query.Max is < 1 or > LargestPage) throw GdsProblem.Invalid($"Max is {query.Max}; it must be 1 to {LargestPage}.");
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var rows = db.AuditRows.AsNoTracking();
        if (query.Since is { } since) rows = rows.Where(r => r.Time >= since);
        if (query.Until is { } until) rows = rows.Where(r => r.Time < until);
        if (query.Who is { } who) rows = rows.Where(r => r.Who == who);
        if (query.Action is { } action) rows = rows.Where(r => r.Action == action);
        if (query.Target is { } target) rows = rows.Where(r => r.Target.Contains(target));
        if (query.Refused is { } refused) rows = rows.Where(r => r.Result != AuditResult.Good == refused);
        if (query.BeforeId is { } before) rows = rows.Where(r => r.Id < before);
        return await rows.OrderByDescending(r => r.Id)
            .Take(query.Max)
            .Select(r => new AuditEntry(r.Id, r.Time, r.Who, r.Origin, r.Action, r.Target, r.Result, r.Detail))
            .ToListAsync(cancellationToken);
    }
}
