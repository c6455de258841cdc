namespace Ua.Server.Conditions;

/// <summary>
/// The EventIds under which the present occurrence of a condition was reported. Ids of earlier occurrences are unknown: who
/// acknowledges one of them has not seen what the alarm is about now.
/// </summary>
internal sealed class EventIdLog
{
    private const int MostKept = 256;

    private readonly Queue<byte[]> _ids = new();

    public void Add(byte[] eventId)
    {
        _ids.Enqueue(eventId);
        if (_ids.Count > MostKept) _ids.Dequeue();
    }

    public void Clear() => _ids.Clear();

    public bool Has(ReadOnlySpan<byte> eventId)
    {
        foreach (var id in _ids)
            if (eventId.SequenceEqual(id)) return true;
        return false;
    }
}
