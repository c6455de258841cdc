namespace Ua.Core.Tests;

/// <summary>The bytes of discovery messages, field by field.</summary>
public sealed class DiscoveryMessages
{
    [Fact]
    public void FindServers_request() => Golden.Request(
        new FindServersRequest(
            Header: Golden.RequestHeader,
            EndpointUrl: "EU1",
            LocaleIds: ["LI2", "LI3"],
            ServerUris: ["SU4", "SU5"]),
        """
            01 00 A6 01  // i=422, the binary encoding of FindServersRequest
            {RequestHeader}
            03 00 00 00 45 55 31  // EndpointUrl: "EU1"
            02 00 00 00  // LocaleIds: 2 elements
            03 00 00 00 4C 49 32  // LocaleIds: "LI2"
            03 00 00 00 4C 49 33  // LocaleIds: "LI3"
            02 00 00 00  // ServerUris: 2 elements
            03 00 00 00 53 55 34  // ServerUris: "SU4"
            03 00 00 00 53 55 35  // ServerUris: "SU5"
        """);

    [Fact]
    public void FindServers_response() => Golden.Response(
        new FindServersResponse(
            Header: Golden.ResponseHeader,
            Servers: [new ApplicationDescription(
                ApplicationUri: "AU1",
                ProductUri: "PU2",
                ApplicationName: new LocalizedText("en", "L3"),
                ApplicationType: ApplicationType.DiscoveryServer,
                GatewayServerUri: "GSU4",
                DiscoveryProfileUri: "DPU5",
                DiscoveryUrls: ["DU6", "DU7"])]),
        """
            01 00 A9 01  // i=425, the binary encoding of FindServersResponse
            {ResponseHeader}
            01 00 00 00  // Servers: 1 element
            03 00 00 00 41 55 31  // ApplicationUri: "AU1"
            03 00 00 00 50 55 32  // ProductUri: "PU2"
            03 02 00 00 00 65 6E 02 00 00 00 4C 33  // ApplicationName: "L3" in en
            03 00 00 00  // ApplicationType: DiscoveryServer
            04 00 00 00 47 53 55 34  // GatewayServerUri: "GSU4"
            04 00 00 00 44 50 55 35  // DiscoveryProfileUri: "DPU5"
            02 00 00 00  // Servers.DiscoveryUrls: 2 elements
            03 00 00 00 44 55 36  // DiscoveryUrls: "DU6"
            03 00 00 00 44 55 37  // DiscoveryUrls: "DU7"
        """);

    [Fact]
    public void FindServersOnNetwork_request() => Golden.Request(
        new FindServersOnNetworkRequest(
            Header: Golden.RequestHeader,
            StartingRecordId: 0x01020301,
            MaxRecordsToReturn: 0x01020302,
            ServerCapabilityFilter: ["SCF3", "SCF4"]),
        """
            01 00 B0 2F  // i=12208, the binary encoding of FindServersOnNetworkRequest
            {RequestHeader}
            01 03 02 01  // StartingRecordId: 0x01020301
            02 03 02 01  // MaxRecordsToReturn: 0x01020302
            02 00 00 00  // ServerCapabilityFilter: 2 elements
            04 00 00 00 53 43 46 33  // ServerCapabilityFilter: "SCF3"
            04 00 00 00 53 43 46 34  // ServerCapabilityFilter: "SCF4"
        """);

    [Fact]
    public void FindServersOnNetwork_response() => Golden.Response(
        new FindServersOnNetworkResponse(
            Header: Golden.ResponseHeader,
            LastCounterResetTime: Golden.At(second: 1),
            Servers: [new ServerOnNetwork(
                RecordId: 0x01020302,
                ServerName: "SN3",
                DiscoveryUrl: "DU4",
                ServerCapabilities: ["SC5", "SC6"])]),
        """
            01 00 B1 2F  // i=12209, the binary encoding of FindServersOnNetworkResponse
            {ResponseHeader}
            00 57 E1 58 28 3D DA 01  // LastCounterResetTime: 1 s after 2024-01-02T03:04:05Z
            01 00 00 00  // Servers: 1 element
            02 03 02 01  // RecordId: 0x01020302
            03 00 00 00 53 4E 33  // ServerName: "SN3"
            03 00 00 00 44 55 34  // DiscoveryUrl: "DU4"
            02 00 00 00  // Servers.ServerCapabilities: 2 elements
            03 00 00 00 53 43 35  // ServerCapabilities: "SC5"
            03 00 00 00 53 43 36  // ServerCapabilities: "SC6"
        """);

    [Fact]
    public void GetEndpoints_request() => Golden.Request(
        new GetEndpointsRequest(
            Header: Golden.RequestHeader,
            EndpointUrl: "EU1",
            LocaleIds: ["LI2", "LI3"],
            ProfileUris: ["PU4", "PU5"]),
        """
            01 00 AC 01  // i=428, the binary encoding of GetEndpointsRequest
            {RequestHeader}
            03 00 00 00 45 55 31  // EndpointUrl: "EU1"
            02 00 00 00  // LocaleIds: 2 elements
            03 00 00 00 4C 49 32  // LocaleIds: "LI2"
            03 00 00 00 4C 49 33  // LocaleIds: "LI3"
            02 00 00 00  // ProfileUris: 2 elements
            03 00 00 00 50 55 34  // ProfileUris: "PU4"
            03 00 00 00 50 55 35  // ProfileUris: "PU5"
        """);

