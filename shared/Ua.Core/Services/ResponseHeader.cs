namespace Ua.Core;

/// <summary>What every response carries first (Part 4, 7.34).</summary>
public sealed record ResponseHeader(
    DateTime Timestamp,
    uint RequestHandle,
    StatusCode ServiceResult,
    DiagnosticInfo? ServiceDiagnostics = null,
    string?[]? StringTable = null,
    ExtensionObject? AdditionalHeader = null) : IUaStructure<ResponseHeader>
{
    /// <summary>A bad service result as an error; its text is what the diagnostics say, else the name of the status.</summary>
    public UaException ToException() => new(ServiceResult, ServiceDiagnostics?.TextFrom(StringTable) ?? ServiceResult.ToString());

    public void Write(ref UaWriter w)
    {
        w.DateTime(Timestamp);
        w.UInt32(RequestHandle);
        w.StatusCode(ServiceResult);
        w.DiagnosticInfo(ServiceDiagnostics);
        w.StringArray(StringTable);
        w.ExtensionObject(AdditionalHeader);
    }

    public static ResponseHeader Read(ref UaReader r) => new(
        Timestamp: r.DateTime(),
        RequestHandle: r.UInt32(),
        ServiceResult: r.StatusCode(),
        ServiceDiagnostics: r.DiagnosticInfo(),
        StringTable: r.StringArray(),
        AdditionalHeader: r.ExtensionObject());
}
