namespace Ua.Core;

/// <summary>One door of a server: address, security and accepted users. A higher SecurityLevel is a stronger one (Part 4, 7.14).</summary>
public sealed record EndpointDescription(
    string? EndpointUrl,
    ApplicationDescription Server,
    byte[]? ServerCertificate,
    MessageSecurityMode SecurityMode,
    string? SecurityPolicyUri,
    UserTokenPolicy[] UserIdentityTokens,
    string? TransportProfileUri,
    byte SecurityLevel) : IUaEncodable<EndpointDescription>
{
    public static uint BinaryEncodingId => 314;

    public void Write(ref UaWriter w)
    {
        w.String(EndpointUrl);
        w.Structure(Server);
        w.ByteString(ServerCertificate);
        w.Enum(SecurityMode);
        w.String(SecurityPolicyUri);
        w.StructureArray(UserIdentityTokens);
        w.String(TransportProfileUri);
        w.Byte(SecurityLevel);
    }

    public static EndpointDescription Read(ref UaReader r) => new(
        EndpointUrl: r.String(),
        Server: r.Structure<ApplicationDescription>(),
        ServerCertificate: r.ByteString(),
        SecurityMode: r.Enum<MessageSecurityMode>(),
        SecurityPolicyUri: r.String(),
        UserIdentityTokens: r.StructureArray<UserTokenPolicy>(),
        TransportProfileUri: r.String(),
        SecurityLevel: r.Byte());
}