    [Fact]
    public void GetEndpoints_response() => Golden.Response(
        new GetEndpointsResponse(
            Header: Golden.ResponseHeader,
            Endpoints: [new EndpointDescription(
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
                SecurityLevel: 16)]),
        """
            01 00 AF 01  // i=431, the binary encoding of GetEndpointsResponse
            {ResponseHeader}
            01 00 00 00  // Endpoints: 1 element
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
            01 00 00 00  // Endpoints.UserIdentityTokens: 1 element
            04 00 00 00 50 49 31 31  // PolicyId: "PI11"
            03 00 00 00  // TokenType: IssuedToken
            05 00 00 00 49 54 54 31 32  // IssuedTokenType: "ITT12"
            05 00 00 00 49 45 55 31 33  // IssuerEndpointUrl: "IEU13"
            05 00 00 00 53 50 55 31 34  // SecurityPolicyUri: "SPU14"
            05 00 00 00 54 50 55 31 35  // TransportProfileUri: "TPU15"
            10  // SecurityLevel: 16
        """);

    [Fact]
    public void RegisterServer_request() => Golden.Request(
        new RegisterServerRequest(
            Header: Golden.RequestHeader,
            Server: new RegisteredServer(
                ServerUri: "SU1",
                ProductUri: "PU2",
                ServerNames: [new LocalizedText("en", "L3")],
                ServerType: ApplicationType.DiscoveryServer,
                GatewayServerUri: "GSU4",
                DiscoveryUrls: ["DU5", "DU6"],
                SemaphoreFilePath: "SFP7",
                IsOnline: true)),
        """
            01 00 B5 01  // i=437, the binary encoding of RegisterServerRequest
            {RequestHeader}
            03 00 00 00 53 55 31  // ServerUri: "SU1"
            03 00 00 00 50 55 32  // ProductUri: "PU2"
            01 00 00 00  // Server.ServerNames: 1 element
            03 02 00 00 00 65 6E 02 00 00 00 4C 33  // ServerNames: "L3" in en
            03 00 00 00  // ServerType: DiscoveryServer
            04 00 00 00 47 53 55 34  // GatewayServerUri: "GSU4"
            02 00 00 00  // Server.DiscoveryUrls: 2 elements
            03 00 00 00 44 55 35  // DiscoveryUrls: "DU5"
            03 00 00 00 44 55 36  // DiscoveryUrls: "DU6"
            04 00 00 00 53 46 50 37  // SemaphoreFilePath: "SFP7"
            01  // IsOnline: true
        """);

    [Fact]
    public void RegisterServer_response() => Golden.Response(
        new RegisterServerResponse(Header: Golden.ResponseHeader),
        """
            01 00 B8 01  // i=440, the binary encoding of RegisterServerResponse
            {ResponseHeader}
        """);

    [Fact]
    public void RegisterServer2_request() => Golden.Request(
        new RegisterServer2Request(
            Header: Golden.RequestHeader,
            Server: new RegisteredServer(
                ServerUri: "SU1",
                ProductUri: "PU2",
                ServerNames: [new LocalizedText("en", "L3")],
                ServerType: ApplicationType.DiscoveryServer,
                GatewayServerUri: "GSU4",
                DiscoveryUrls: ["DU5", "DU6"],
                SemaphoreFilePath: "SFP7",
                IsOnline: true),
            DiscoveryConfiguration: [new ExtensionObject(new NodeId(9, 1), ExtensionObjectEncoding.Binary, [0xE0])]),
        """
            01 00 B3 2F  // i=12211, the binary encoding of RegisterServer2Request
            {RequestHeader}
            03 00 00 00 53 55 31  // ServerUri: "SU1"
            03 00 00 00 50 55 32  // ProductUri: "PU2"
            01 00 00 00  // Server.ServerNames: 1 element
            03 02 00 00 00 65 6E 02 00 00 00 4C 33  // ServerNames: "L3" in en
            03 00 00 00  // ServerType: DiscoveryServer
            04 00 00 00 47 53 55 34  // GatewayServerUri: "GSU4"
            02 00 00 00  // Server.DiscoveryUrls: 2 elements
            03 00 00 00 44 55 35  // DiscoveryUrls: "DU5"
            03 00 00 00 44 55 36  // DiscoveryUrls: "DU6"
            04 00 00 00 53 46 50 37  // SemaphoreFilePath: "SFP7"
            01  // IsOnline: true
            01 00 00 00  // DiscoveryConfiguration: 1 element
            01 01 09 00 01 01 00 00 00 E0  // DiscoveryConfiguration: ns=1;i=9, binary, 1 byte
        """);

    [Fact]
    public void RegisterServer2_response() => Golden.Response(
        new RegisterServer2Response(
            Header: Golden.ResponseHeader,
            ConfigurationResults: [new StatusCode(0x80020000)],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 2)]),
        """
            01 00 B4 2F  // i=12212, the binary encoding of RegisterServer2Response
            {ResponseHeader}
            01 00 00 00  // ConfigurationResults: 1 element
            00 00 02 80  // ConfigurationResults: 0x80020000
            01 00 00 00  // DiagnosticInfos: 1 element
            01 02 00 00 00  // DiagnosticInfos: symbolic id 2
        """);
}
