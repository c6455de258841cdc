namespace Ua.Core.Tests;

/// <summary>The bytes of session messages, field by field.</summary>
public sealed class SessionMessages
{
    [Fact]
    public void CreateSession_request() => Golden.Request(
        new CreateSessionRequest(
            Header: Golden.RequestHeader,
            ClientDescription: new ApplicationDescription(
                ApplicationUri: "AU1",
                ProductUri: "PU2",
                ApplicationName: new LocalizedText("en", "L3"),
                ApplicationType: ApplicationType.DiscoveryServer,
                GatewayServerUri: "GSU4",
                DiscoveryProfileUri: "DPU5",
                DiscoveryUrls: ["DU6", "DU7"]),
            ServerUri: "SU8",
            EndpointUrl: "EU9",
            SessionName: "SN10",
            ClientNonce: [0x0B, 0xB0],
            ClientCertificate: [0x0C, 0xB0],
            RequestedSessionTimeout: 13.5,
            MaxResponseMessageSize: 0x0102030E),
        """
            01 00 CD 01  // i=461, the binary encoding of CreateSessionRequest
            {RequestHeader}
            03 00 00 00 41 55 31  // ApplicationUri: "AU1"
            03 00 00 00 50 55 32  // ProductUri: "PU2"
            03 02 00 00 00 65 6E 02 00 00 00 4C 33  // ApplicationName: "L3" in en
            03 00 00 00  // ApplicationType: DiscoveryServer
            04 00 00 00 47 53 55 34  // GatewayServerUri: "GSU4"
            04 00 00 00 44 50 55 35  // DiscoveryProfileUri: "DPU5"
            02 00 00 00  // ClientDescription.DiscoveryUrls: 2 elements
            03 00 00 00 44 55 36  // DiscoveryUrls: "DU6"
            03 00 00 00 44 55 37  // DiscoveryUrls: "DU7"
            03 00 00 00 53 55 38  // ServerUri: "SU8"
            03 00 00 00 45 55 39  // EndpointUrl: "EU9"
            04 00 00 00 53 4E 31 30  // SessionName: "SN10"
            02 00 00 00 0B B0  // ClientNonce: 2 bytes
            02 00 00 00 0C B0  // ClientCertificate: 2 bytes
            00 00 00 00 00 00 2B 40  // RequestedSessionTimeout: 13.5
            0E 03 02 01  // MaxResponseMessageSize: 0x0102030E
        """);

    [Fact]
    public void CreateSession_response() => Golden.Response(
        new CreateSessionResponse(
            Header: Golden.ResponseHeader,
            SessionId: new NodeId(1, 1),
            AuthenticationToken: new NodeId(2, 1),
            RevisedSessionTimeout: 3.5,
            ServerNonce: [0x04, 0xB0],
            ServerCertificate: [0x05, 0xB0],
            ServerEndpoints: [new EndpointDescription(
                EndpointUrl: "EU6",
                Server: new ApplicationDescription(
                    ApplicationUri: "AU7",
                    ProductUri: "PU8",
                    ApplicationName: new LocalizedText("en", "L9"),
                    ApplicationType: ApplicationType.DiscoveryServer,
                    GatewayServerUri: "GSU10",
                    DiscoveryProfileUri: "DPU11",
                    DiscoveryUrls: ["DU12", "DU13"]),
                ServerCertificate: [0x0E, 0xB0],
                SecurityMode: MessageSecurityMode.SignAndEncrypt,
                SecurityPolicyUri: "SPU15",
                UserIdentityTokens: [new UserTokenPolicy(
                    PolicyId: "PI16",
                    TokenType: UserTokenType.IssuedToken,
                    IssuedTokenType: "ITT17",
                    IssuerEndpointUrl: "IEU18",
                    SecurityPolicyUri: "SPU19")],
                TransportProfileUri: "TPU20",
                SecurityLevel: 21)],
            ServerSoftwareCertificates: [new SignedSoftwareCertificate(CertificateData: [0x16, 0xB0], Signature: [0x17, 0xB0])],
            ServerSignature: new SignatureData(Algorithm: "A24", Signature: [0x19, 0xB0]),
            MaxRequestMessageSize: 0x0102031A),
        """
            01 00 D0 01  // i=464, the binary encoding of CreateSessionResponse
            {ResponseHeader}
            01 01 01 00  // SessionId: ns=1;i=1
            01 01 02 00  // AuthenticationToken: ns=1;i=2
            00 00 00 00 00 00 0C 40  // RevisedSessionTimeout: 3.5
            02 00 00 00 04 B0  // ServerNonce: 2 bytes
            02 00 00 00 05 B0  // ServerCertificate: 2 bytes
            01 00 00 00  // ServerEndpoints: 1 element
            03 00 00 00 45 55 36  // EndpointUrl: "EU6"
            03 00 00 00 41 55 37  // ApplicationUri: "AU7"
            03 00 00 00 50 55 38  // ProductUri: "PU8"
            03 02 00 00 00 65 6E 02 00 00 00 4C 39  // ApplicationName: "L9" in en
            03 00 00 00  // ApplicationType: DiscoveryServer
            05 00 00 00 47 53 55 31 30  // GatewayServerUri: "GSU10"
            05 00 00 00 44 50 55 31 31  // DiscoveryProfileUri: "DPU11"
            02 00 00 00  // Server.DiscoveryUrls: 2 elements
            04 00 00 00 44 55 31 32  // DiscoveryUrls: "DU12"
            04 00 00 00 44 55 31 33  // DiscoveryUrls: "DU13"
            02 00 00 00 0E B0  // ServerCertificate: 2 bytes
            03 00 00 00  // SecurityMode: SignAndEncrypt
            05 00 00 00 53 50 55 31 35  // SecurityPolicyUri: "SPU15"
            01 00 00 00  // ServerEndpoints.UserIdentityTokens: 1 element
            04 00 00 00 50 49 31 36  // PolicyId: "PI16"
            03 00 00 00  // TokenType: IssuedToken
            05 00 00 00 49 54 54 31 37  // IssuedTokenType: "ITT17"
            05 00 00 00 49 45 55 31 38  // IssuerEndpointUrl: "IEU18"
            05 00 00 00 53 50 55 31 39  // SecurityPolicyUri: "SPU19"
            05 00 00 00 54 50 55 32 30  // TransportProfileUri: "TPU20"
            15  // SecurityLevel: 21
            01 00 00 00  // ServerSoftwareCertificates: 1 element
            02 00 00 00 16 B0  // CertificateData: 2 bytes
            02 00 00 00 17 B0  // Signature: 2 bytes
            03 00 00 00 41 32 34  // Algorithm: "A24"
            02 00 00 00 19 B0  // Signature: 2 bytes
            1A 03 02 01  // MaxRequestMessageSize: 0x0102031A
        """);

