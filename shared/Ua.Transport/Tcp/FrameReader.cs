using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Ua.Core;

namespace Ua.Transport;

/// <summary>When waiting ends, and how: a point on the time provider's clock of timestamps.</summary>
internal readonly record struct ReadDeadline(long At, StatusCode Status, string Text)
{
    public static readonly ReadDeadline Never = new(long.MaxValue, StatusCodes.Good, "");
}

/// <summary>
/// Cuts the bytes of a connection into messages. The type and the size of each are judged from its first eight bytes, before
/// anything is kept for it. One task reads; <see cref="Wake"/> may be called by any.
/// </summary>
internal sealed class FrameReader : IDisposable
{
    private static readonly TimeSpan s_longestTimer = TimeSpan.FromDays(30);

    private readonly PipeReader _input;
    private readonly TimeProvider _time;
    private readonly TimeSpan _frameTimeout;
    private readonly ITimer _timer;
    private long _armedFor = long.MaxValue;
    private long _frameDue = long.MaxValue;

    /// <param name="input">The receiving end of the connection.</param>
    /// <param name="time">Clock of all deadlines.</param>
    /// <param name="frameTimeout">How long a message may take from its first byte to its last.</param>
    public FrameReader(PipeReader input, TimeProvider time, TimeSpan frameTimeout)
    {
        _input = input;
        _time = time;
        _frameTimeout = frameTimeout;
        _timer = time.CreateTimer(static state => ((PipeReader)state!).CancelPendingRead(), input, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the current wait so that deadlines are looked at anew.</summary>
    public void Wake() => _input.CancelPendingRead();

    /// <summary>The next message, or null where the peer closed the connection between two messages.</summary>
    /// <param name="allowed">The types that may come now; another fails with Bad_TcpMessageTypeInvalid.</param>
    /// <param name="maxSize">The largest message with its header; a larger one fails with Bad_TcpMessageTooLarge.</param>
    /// <param name="deadline">Asked whenever the wait begins or is woken.</param>
    public async ValueTask<Frame?> ReadAsync(MessageTypes allowed, int maxSize, Func<ReadDeadline> deadline)
    {
        while (true)
        {
            var pending = _input.ReadAsync(CancellationToken.None);
            if (!pending.IsCompleted) Arm(deadline());
            var result = await pending;
            var buffer = result.Buffer;
            bool isWhole;
            Frame frame;
            try
            {
                isWhole = TryTake(ref buffer, allowed, maxSize, out frame);
            }
            catch (UaException)
            {
                _input.AdvanceTo(buffer.End);
                throw;
            }

            if (isWhole)
            {
                _frameDue = long.MaxValue;
                _input.AdvanceTo(buffer.Start);
                return frame;
            }

            var partial = !buffer.IsEmpty;
            _input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted) return partial ? throw CutOff() : null;
            if (result.IsCanceled) _armedFor = long.MaxValue;
            if (!partial) _frameDue = long.MaxValue;
            else if (_frameDue == long.MaxValue) _frameDue = _time.GetTimestamp() + Ticks(_frameTimeout);
            ThrowIfDue(deadline());
        }
    }

    public void Dispose() => _timer.Dispose();

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, MessageTypes allowed, int maxSize, out Frame frame)
    {
        frame = default;
        if (buffer.Length < Frame.HeaderSize) return false;
        Span<byte> header = stackalloc byte[Frame.HeaderSize];
        buffer.Slice(0, Frame.HeaderSize).CopyTo(header);
        var type = MessageTypeBytes.Parse(header);
        if ((type & allowed) == 0) throw Unexpected(type);
        if (!IsChunkTypeOf(type, header[3]))
            throw new UaException(StatusCodes.BadTcpMessageTypeInvalid, $"A {type} message has the chunk type 0x{header[3]:X2}.");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (size <= Frame.HeaderSize) throw new UaException(StatusCodes.BadDecodingError, $"A {type} message has the size {size}.");
        if (size > maxSize) throw new UaException(StatusCodes.BadTcpMessageTooLarge, $"A {type} message of {size} bytes is larger than the {maxSize} allowed.");
        if (buffer.Length < size) return false;

        var copy = ArrayPool<byte>.Shared.Rent((int)size);
        buffer.Slice(0, size).CopyTo(copy);
        buffer = buffer.Slice(size);
        frame = new Frame(copy, (int)size, type);
        return true;
    }

    private static bool IsChunkTypeOf(MessageTypes type, byte chunk) =>
        chunk == (byte)'F' || (type == MessageTypes.Message && chunk is (byte)'C' or (byte)'A');

    private static UaException Unexpected(MessageTypes type) => type == MessageTypes.None
        ? new(StatusCodes.BadTcpMessageTypeInvalid, "The bytes do not begin with a message type of UA-TCP.")
        : new(StatusCodes.BadTcpMessageTypeInvalid, $"A message of type {type} is not allowed at this point of the connection.");

    private static UaException CutOff() => new(StatusCodes.BadConnectionClosed, "The connection was closed within a message.");

    private void ThrowIfDue(ReadDeadline deadline)
    {
        var now = _time.GetTimestamp();
        if (now >= deadline.At) throw new UaException(deadline.Status, deadline.Text);
        if (now >= _frameDue) throw new UaException(StatusCodes.BadTimeout, $"A message was not complete within {_frameTimeout.TotalSeconds} s.");
    }

    /// <summary>A timer that fires too early costs one look at the clock; so it is set only where it would fire too late.</summary>
    private void Arm(ReadDeadline deadline)
    {
        var due = Math.Min(deadline.At, _frameDue);
        if (due >= _armedFor) return;
        _armedFor = due;
        var wait = TimeSpan.FromSeconds(Math.Max(0, (double)(due - _time.GetTimestamp()) / _time.TimestampFrequency));
        _timer.Change(wait < s_longestTimer ? wait : s_longestTimer, Timeout.InfiniteTimeSpan);
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);
}
