namespace Ua.Core;

/// <summary>Who is behind a session, and how it is protected (Part 5, 12.12).</summary>
public sealed record SessionSecurityDiagnosticsDataType(
    NodeId SessionId,
    string? ClientUserIdOfSession,
    string?[] ClientUserIdHistory,
    string? AuthenticationMechanism,
    string? Encoding,
    string? TransportProtocol,
    MessageSecurityMode SecurityMode,
    string? SecurityPolicyUri,
    byte[]? ClientCertificate) : IUaEncodable<SessionSecurityDiagnosticsDataType>
{
    public static uint BinaryEncodingId => 870;

    public void Write(ref UaWriter w)
    {
        w.NodeId(SessionId);
        w.String(ClientUserIdOfSession);
        w.StringArray(ClientUserIdHistory);
        w.String(AuthenticationMechanism);
        w.String(Encoding);
        w.String(TransportProtocol);
        w.Enum(SecurityMode);
        w.String(SecurityPolicyUri);
        w.ByteString(ClientCertificate);
    }

    public static SessionSecurityDiagnosticsDataType Read(ref UaReader r) => new(
        SessionId: r.NodeId(),
        ClientUserIdOfSession: r.String(),
        ClientUserIdHistory: r.StringArray(),
        AuthenticationMechanism: r.String(),
        Encoding: r.String(),
        TransportProtocol: r.String(),
        SecurityMode: r.Enum<MessageSecurityMode>(),
        SecurityPolicyUri: r.String(),
        ClientCertificate: r.ByteString());
}
