using Ua.Core;

namespace Ua.Server.TrustListFiles;

/// <summary>A trust list that a session has open: for reading, the bytes as they were at Open; for writing, what was written until now.</summary>
internal sealed class OpenTrustList
{
    private readonly Lock _gate = new();
    private readonly long _largest;
    private byte[] _content;
    private int _length;
    private int _position;

    private OpenTrustList(uint handle, NodeId list, NodeId session, bool isWriting, byte[] content, long largest)
    {
        (Handle, List, Session, IsWriting, _content, _length, _largest) = (handle, list, session, isWriting, content, content.Length, largest);
    }

    public uint Handle { get; }

    /// <summary>The TrustList object.</summary>
    public NodeId List { get; }

    public NodeId Session { get; }

    public bool IsWriting { get; }

    /// <summary>When it was last used, as a timestamp of the clock.</summary>
    public long LastUse { get; set; }

    public ulong Position
    {
        get
        {
            lock (_gate) return (ulong)_position;
        }
    }

    public static OpenTrustList ForReading(uint handle, NodeId list, NodeId session, byte[] content) => new(handle, list, session, isWriting: false, content, 0);

    /// <param name="largest">How many bytes may be written.</param>
    public static OpenTrustList ForWriting(uint handle, NodeId list, NodeId session, long largest) => new(handle, list, session, isWriting: true, [], largest);

    /// <summary>At most so many bytes from the position on; empty at the end.</summary>
    public byte[] Read(int length)
    {
        if (IsWriting) throw new UaException(StatusCodes.BadInvalidState, "The file was opened for writing.");
        lock (_gate)
        {
            var part = _content.AsSpan(_position, Math.Min(length, _length - _position)).ToArray();
            _position += part.Length;
            return part;
        }
    }

    /// <summary>Writes at the position, over what is there.</summary>
    public void Write(ReadOnlySpan<byte> data)
    {
        if (!IsWriting) throw new UaException(StatusCodes.BadInvalidState, "The file was opened for reading.");
        lock (_gate)
        {
            var end = _position + (long)data.Length;
            if (end > _largest) throw new UaException(StatusCodes.BadRequestTooLarge, $"The trust list would have {end} bytes; MaxTrustListSize is {_largest}.");
            if (end > _content.Length) Array.Resize(ref _content, (int)Math.Min(_largest, Math.Max(end, 2L * _content.Length)));
            data.CopyTo(_content.AsSpan(_position));
            _position = (int)end;
            _length = Math.Max(_length, _position);
        }
    }

    /// <summary>A position behind the end is the end (Part 20, 4.2.7).</summary>
    public void SetPosition(ulong position)
    {
        lock (_gate) _position = (int)Math.Min(position, (ulong)_length);
    }

    /// <summary>Everything that was written.</summary>
    public byte[] Written()
    {
        if (!IsWriting) throw new UaException(StatusCodes.BadInvalidState, "The file was opened for reading; there is nothing to update.");
        lock (_gate) return _content[.._length];
    }
}