    [Fact]
    public void ActivateSession_request() => Golden.Request(
        new ActivateSessionRequest(
            Header: Golden.RequestHeader,
            ClientSignature: new SignatureData(Algorithm: "A1", Signature: [0x02, 0xB0]),
            ClientSoftwareCertificates: [new SignedSoftwareCertificate(CertificateData: [0x03, 0xB0], Signature: [0x04, 0xB0])],
            LocaleIds: ["LI5", "LI6"],
            UserIdentityToken: new ExtensionObject(new NodeId(7, 1), ExtensionObjectEncoding.Binary, [0xE0]),
            UserTokenSignature: new SignatureData(Algorithm: "A8", Signature: [0x09, 0xB0])),
        """
            01 00 D3 01  // i=467, the binary encoding of ActivateSessionRequest
            {RequestHeader}
            02 00 00 00 41 31  // Algorithm: "A1"
            02 00 00 00 02 B0  // Signature: 2 bytes
            01 00 00 00  // ClientSoftwareCertificates: 1 element
            02 00 00 00 03 B0  // CertificateData: 2 bytes
            02 00 00 00 04 B0  // Signature: 2 bytes
            02 00 00 00  // LocaleIds: 2 elements
            03 00 00 00 4C 49 35  // LocaleIds: "LI5"
            03 00 00 00 4C 49 36  // LocaleIds: "LI6"
            01 01 07 00 01 01 00 00 00 E0  // UserIdentityToken: ns=1;i=7, binary, 1 byte
            02 00 00 00 41 38  // Algorithm: "A8"
            02 00 00 00 09 B0  // Signature: 2 bytes
        """);

    [Fact]
    public void ActivateSession_response() => Golden.Response(
        new ActivateSessionResponse(
            Header: Golden.ResponseHeader,
            ServerNonce: [0x01, 0xB0],
            Results: [new StatusCode(0x80030000)],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 3)]),
        """
            01 00 D6 01  // i=470, the binary encoding of ActivateSessionResponse
            {ResponseHeader}
            02 00 00 00 01 B0  // ServerNonce: 2 bytes
            01 00 00 00  // Results: 1 element
            00 00 03 80  // Results: 0x80030000
            01 00 00 00  // DiagnosticInfos: 1 element
            01 03 00 00 00  // DiagnosticInfos: symbolic id 3
        """);

    [Fact]
    public void CloseSession_request() => Golden.Request(
        new CloseSessionRequest(Header: Golden.RequestHeader, DeleteSubscriptions: true),
        """
            01 00 D9 01  // i=473, the binary encoding of CloseSessionRequest
            {RequestHeader}
            01  // DeleteSubscriptions: true
        """);

    [Fact]
    public void CloseSession_response() => Golden.Response(
        new CloseSessionResponse(Header: Golden.ResponseHeader),
        """
            01 00 DC 01  // i=476, the binary encoding of CloseSessionResponse
            {ResponseHeader}
        """);

    [Fact]
    public void Cancel_request() => Golden.Request(
        new CancelRequest(Header: Golden.RequestHeader, RequestHandle: 0x01020301),
        """
            01 00 DF 01  // i=479, the binary encoding of CancelRequest
            {RequestHeader}
            01 03 02 01  // RequestHandle: 0x01020301
        """);

    [Fact]
    public void Cancel_response() => Golden.Response(
        new CancelResponse(Header: Golden.ResponseHeader, CancelCount: 0x01020301),
        """
            01 00 E2 01  // i=482, the binary encoding of CancelResponse
            {ResponseHeader}
            01 03 02 01  // CancelCount: 0x01020301
        """);
}
