namespace Ua.Core;

/// <summary>Whether a channel is opened or its token renewed (Part 4, 5.6.2).</summary>
public enum SecurityTokenRequestType
{
    Issue = 0,
    Renew = 1,
}

/// <summary>The token under which messages are secured. RevisedLifetime is in milliseconds (Part 4, 5.6.2).</summary>
public sealed record ChannelSecurityToken(uint ChannelId, uint TokenId, DateTime CreatedAt, uint RevisedLifetime)
    : IUaStructure<ChannelSecurityToken>
{
    public void Write(ref UaWriter w)
    {
        w.UInt32(ChannelId);
        w.UInt32(TokenId);
        w.DateTime(CreatedAt);
        w.UInt32(RevisedLifetime);
    }

    public static ChannelSecurityToken Read(ref UaReader r) => new(
        ChannelId: r.UInt32(),
        TokenId: r.UInt32(),
        CreatedAt: r.DateTime(),
        RevisedLifetime: r.UInt32());
}

/// <summary>Opens a channel or renews its token. RequestedLifetime is in milliseconds (Part 4, 5.6.2).</summary>
public sealed record OpenSecureChannelRequest(
    RequestHeader Header,
    uint ClientProtocolVersion,
    SecurityTokenRequestType RequestType,
    MessageSecurityMode SecurityMode,
    byte[]? ClientNonce,
    uint RequestedLifetime) : IServiceRequest<OpenSecureChannelRequest, OpenSecureChannelResponse>
{
    public static uint BinaryEncodingId => 446;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(ClientProtocolVersion);
        w.Enum(RequestType);
        w.Enum(SecurityMode);
        w.ByteString(ClientNonce);
        w.UInt32(RequestedLifetime);
    }

    public static OpenSecureChannelRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        ClientProtocolVersion: r.UInt32(),
        RequestType: r.Enum<SecurityTokenRequestType>(),
        SecurityMode: r.Enum<MessageSecurityMode>(),
        ClientNonce: r.ByteString(),
        RequestedLifetime: r.UInt32());
}

/// <summary>The token that the server issued, and its share of the keys.</summary>
public sealed record OpenSecureChannelResponse(
    ResponseHeader Header,
    uint ServerProtocolVersion,
    ChannelSecurityToken SecurityToken,
    byte[]? ServerNonce) : IServiceResponse<OpenSecureChannelResponse>
{
    public static uint BinaryEncodingId => 449;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(ServerProtocolVersion);
        w.Structure(SecurityToken);
        w.ByteString(ServerNonce);
    }

    public static OpenSecureChannelResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        ServerProtocolVersion: r.UInt32(),
        SecurityToken: r.Structure<ChannelSecurityToken>(),
        ServerNonce: r.ByteString());
}
