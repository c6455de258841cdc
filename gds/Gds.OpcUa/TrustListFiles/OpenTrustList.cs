using Ua.Core;

namespace Gds.OpcUa.TrustListFiles;

/// <summary>A trust list opened for reading: the bytes as they were at Open, whatever changes meanwhile.</summary>
internal sealed class OpenTrustList(uint handle, string group, NodeId session, byte[] content)
{
    private readonly Lock _gate = new();
    private long _position;

    public uint Handle { get; } = handle;

    public string Group { get; } = group;

    public NodeId Session { get; } = session;

    /// <summary>When it was last used, as a timestamp of the clock.</summary>
    public long LastUse { get; set; }

    public ulong Position
    {
        get
        {
            lock (_gate) return (ulong)_position;
        }
    }

    /// <summary>At most so many bytes from the position on; empty at the end.</summary>
    public byte[] Read(int length)
    {
        lock (_gate)
        {
            var count = (int)Math.Min(length, content.Length - _position);
            var part = content.AsSpan((int)_position, count).ToArray();
            _position += count;
            return part;
        }
    }

    /// <summary>A position behind the end is the end (Part 20, 4.2.7).</summary>
    public void SetPosition(ulong position)
    {
        lock (_gate) _position = (long)Math.Min(position, (ulong)content.Length);
    }
}
