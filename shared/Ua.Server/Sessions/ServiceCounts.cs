using System.Collections.Frozen;
using Ua.Core;

namespace Ua.Server.Sessions;

/// <summary>Counts what a session asked for, service by service (Part 5, 12.11).</summary>
internal sealed class ServiceCounts
{
    private static readonly FrozenDictionary<uint, int> s_places =
        SessionDiagnosticsDataType.CountedServices.Select((id, place) => (id, place)).ToFrozenDictionary(x => x.id, x => x.place);

    private readonly uint[] _totals = new uint[SessionDiagnosticsDataType.CountedServices.Count];
    private readonly uint[] _errors = new uint[SessionDiagnosticsDataType.CountedServices.Count];
    private uint _total;
    private uint _failed;
    private uint _unauthorized;

    public ServiceCounterDataType Total => new(Volatile.Read(ref _total), Volatile.Read(ref _failed));

    public uint Unauthorized => Volatile.Read(ref _unauthorized);

    public void Asked(uint requestId)
    {
        Interlocked.Increment(ref _total);
        if (s_places.TryGetValue(requestId, out var place)) Interlocked.Increment(ref _totals[place]);
    }

    public void Failed(uint requestId, StatusCode status)
    {
        Interlocked.Increment(ref _failed);
        if (status == StatusCodes.BadUserAccessDenied || status == StatusCodes.BadSecurityModeInsufficient) Interlocked.Increment(ref _unauthorized);
        if (s_places.TryGetValue(requestId, out var place)) Interlocked.Increment(ref _errors[place]);
    }

    public ServiceCounterDataType[] ByService()
    {
        var counts = new ServiceCounterDataType[_totals.Length];
        for (var i = 0; i < counts.Length; i++) counts[i] = new(Volatile.Read(ref _totals[i]), Volatile.Read(ref _errors[i]));
        return counts;
    }
}
