namespace Ua.Core;

/// <summary>Binds a session to a channel and to a user (Part 4, 5.7.3).</summary>
public sealed record ActivateSessionRequest(
    RequestHeader Header,
    SignatureData ClientSignature,
    SignedSoftwareCertificate[] ClientSoftwareCertificates,
    string?[] LocaleIds,
    ExtensionObject? UserIdentityToken,
    SignatureData UserTokenSignature) : IServiceRequest<ActivateSessionRequest, ActivateSessionResponse>
{
    public static uint BinaryEncodingId => 467;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.Structure(ClientSignature);
        w.StructureArray(ClientSoftwareCertificates);
        w.StringArray(LocaleIds);
        w.ExtensionObject(UserIdentityToken);
        w.Structure(UserTokenSignature);
    }

    public static ActivateSessionRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        ClientSignature: r.Structure<SignatureData>(),
        ClientSoftwareCertificates: r.StructureArray<SignedSoftwareCertificate>(),
        LocaleIds: r.StringArray(),
        UserIdentityToken: r.ExtensionObject(),
        UserTokenSignature: r.Structure<SignatureData>());
}

/// <summary>The nonce that the next activation signs.</summary>
public sealed record ActivateSessionResponse(
    ResponseHeader Header,
    byte[]? ServerNonce,
    StatusCode[] Results,
    DiagnosticInfo[] DiagnosticInfos) : IServiceResponse<ActivateSessionResponse>
{
    public static uint BinaryEncodingId => 470;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.ByteString(ServerNonce);
        w.StatusCodeArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static ActivateSessionResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        ServerNonce: r.ByteString(),
        Results: r.StatusCodeArray(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}
