namespace Ua.Core;

/// <summary>What was wrong with one element of a filter (Part 4, 7.7.2).</summary>
public sealed record ContentFilterElementResult(
    StatusCode StatusCode,
    StatusCode[] OperandStatusCodes,
    DiagnosticInfo[] OperandDiagnosticInfos) : IUaStructure<ContentFilterElementResult>
{
    public void Write(ref UaWriter w)
    {
        w.StatusCode(StatusCode);
        w.StatusCodeArray(OperandStatusCodes);
        w.DiagnosticInfoArray(OperandDiagnosticInfos);
    }

    public static ContentFilterElementResult Read(ref UaReader r) => new(
        StatusCode: r.StatusCode(),
        OperandStatusCodes: r.StatusCodeArray(),
        OperandDiagnosticInfos: r.DiagnosticInfoArray());
}

/// <summary>What was wrong with a filter; empty where nothing was (Part 4, 7.7.2).</summary>
public sealed record ContentFilterResult(ContentFilterElementResult[] ElementResults, DiagnosticInfo[] ElementDiagnosticInfos)
    : IUaEncodable<ContentFilterResult>
{
    public static uint BinaryEncodingId => 609;

    public void Write(ref UaWriter w)
    {
        w.StructureArray(ElementResults);
        w.DiagnosticInfoArray(ElementDiagnosticInfos);
    }

    public static ContentFilterResult Read(ref UaReader r) => new(
        ElementResults: r.StructureArray<ContentFilterElementResult>(),
        ElementDiagnosticInfos: r.DiagnosticInfoArray());
}
