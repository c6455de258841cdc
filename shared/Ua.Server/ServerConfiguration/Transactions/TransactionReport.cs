using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>What TransactionDiagnostics shows of the current transaction or of the last one (Part 12, 7.10.17).</summary>
/// <param name="EndTime">Null while it is open.</param>
/// <param name="Result">How it ended.</param>
internal sealed record TransactionReport(
    DateTime StartTime,
    DateTime? EndTime,
    StatusCode Result,
    IReadOnlyList<NodeId> AffectedTrustLists,
    IReadOnlyList<NodeId> AffectedCertificateGroups,
    IReadOnlyList<TransactionErrorType> Errors)
{
    public static TransactionReport Open(Transaction transaction) => Of(transaction, null, StatusCodes.BadInvalidState, []);

    public static TransactionReport Ended(Transaction transaction, DateTime at, StatusCode result, params IReadOnlyList<TransactionErrorType> errors) => Of(transaction, at, result, errors);

    private static TransactionReport Of(Transaction transaction, DateTime? end, StatusCode result, IReadOnlyList<TransactionErrorType> errors) => new(
        transaction.StartTime,
        end,
        result,
        [.. transaction.Changes.Where(c => c.Value.TrustList is not null).Select(c => c.Key.TrustList)],
        [.. transaction.Changes.Where(c => c.Value.Slots.Count > 0).Select(c => c.Key.Id)],
        errors);
}
