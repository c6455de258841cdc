using System.Collections.Immutable;
using Gds.Store;

namespace Gds.Core.State;

/// <summary>A request that is not finished, and what decides without the database what may be done with it.</summary>
internal sealed record OpenRequest(
    Guid Id, RequestKind Kind, Guid ApplicationId, int GroupId, uint TypeId, RequestState State, string? CsrHash, string? CallerThumbprint, DateTime CreatedAt)
{
    public static OpenRequest Of(IssueRequest r) => new(r.Id, r.Kind, r.ApplicationId, r.GroupId, r.TypeId, r.State, r.CsrHash, r.CallerThumbprint, r.CreatedAt);
}

/// <summary>The requests that wait, are approved, or have not been collected. An application that asks for its own costs no query.</summary>
internal sealed record RequestIndex
{
    public static RequestIndex Empty { get; } = new();

    private ImmutableDictionary<Guid, OpenRequest> ById { get; init; } = ImmutableDictionary<Guid, OpenRequest>.Empty;

    private ImmutableDictionary<Guid, ImmutableList<OpenRequest>> ByApplication { get; init; } = ImmutableDictionary<Guid, ImmutableList<OpenRequest>>.Empty;

    public IEnumerable<OpenRequest> All => ById.Values;

    /// <summary>Those that a person has not decided yet.</summary>
    public IEnumerable<OpenRequest> Pending => All.Where(r => r.State == RequestState.New);

    public OpenRequest? Find(Guid id) => ById.GetValueOrDefault(id);

    public IReadOnlyList<OpenRequest> Of(Guid applicationId) => ByApplication.GetValueOrDefault(applicationId) ?? [];

    public static RequestIndex Of(IReadOnlyCollection<OpenRequest> open) => new()
    {
        ById = open.ToImmutableDictionary(r => r.Id),
        ByApplication = open.GroupBy(r => r.ApplicationId).ToImmutableDictionary(g => g.Key, g => g.ToImmutableList()),
    };

    /// <summary>The request as it is now; one that is finished drops out.</summary>
    public RequestIndex With(IssueRequest request)
    {
        var rest = Without(request.Id);
        if (!request.IsOpen) return rest;
        var open = OpenRequest.Of(request);
        return new()
        {
            ById = rest.ById.Add(open.Id, open),
            ByApplication = rest.ByApplication.SetItem(open.ApplicationId, (rest.ByApplication.GetValueOrDefault(open.ApplicationId) ?? []).Add(open)),
        };
    }

    public RequestIndex Without(Guid id)
    {
        if (Find(id) is not { } open) return this;
        var rest = ByApplication[open.ApplicationId].Remove(open);
        return new()
        {
            ById = ById.Remove(id),
            ByApplication = rest.IsEmpty ? ByApplication.Remove(open.ApplicationId) : ByApplication.SetItem(open.ApplicationId, rest),
        };
    }

    public RequestIndex WithoutApplication(Guid id) => new()
    {
        ById = ById.RemoveRange(Of(id).Select(r => r.Id)),
        ByApplication = ByApplication.Remove(id),
    };
}
