using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Events;

/// <summary>An event filter made ready: what to report of which events (Part 4, 7.22.3).</summary>
internal sealed class CompiledEventFilter
{
    private readonly AddressSpace _space;
    private readonly FieldSelector?[] _fields;
    private readonly WhereClause _where;

    private CompiledEventFilter(AddressSpace space, FieldSelector?[] fields, WhereClause where)
    {
        _space = space;
        _fields = fields;
        _where = where;
    }

    /// <summary>
    /// Good with a filter, or what is wrong as a whole. The result names each clause that is wrong; it is null where none is.
    /// A wrong select clause reports null as long as another one is right.
    /// </summary>
    public static StatusCode Read(EventFilter filter, AddressSpace space, EventFilterLimits limits, out CompiledEventFilter? compiled, out EventFilterResult? result)
    {
        compiled = null;
        result = null;
        if (filter.SelectClauses.Length == 0 || filter.SelectClauses.Length > limits.MaxSelectClauses) return StatusCodes.BadEventFilterInvalid;
        if (filter.WhereClause.Elements.Length > limits.MaxWhereElements) return StatusCodes.BadEventFilterInvalid;
        var fields = new FieldSelector?[filter.SelectClauses.Length];
        var selected = new StatusCode[fields.Length];
        for (var i = 0; i < fields.Length; i++) selected[i] = FieldSelector.Read(filter.SelectClauses[i], space, out fields[i]);
        var where = WhereClause.Read(filter.WhereClause, space, out var whereResult);
        if (where is null || Array.Exists(selected, s => s.IsBad))
            result = new EventFilterResult(selected, [], where is null ? whereResult : new ContentFilterResult([], []));
        if (where is null || Array.TrueForAll(selected, s => s.IsBad)) return StatusCodes.BadEventFilterInvalid;
        compiled = new CompiledEventFilter(space, fields, where);
        return StatusCodes.Good;
    }

    public bool Matches(UaEvent e) => _where.Matches(e);

    /// <summary>The fields of an event in the order of the select clauses.</summary>
    public Variant[] Select(UaEvent e) => Array.ConvertAll(_fields, field => field?.From(e, _space) ?? Variant.Null);
}

/// <summary>The largest filter that is taken.</summary>
internal readonly record struct EventFilterLimits(int MaxSelectClauses, int MaxWhereElements);
