namespace Ua.Core;

/// <summary>The answer when a whole service fails (Part 4, 7.35).</summary>
public sealed record ServiceFault(ResponseHeader Header) : IServiceResponse<ServiceFault>
{
    public static uint BinaryEncodingId => 397;

    /// <summary>A fault that carries the status and, as additional info, the sentence of the error.</summary>
    public static ServiceFault Of(UaException error, uint requestHandle, DateTime now) =>
        new(new ResponseHeader(now, requestHandle, error.StatusCode, new DiagnosticInfo(AdditionalInfo: error.Message)));

    /// <summary>The fault as the error it stands for.</summary>
    public UaException ToException() => Header.ToException();

    public void Write(ref UaWriter w) => w.Structure(Header);

    public static ServiceFault Read(ref UaReader r) => new(Header: r.Structure<ResponseHeader>());
}
