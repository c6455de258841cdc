namespace Ua.Core;

/// <summary>One method to call on an object (Part 4, 5.12.2).</summary>
public sealed record CallMethodRequest(NodeId ObjectId, NodeId MethodId, Variant[] InputArguments) : IUaStructure<CallMethodRequest>
{
    public void Write(ref UaWriter w)
    {
        w.NodeId(ObjectId);
        w.NodeId(MethodId);
        w.VariantArray(InputArguments);
    }

    public static CallMethodRequest Read(ref UaReader r) => new(
        ObjectId: r.NodeId(),
        MethodId: r.NodeId(),
        InputArguments: r.VariantArray());
}

/// <summary>What one method gave back; InputArgumentResults is filled where an argument was wrong (Part 4, 5.12.2).</summary>
public sealed record CallMethodResult(
    StatusCode StatusCode,
    StatusCode[] InputArgumentResults,
    DiagnosticInfo[] InputArgumentDiagnosticInfos,
    Variant[] OutputArguments) : IUaStructure<CallMethodResult>
{
    public void Write(ref UaWriter w)
    {
        w.StatusCode(StatusCode);
        w.StatusCodeArray(InputArgumentResults);
        w.DiagnosticInfoArray(InputArgumentDiagnosticInfos);
        w.VariantArray(OutputArguments);
    }

    public static CallMethodResult Read(ref UaReader r) => new(
        StatusCode: r.StatusCode(),
        InputArgumentResults: r.StatusCodeArray(),
        InputArgumentDiagnosticInfos: r.DiagnosticInfoArray(),
        OutputArguments: r.VariantArray());
}

/// <summary>Calls methods (Part 4, 5.12.2).</summary>
public sealed record CallRequest(RequestHeader Header, CallMethodRequest[] MethodsToCall) : IServiceRequest<CallRequest, CallResponse>
{
    public static uint BinaryEncodingId => 712;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(MethodsToCall);
    }

    public static CallRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        MethodsToCall: r.StructureArray<CallMethodRequest>());
}

/// <summary>One result for each method, in the same order.</summary>
public sealed record CallResponse(ResponseHeader Header, CallMethodResult[] Results, DiagnosticInfo[] DiagnosticInfos)
    : IServiceResponse<CallResponse>
{
    public static uint BinaryEncodingId => 715;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static CallResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        Results: r.StructureArray<CallMethodResult>(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}
