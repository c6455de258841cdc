using GatewayAgent.Configuration;
using GatewayAgent.State;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace GatewayAgent.Refresh;

/// <summary>What the look at the GDS showed of one application: the places that still hold, and when its trust list was changed.</summary>
internal sealed record SeenTrustList(GdsPlaces Places, DateTimeOffset LastUpdate);

/// <summary>
/// The first thing of a cycle: one Read for the LastUpdateTimes of all applications. An application for which it answers needs
/// nothing else from the GDS as long as its list is the one in force; any other goes through a full cycle.
/// </summary>
internal sealed class GdsLook
{
    private readonly Dictionary<string, SeenTrustList> _seen = new(StringComparer.Ordinal);

    public SeenTrustList? Of(ManagedApplication application) => _seen.GetValueOrDefault(application.ApplicationUri);

    /// <param name="byHand">A person asked: nothing kept counts.</param>
    /// <exception cref="UaException">The GDS did not answer.</exception>
    public static async Task<GdsLook> TakeAsync(
        UaSession session, IReadOnlyList<ManagedApplication> applications, AgentConfiguration configuration, bool byHand, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var look = new GdsLook();
        List<(ManagedApplication Application, GdsPlaces Places, NodeId Variable)> asked = [];
        foreach (var application in byHand ? [] : applications)
        {
            var state = await application.Store.ReadAsync(cancellationToken);
            if (Usable(state, configuration.FullInterval, now) is { } places) asked.Add((application, places, NodeId.Parse(places.LastUpdateTimeId)));
        }

        if (asked.Count == 0) return look;
        var times = await LastUpdateTimes.ReadAsync(session, asked.Select(a => a.Variable), cancellationToken);
        foreach (var (application, places, variable) in asked)
        {
            if (places.Namespaces.SequenceEqual(times.Namespaces, StringComparer.Ordinal) && times.Of(variable) is { } time)
                look._seen[application.ApplicationUri] = new SeenTrustList(places, new DateTimeOffset(time));
        }

        return look;
    }

    /// <summary>What is kept of an application, where nothing calls for a full cycle.</summary>
    internal static GdsPlaces? Usable(ApplicationState state, TimeSpan fullInterval, DateTimeOffset now) =>
        state is { Places: { } places, State: SyncState.InSync or SyncState.WaitingForApproval }
        && places.ApplicationId == state.ApplicationId
        && now >= places.Found && now - places.Found < fullInterval
            ? places
            : null;
}
