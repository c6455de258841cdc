namespace Ua.Core;

/// <summary>What every request carries first (Part 4, 7.33). TimeoutHint is in milliseconds, 0 means none.</summary>
public sealed record RequestHeader(
    NodeId AuthenticationToken,
    DateTime Timestamp,
    uint RequestHandle,
    uint ReturnDiagnostics = 0,
    string? AuditEntryId = null,
    uint TimeoutHint = 0,
    ExtensionObject? AdditionalHeader = null) : IUaStructure<RequestHeader>
{
    /// <summary>A header for code that lets the channel or session fill it in before sending.</summary>
    public static readonly RequestHeader Empty = new(NodeId.Null, DateTime.MinValue, 0);

    public void Write(ref UaWriter w)
    {
        w.NodeId(AuthenticationToken);
        w.DateTime(Timestamp);
        w.UInt32(RequestHandle);
        w.UInt32(ReturnDiagnostics);
        w.String(AuditEntryId);
        w.UInt32(TimeoutHint);
        w.ExtensionObject(AdditionalHeader);
    }

    public static RequestHeader Read(ref UaReader r) => new(
        AuthenticationToken: r.NodeId(),
        Timestamp: r.DateTime(),
        RequestHandle: r.UInt32(),
        ReturnDiagnostics: r.UInt32(),
        AuditEntryId: r.String(),
        TimeoutHint: r.UInt32(),
        AdditionalHeader: r.ExtensionObject());
}
