namespace Ua.Core.Tests;

/// <summary>The bytes of what describes applications, endpoints and users.</summary>
public sealed class IdentityAndEndpointStructures
{
    [Fact]
    public void ApplicationDescription() => Golden.Encodable(310,
        new ApplicationDescription(
            ApplicationUri: "AU1",
            ProductUri: "PU2",
            ApplicationName: new LocalizedText("en", "L3"),
            ApplicationType: ApplicationType.DiscoveryServer,
            GatewayServerUri: "GSU4",
            DiscoveryProfileUri: "DPU5",
            DiscoveryUrls: ["DU6", "DU7"]),
        """
            03 00 00 00 41 55 31  // ApplicationUri: "AU1"
            03 00 00 00 50 55 32  // ProductUri: "PU2"
            03 02 00 00 00 65 6E 02 00 00 00 4C 33  // ApplicationName: "L3" in en
            03 00 00 00  // ApplicationType: DiscoveryServer
            04 00 00 00 47 53 55 34  // GatewayServerUri: "GSU4"
            04 00 00 00 44 50 55 35  // DiscoveryProfileUri: "DPU5"
            02 00 00 00  // DiscoveryUrls: 2 elements
            03 00 00 00 44 55 36  // DiscoveryUrls: "DU6"
            03 00 00 00 44 55 37  // DiscoveryUrls: "DU7"
        """);

    [Fact]
    public void EndpointDescription() => Golden.Encodable(314,
        new EndpointDescription(
            EndpointUrl: "EU1",
            Server: new ApplicationDescription(
                ApplicationUri: "AU2",
                ProductUri: "PU3",
                ApplicationName: new LocalizedText("en", "L4"),
                ApplicationType: ApplicationType.DiscoveryServer,
                GatewayServerUri: "GSU5",
                DiscoveryProfileUri: "DPU6",
                DiscoveryUrls: ["DU7", "DU8"]),
            ServerCertificate: [0x09, 0xB0],
            SecurityMode: MessageSecurityMode.SignAndEncrypt,
            SecurityPolicyUri: "SPU10",
            UserIdentityTokens: [new UserTokenPolicy(
                PolicyId: "PI11",
                TokenType: UserTokenType.IssuedToken,
                IssuedTokenType: "ITT12",
                IssuerEndpointUrl: "IEU13",
                SecurityPolicyUri: "SPU14")],
            TransportProfileUri: "TPU15",
            SecurityLevel: 16),
        """
            03 00 00 00 45 55 31  // EndpointUrl: "EU1"
            03 00 00 00 41 55 32  // ApplicationUri: "AU2"
            03 00 00 00 50 55 33  // ProductUri: "PU3"
            03 02 00 00 00 65 6E 02 00 00 00 4C 34  // ApplicationName: "L4" in en
            03 00 00 00  // ApplicationType: DiscoveryServer
            04 00 00 00 47 53 55 35  // GatewayServerUri: "GSU5"
            04 00 00 00 44 50 55 36  // DiscoveryProfileUri: "DPU6"
            02 00 00 00  // Server.DiscoveryUrls: 2 elements
            03 00 00 00 44 55 37  // DiscoveryUrls: "DU7"
            03 00 00 00 44 55 38  // DiscoveryUrls: "DU8"
            02 00 00 00 09 B0  // ServerCertificate: 2 bytes
            03 00 00 00  // SecurityMode: SignAndEncrypt
            05 00 00 00 53 50 55 31 30  // SecurityPolicyUri: "SPU10"
            01 00 00 00  // UserIdentityTokens: 1 element
            04 00 00 00 50 49 31 31  // PolicyId: "PI11"
            03 00 00 00  // TokenType: IssuedToken
            05 00 00 00 49 54 54 31 32  // IssuedTokenType: "ITT12"
            05 00 00 00 49 45 55 31 33  // IssuerEndpointUrl: "IEU13"
            05 00 00 00 53 50 55 31 34  // SecurityPolicyUri: "SPU14"
            05 00 00 00 54 50 55 31 35  // TransportProfileUri: "TPU15"
            10  // SecurityLevel: 16
        """);

    [Fact]
    public void UserTokenPolicy() => Golden.Encodable(306,
        new UserTokenPolicy(
            PolicyId: "PI1",
            TokenType: UserTokenType.IssuedToken,
            IssuedTokenType: "ITT2",
            IssuerEndpointUrl: "IEU3",
            SecurityPolicyUri: "SPU4"),
        """
            03 00 00 00 50 49 31  // PolicyId: "PI1"
            03 00 00 00  // TokenType: IssuedToken
            04 00 00 00 49 54 54 32  // IssuedTokenType: "ITT2"
            04 00 00 00 49 45 55 33  // IssuerEndpointUrl: "IEU3"
            04 00 00 00 53 50 55 34  // SecurityPolicyUri: "SPU4"
        """);

