namespace Ua.Core;

/// <summary>The answer when a whole service fails (Part 4, 7.35).</summary>
public sealed record ServiceFault(ResponseHeader Header) : IServiceResponse<ServiceFault>
{
    public static uint BinaryEncodingId => 397;

    public void Write(ref UaWriter w) => w.Structure(Header);

    public static ServiceFault Read(ref UaReader r) => new(Header: r.Structure<ResponseHeader>());
}
