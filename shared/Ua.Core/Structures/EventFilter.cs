namespace Ua.Core;

/// <summary>Which events a monitored item reports, and which of their fields (Part 4, 7.22.3).</summary>
public sealed record EventFilter(SimpleAttributeOperand[] SelectClauses, ContentFilter WhereClause) : IUaEncodable<EventFilter>
{
    public static uint BinaryEncodingId => 727;

    public void Write(ref UaWriter w)
    {
        w.StructureArray(SelectClauses);
        w.Structure(WhereClause);
    }

    public static EventFilter Read(ref UaReader r) => new(
        SelectClauses: r.StructureArray<SimpleAttributeOperand>(),
        WhereClause: r.Structure<ContentFilter>());
}

/// <summary>What was wrong with an event filter (Part 4, 7.22.3).</summary>
public sealed record EventFilterResult(
    StatusCode[] SelectClauseResults,
    DiagnosticInfo[] SelectClauseDiagnosticInfos,
    ContentFilterResult WhereClauseResult) : IUaEncodable<EventFilterResult>
{
    public static uint BinaryEncodingId => 736;

    public void Write(ref UaWriter w)
    {
        w.StatusCodeArray(SelectClauseResults);
        w.DiagnosticInfoArray(SelectClauseDiagnosticInfos);
        w.Structure(WhereClauseResult);
    }

    public static EventFilterResult Read(ref UaReader r) => new(
        SelectClauseResults: r.StatusCodeArray(),
        SelectClauseDiagnosticInfos: r.DiagnosticInfoArray(),
        WhereClauseResult: r.Structure<ContentFilterResult>());
}
