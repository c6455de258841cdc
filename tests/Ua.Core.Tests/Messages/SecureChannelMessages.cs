namespace Ua.Core.Tests;

/// <summary>The bytes of secure channel messages, field by field.</summary>
public sealed class SecureChannelMessages
{
    [Fact]
    public void OpenSecureChannel_request() => Golden.Request(
        new OpenSecureChannelRequest(
            Header: Golden.RequestHeader,
            ClientProtocolVersion: 0x01020301,
            RequestType: SecurityTokenRequestType.Renew,
            SecurityMode: MessageSecurityMode.SignAndEncrypt,
            ClientNonce: [0x02, 0xB0],
            RequestedLifetime: 0x01020303),
        """
            01 00 BE 01  // i=446, the binary encoding of OpenSecureChannelRequest
            {RequestHeader}
            01 03 02 01  // ClientProtocolVersion: 0x01020301
            01 00 00 00  // RequestType: Renew
            03 00 00 00  // SecurityMode: SignAndEncrypt
            02 00 00 00 02 B0  // ClientNonce: 2 bytes
            03 03 02 01  // RequestedLifetime: 0x01020303
        """);

    [Fact]
    public void OpenSecureChannel_response() => Golden.Response(
        new OpenSecureChannelResponse(
            Header: Golden.ResponseHeader,
            ServerProtocolVersion: 0x01020301,
            SecurityToken: new ChannelSecurityToken(
                ChannelId: 0x01020302,
                TokenId: 0x01020303,
                CreatedAt: Golden.At(second: 4),
                RevisedLifetime: 0x01020305),
            ServerNonce: [0x06, 0xB0]),
        """
            01 00 C1 01  // i=449, the binary encoding of OpenSecureChannelResponse
            {ResponseHeader}
            01 03 02 01  // ServerProtocolVersion: 0x01020301
            02 03 02 01  // ChannelId: 0x01020302
            03 03 02 01  // TokenId: 0x01020303
            80 1A AB 5A 28 3D DA 01  // CreatedAt: 4 s after 2024-01-02T03:04:05Z
            05 03 02 01  // RevisedLifetime: 0x01020305
            02 00 00 00 06 B0  // ServerNonce: 2 bytes
        """);

    [Fact]
    public void CloseSecureChannel_request() => Golden.Request(
        new CloseSecureChannelRequest(Header: Golden.RequestHeader),
        """
            01 00 C4 01  // i=452, the binary encoding of CloseSecureChannelRequest
            {RequestHeader}
        """);

    [Fact]
    public void CloseSecureChannel_response() => Golden.Response(
        new CloseSecureChannelResponse(Header: Golden.ResponseHeader),
        """
            01 00 C7 01  // i=455, the binary encoding of CloseSecureChannelResponse
            {ResponseHeader}
        """);
}
