using System.Collections.Concurrent;
using Gds.Core;

namespace Gds.OpcUa.Events;

/// <summary>The group and type that a request is about.</summary>
internal sealed record RequestSubject(string Group, uint TypeId);

/// <summary>Remembers what open requests are about, as far as events of the core told; bounded, the oldest is forgotten first.</summary>
internal sealed class RequestSubjects
{
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<Guid, RequestSubject> _subjects = [];
    private readonly ConcurrentQueue<Guid> _order = [];

    public void Heard(GdsEvent happened)
    {
        var (id, subject) = happened switch
        {
            CertificateRequested e => (e.RequestId, new RequestSubject(e.Group, e.TypeId)),
            CertificateDelivered e => (e.RequestId, new RequestSubject(e.Group, e.TypeId)),
            _ => (Guid.Empty, null),
        };
        if (subject is null || !_subjects.TryAdd(id, subject)) return;
        _order.Enqueue(id);
        while (_order.Count > MostKept && _order.TryDequeue(out var oldest)) _subjects.TryRemove(oldest, out _);
    }

    public RequestSubject? Find(Guid requestId) => _subjects.GetValueOrDefault(requestId);

    public void Forget(Guid requestId) => _subjects.TryRemove(requestId, out _);
}
