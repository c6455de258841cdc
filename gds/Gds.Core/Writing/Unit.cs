namespace Gds.Core.Writing;

/// <summary>A piece of writing that waits for its turn.</summary>
internal interface IUnit
{
    /// <summary>False where it is enough that the commit survives the end of the process.</summary>
    bool IsDurable { get; }

    /// <summary>False when its caller has gone; then it has been answered and must not run.</summary>
    bool MayBegin();

    Task RunAsync(WriteScope scope, CancellationToken cancellationToken);

    void Succeed();

    void Fail(Exception reason);
}

internal sealed class Unit<T>(Func<WriteScope, CancellationToken, Task<T>> work, bool isDurable, CancellationToken caller) : IUnit
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _answer.Task;

    public bool IsDurable => isDurable;

    public bool MayBegin()
    {
        if (!caller.IsCancellationRequested) return true;
        _answer.TrySetCanceled(caller);
        return false;
    }

    public async Task RunAsync(WriteScope scope, CancellationToken cancellationToken) => _result = await work(scope, cancellationToken);

    public void Succeed() => _answer.TrySetResult(_result!);

    public void Fail(Exception reason) => _answer.TrySetException(reason);
}
