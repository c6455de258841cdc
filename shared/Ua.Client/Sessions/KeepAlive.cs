using Ua.Core;

namespace Ua.Client;

/// <summary>Asks the server for its state when nothing has been heard from it for a while, and ends a connection that does not answer.</summary>
internal static class KeepAlive
{
    private static readonly ReadRequest s_request =
        new(RequestHeader.Empty, 0, TimestampsToReturn.Neither, [new ReadValueId(VariableIds.ServerStatusState, (uint)AttributeId.Value)]);

    /// <param name="each">Called at each round, for what else has to be looked after.</param>
    public static async Task RunAsync(SessionConnection connection, SessionOptions options, Func<Task> each)
    {
        using var timer = new PeriodicTimer(options.KeepAliveInterval, options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(connection.Stopping).ConfigureAwait(false))
            {
                if (connection.SinceLastAnswer >= options.KeepAliveInterval * 0.5)
                    await connection.SendAsync(s_request, options.RequestTimeout, connection.Stopping).ConfigureAwait(false);
                await each().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (connection.Stopping.IsCancellationRequested)
        {
            return;
        }
        catch (UaException e)
        {
            connection.End(e);
        }
    }
}
