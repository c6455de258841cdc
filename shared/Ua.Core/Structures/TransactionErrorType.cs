namespace Ua.Core;

/// <summary>What was wrong with one certificate group or trust list of a transaction (Part 12, 7.10.18).</summary>
public sealed record TransactionErrorType(NodeId TargetId, StatusCode Error, LocalizedText Message) : IUaEncodable<TransactionErrorType>
{
    public static uint BinaryEncodingId => 32382;

    public void Write(ref UaWriter w)
    {
        w.NodeId(TargetId);
        w.StatusCode(Error);
        w.LocalizedText(Message);
    }

    public static TransactionErrorType Read(ref UaReader r) => new(
        TargetId: r.NodeId(),
        Error: r.StatusCode(),
        Message: r.LocalizedText());
}