    [Fact]
    public void SignatureData() => Golden.Encodable(458,
        new SignatureData(Algorithm: "A1", Signature: [0x02, 0xB0]),
        """
            02 00 00 00 41 31  // Algorithm: "A1"
            02 00 00 00 02 B0  // Signature: 2 bytes
        """);

    [Fact]
    public void SignedSoftwareCertificate() => Golden.Encodable(346,
        new SignedSoftwareCertificate(CertificateData: [0x01, 0xB0], Signature: [0x02, 0xB0]),
        """
            02 00 00 00 01 B0  // CertificateData: 2 bytes
            02 00 00 00 02 B0  // Signature: 2 bytes
        """);

    [Fact]
    public void AnonymousIdentityToken() => Golden.Encodable(321,
        new AnonymousIdentityToken(PolicyId: "PI1"),
        """
            03 00 00 00 50 49 31  // PolicyId: "PI1"
        """);

    [Fact]
    public void UserNameIdentityToken() => Golden.Encodable(324,
        new UserNameIdentityToken(
            PolicyId: "PI1",
            UserName: "UN2",
            Password: [0x03, 0xB0],
            EncryptionAlgorithm: "EA4"),
        """
            03 00 00 00 50 49 31  // PolicyId: "PI1"
            03 00 00 00 55 4E 32  // UserName: "UN2"
            02 00 00 00 03 B0  // Password: 2 bytes
            03 00 00 00 45 41 34  // EncryptionAlgorithm: "EA4"
        """);

    [Fact]
    public void X509IdentityToken() => Golden.Encodable(327,
        new X509IdentityToken(PolicyId: "PI1", CertificateData: [0x02, 0xB0]),
        """
            03 00 00 00 50 49 31  // PolicyId: "PI1"
            02 00 00 00 02 B0  // CertificateData: 2 bytes
        """);

    [Fact]
    public void IssuedIdentityToken() => Golden.Encodable(940,
        new IssuedIdentityToken(PolicyId: "PI1", TokenData: [0x02, 0xB0], EncryptionAlgorithm: "EA3"),
        """
            03 00 00 00 50 49 31  // PolicyId: "PI1"
            02 00 00 00 02 B0  // TokenData: 2 bytes
            03 00 00 00 45 41 33  // EncryptionAlgorithm: "EA3"
        """);

    [Fact]
    public void RegisteredServer() => Golden.Encodable(434,
        new RegisteredServer(
            ServerUri: "SU1",
            ProductUri: "PU2",
            ServerNames: [new LocalizedText("en", "L3")],
            ServerType: ApplicationType.DiscoveryServer,
            GatewayServerUri: "GSU4",
            DiscoveryUrls: ["DU5", "DU6"],
            SemaphoreFilePath: "SFP7",
            IsOnline: true),
        """
            03 00 00 00 53 55 31  // ServerUri: "SU1"
            03 00 00 00 50 55 32  // ProductUri: "PU2"
            01 00 00 00  // ServerNames: 1 element
            03 02 00 00 00 65 6E 02 00 00 00 4C 33  // ServerNames: "L3" in en
            03 00 00 00  // ServerType: DiscoveryServer
            04 00 00 00 47 53 55 34  // GatewayServerUri: "GSU4"
            02 00 00 00  // DiscoveryUrls: 2 elements
            03 00 00 00 44 55 35  // DiscoveryUrls: "DU5"
            03 00 00 00 44 55 36  // DiscoveryUrls: "DU6"
            04 00 00 00 53 46 50 37  // SemaphoreFilePath: "SFP7"
            01  // IsOnline: true
        """);

    [Fact]
    public void ServerOnNetwork() => Golden.Encodable(12207,
        new ServerOnNetwork(
            RecordId: 0x01020301,
            ServerName: "SN2",
            DiscoveryUrl: "DU3",
            ServerCapabilities: ["SC4", "SC5"]),
        """
            01 03 02 01  // RecordId: 0x01020301
            03 00 00 00 53 4E 32  // ServerName: "SN2"
            03 00 00 00 44 55 33  // DiscoveryUrl: "DU3"
            02 00 00 00  // ServerCapabilities: 2 elements
            03 00 00 00 53 43 34  // ServerCapabilities: "SC4"
            03 00 00 00 53 43 35  // ServerCapabilities: "SC5"
        """);

    [Fact]
    public void MdnsDiscoveryConfiguration() => Golden.Encodable(12901,
        new MdnsDiscoveryConfiguration(MdnsServerName: "MSN1", ServerCapabilities: ["SC2", "SC3"]),
        """
            04 00 00 00 4D 53 4E 31  // MdnsServerName: "MSN1"
            02 00 00 00  // ServerCapabilities: 2 elements
            03 00 00 00 53 43 32  // ServerCapabilities: "SC2"
            03 00 00 00 53 43 33  // ServerCapabilities: "SC3"
        """);
}
