using Microsoft.Extensions.Logging;
using Ua.Core;

namespace Ua.Client;

/// <summary>Takes subscriptions over from a session that is lost into the one that replaces it (Part 4, 5.14.7 and 6.7).</summary>
internal static class SubscriptionTransfer
{
    private const int IdsPerRequest = 500;

    /// <summary>
    /// When the server was started; null where it does not say. Ids of an earlier run may be those of somebody else's subscriptions
    /// by now, so that nothing is taken over from it.
    /// </summary>
    public static async Task<DateTime?> ReadServerStartAsync(SessionConnection connection, SessionOptions options, CancellationToken cancellationToken)
    {
        var request = new ReadRequest(RequestHeader.Empty, 0, TimestampsToReturn.Neither, [new ReadValueId(VariableIds.ServerStatusStartTime, (uint)AttributeId.Value)]);
        try
        {
            var response = await connection.SendAsync(request, options.RequestTimeout, cancellationToken).ConfigureAwait(false);
            return Results.Expect(response.Results, 1, "Read")[0] is { Status.IsBad: false, Value.Value: DateTime start } ? start : null;
        }
        catch (UaException e) when (ConnectionErrors.IsFromService(e))
        {
            return null;
        }
    }

    /// <summary>Gives those that go on in the new session; what the server no longer has, or does not hand over, is not among them.</summary>
    public static async Task<IReadOnlyList<Subscription>> RunAsync(
        SessionConnection connection, IEnumerable<Subscription> subscriptions, SessionOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var kept = new List<Subscription>();
        foreach (var batch in subscriptions.Where(s => s.Id != 0).Chunk(IdsPerRequest))
        {
            foreach (var (subscription, result) in batch.Zip(await SendAsync(connection, batch, options, logger, cancellationToken).ConfigureAwait(false)))
            {
                if (!result.StatusCode.IsGood) continue;
                Log.SubscriptionTransferred(logger, subscription.Id);
                await subscription.GoOnAsync(connection, result.AvailableSequenceNumbers, cancellationToken).ConfigureAwait(false);
                kept.Add(subscription);
            }
        }

        return kept;
    }

    private static async Task<TransferResult[]> SendAsync(
        SessionConnection connection, Subscription[] subscriptions, SessionOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var request = new TransferSubscriptionsRequest(RequestHeader.Empty, [.. subscriptions.Select(s => s.Id)], SendInitialValues: false);
        try
        {
            var response = await connection.SendAsync(request, options.RequestTimeout, cancellationToken).ConfigureAwait(false);
            return Results.Expect(response.Results, subscriptions.Length, "TransferSubscriptions");
        }
        catch (UaException e) when (ConnectionErrors.IsFromService(e))
        {
            Log.NotTransferred(logger, e.StatusCode, e.Message);
            return [];
        }
    }
}
