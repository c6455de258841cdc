using System.Collections.Concurrent;
using Ua.Core;

namespace Ua.Transport;

/// <summary>A request that waits for its answer.</summary>
internal abstract class PendingRequest
{
    /// <summary>Takes the whole body of the response; an undecodable one fails this request only.</summary>
    public abstract void Complete(ReadOnlySpan<byte> message, EncodingLimits limits);

    public abstract void Fail(UaException error);
}

/// <summary>The same with the type of its response.</summary>
internal sealed class PendingRequest<TResponse> : PendingRequest
    where TResponse : IServiceResponse<TResponse>
{
    private readonly TaskCompletionSource<TResponse> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResponse> Response => _response.Task;

    public override void Complete(ReadOnlySpan<byte> message, EncodingLimits limits)
    {
        try
        {
            _response.TrySetResult(ServiceMessages.ReadResponse<TResponse>(message, limits));
        }
        catch (UaException e)
        {
            Fail(e);
        }
    }

    public override void Fail(UaException error)
    {
        _response.TrySetException(error);
        _ = _response.Task.Exception; // seen, even if the sender has given up before it could wait
    }
}

/// <summary>The requests of a channel that wait, by their id, until answered, given up or failed all together.</summary>
internal sealed class PendingRequests
{
    private readonly ConcurrentDictionary<uint, PendingRequest> _waiting = new();
    private uint _lastId;
    private volatile UaException? _failure;

    /// <summary>An id for a request that expects no answer through here.</summary>
    public uint NextId()
    {
        var id = Interlocked.Increment(ref _lastId);
        return id != 0 ? id : Interlocked.Increment(ref _lastId);
    }

    /// <exception cref="UaException">The error that ended the channel.</exception>
    public uint Add(PendingRequest request)
    {
        var id = NextId();
        _waiting[id] = request;
        if (_failure is not { } failure) return id;
        _waiting.TryRemove(id, out _);
        throw Again(failure);
    }

    /// <summary>False where the request has been given up before.</summary>
    public bool TryTake(uint id, out PendingRequest request) => _waiting.TryRemove(id, out request!);

    /// <summary>True where a request with this id was sent on this channel.</summary>
    public bool WasIssued(uint id) => id != 0 && id <= Volatile.Read(ref _lastId);

    public void FailAll(UaException error)
    {
        _failure = error;
        foreach (var id in _waiting.Keys)
        {
            if (_waiting.TryRemove(id, out var request)) request.Fail(Again(error));
        }
    }

    /// <summary>One exception object for each who waits, so that stack traces stay apart.</summary>
    private static UaException Again(UaException error) => new(error.StatusCode, error.Message, error);
}
