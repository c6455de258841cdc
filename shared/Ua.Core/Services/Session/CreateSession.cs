namespace Ua.Core;

/// <summary>Makes a session that ActivateSession brings to life. RequestedSessionTimeout is in milliseconds (Part 4, 5.7.2).</summary>
public sealed record CreateSessionRequest(
    RequestHeader Header,
    ApplicationDescription ClientDescription,
    string? ServerUri,
    string? EndpointUrl,
    string? SessionName,
    byte[]? ClientNonce,
    byte[]? ClientCertificate,
    double RequestedSessionTimeout,
    uint MaxResponseMessageSize) : IServiceRequest<CreateSessionRequest, CreateSessionResponse>
{
    public static uint BinaryEncodingId => 461;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.Structure(ClientDescription);
        w.String(ServerUri);
        w.String(EndpointUrl);
        w.String(SessionName);
        w.ByteString(ClientNonce);
        w.ByteString(ClientCertificate);
        w.Double(RequestedSessionTimeout);
        w.UInt32(MaxResponseMessageSize);
    }

    public static CreateSessionRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        ClientDescription: r.Structure<ApplicationDescription>(),
        ServerUri: r.String(),
        EndpointUrl: r.String(),
        SessionName: r.String(),
        ClientNonce: r.ByteString(),
        ClientCertificate: r.ByteString(),
        RequestedSessionTimeout: r.Double(),
        MaxResponseMessageSize: r.UInt32());
}

/// <summary>The new session and the proof that the server holds its key. The AuthenticationToken is a secret.</summary>
public sealed record CreateSessionResponse(
    ResponseHeader Header,
    NodeId SessionId,
    NodeId AuthenticationToken,
    double RevisedSessionTimeout,
    byte[]? ServerNonce,
    byte[]? ServerCertificate,
    EndpointDescription[] ServerEndpoints,
    SignedSoftwareCertificate[] ServerSoftwareCertificates,
    SignatureData ServerSignature,
    uint MaxRequestMessageSize) : IServiceResponse<CreateSessionResponse>
{
    public static uint BinaryEncodingId => 464;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.NodeId(SessionId);
        w.NodeId(AuthenticationToken);
        w.Double(RevisedSessionTimeout);
        w.ByteString(ServerNonce);
        w.ByteString(ServerCertificate);
        w.StructureArray(ServerEndpoints);
        w.StructureArray(ServerSoftwareCertificates);
        w.Structure(ServerSignature);
        w.UInt32(MaxRequestMessageSize);
    }

    public static CreateSessionResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        SessionId: r.NodeId(),
        AuthenticationToken: r.NodeId(),
        RevisedSessionTimeout: r.Double(),
        ServerNonce: r.ByteString(),
        ServerCertificate: r.ByteString(),
        ServerEndpoints: r.StructureArray<EndpointDescription>(),
        ServerSoftwareCertificates: r.StructureArray<SignedSoftwareCertificate>(),
        ServerSignature: r.Structure<SignatureData>(),
        MaxRequestMessageSize: r.UInt32());
}
