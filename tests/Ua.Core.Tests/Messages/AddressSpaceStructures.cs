namespace Ua.Core.Tests;

/// <summary>The bytes of what nodes carry as values.</summary>
public sealed class AddressSpaceStructures
{
    [Fact]
    public void ReferenceDescription() => Golden.Encodable(520,
        new ReferenceDescription(
            ReferenceTypeId: new NodeId(1, 1),
            IsForward: true,
            NodeId: new ExpandedNodeId(new NodeId(3, 0), "u"),
            BrowseName: new QualifiedName("Q4", 1),
            DisplayName: new LocalizedText("en", "L5"),
            NodeClass: NodeClass.View,
            TypeDefinition: new ExpandedNodeId(new NodeId(6, 0), "u")),
        """
            01 01 01 00  // ReferenceTypeId: ns=1;i=1
            01  // IsForward: true
            80 03 01 00 00 00 75  // NodeId: i=3 with the namespace URI "u"
            01 00 02 00 00 00 51 34  // BrowseName: 1:Q4
            03 02 00 00 00 65 6E 02 00 00 00 4C 35  // DisplayName: "L5" in en
            80 00 00 00  // NodeClass: View
            80 06 01 00 00 00 75  // TypeDefinition: i=6 with the namespace URI "u"
        """);

    [Fact]
    public void RelativePathElement() => Golden.Encodable(539,
        new RelativePathElement(
            ReferenceTypeId: new NodeId(1, 1),
            IsInverse: true,
            IncludeSubtypes: false,
            TargetName: new QualifiedName("Q4", 1)),
        """
            01 01 01 00  // ReferenceTypeId: ns=1;i=1
            01  // IsInverse: true
            00  // IncludeSubtypes: false
            01 00 02 00 00 00 51 34  // TargetName: 1:Q4
        """);

    [Fact]
    public void RelativePath() => Golden.Encodable(542,
        new RelativePath(
            Elements: [new RelativePathElement(
                ReferenceTypeId: new NodeId(1, 1),
                IsInverse: true,
                IncludeSubtypes: false,
                TargetName: new QualifiedName("Q4", 1))]),
        """
            01 00 00 00  // Elements: 1 element
            01 01 01 00  // ReferenceTypeId: ns=1;i=1
            01  // IsInverse: true
            00  // IncludeSubtypes: false
            01 00 02 00 00 00 51 34  // TargetName: 1:Q4
        """);

    [Fact]
    public void Argument() => Golden.Encodable(298,
        new Argument(
            Name: "N1",
            DataType: new NodeId(2, 1),
            ValueRank: -3,
            ArrayDimensions: [0x01020304, 0x01020305],
            Description: new LocalizedText("en", "L6")),
        """
            02 00 00 00 4E 31  // Name: "N1"
            01 01 02 00  // DataType: ns=1;i=2
            FD FF FF FF  // ValueRank: -3
            02 00 00 00  // ArrayDimensions: 2 elements
            04 03 02 01  // ArrayDimensions: 0x01020304
            05 03 02 01  // ArrayDimensions: 0x01020305
            03 02 00 00 00 65 6E 02 00 00 00 4C 36  // Description: "L6" in en
        """);

    [Fact]
    public void EnumValueType() => Golden.Encodable(8251,
        new EnumValueType(
            Value: -1,
            DisplayName: new LocalizedText("en", "L2"),
            Description: new LocalizedText("en", "L3")),
        """
            FF FF FF FF FF FF FF FF  // Value: -1
            03 02 00 00 00 65 6E 02 00 00 00 4C 32  // DisplayName: "L2" in en
            03 02 00 00 00 65 6E 02 00 00 00 4C 33  // Description: "L3" in en
        """);

    [Fact]
    public void EnumDefinition() => Golden.Encodable(123,
        new EnumDefinition(
            Fields: [new EnumField(
                Value: -1,
                DisplayName: new LocalizedText("en", "L2"),
                Description: new LocalizedText("en", "L3"),
                Name: "N4")]),
        """
            01 00 00 00  // Fields: 1 element
            FF FF FF FF FF FF FF FF  // Value: -1
            03 02 00 00 00 65 6E 02 00 00 00 4C 32  // DisplayName: "L2" in en
            03 02 00 00 00 65 6E 02 00 00 00 4C 33  // Description: "L3" in en
            02 00 00 00 4E 34  // Name: "N4"
        """);

    [Fact]
    public void EnumField() => Golden.Encodable(14845,
        new EnumField(
            Value: -1,
            DisplayName: new LocalizedText("en", "L2"),
            Description: new LocalizedText("en", "L3"),
            Name: "N4"),
        """
            FF FF FF FF FF FF FF FF  // Value: -1
            03 02 00 00 00 65 6E 02 00 00 00 4C 32  // DisplayName: "L2" in en
            03 02 00 00 00 65 6E 02 00 00 00 4C 33  // Description: "L3" in en
            02 00 00 00 4E 34  // Name: "N4"
        """);

    [Fact]
    public void StructureDefinition() => Golden.Encodable(122,
        new StructureDefinition(
            DefaultEncodingId: new NodeId(1, 1),
            BaseDataType: new NodeId(2, 1),
            StructureType: StructureType.UnionWithSubtypedValues,
            Fields: [new StructureField(
                Name: "N3",
                Description: new LocalizedText("en", "L4"),
                DataType: new NodeId(5, 1),
                ValueRank: -6,
                ArrayDimensions: [0x01020307, 0x01020308],
                MaxStringLength: 0x01020309,
                IsOptional: true)]),
        """
            01 01 01 00  // DefaultEncodingId: ns=1;i=1
            01 01 02 00  // BaseDataType: ns=1;i=2
            04 00 00 00  // StructureType: UnionWithSubtypedValues
            01 00 00 00  // Fields: 1 element
            02 00 00 00 4E 33  // Name: "N3"
            03 02 00 00 00 65 6E 02 00 00 00 4C 34  // Description: "L4" in en
            01 01 05 00  // DataType: ns=1;i=5
            FA FF FF FF  // ValueRank: -6
            02 00 00 00  // Fields.ArrayDimensions: 2 elements
            07 03 02 01  // ArrayDimensions: 0x01020307
            08 03 02 01  // ArrayDimensions: 0x01020308
            09 03 02 01  // MaxStringLength: 0x01020309
            01  // IsOptional: true
        """);

    [Fact]
    public void StructureField() => Golden.Encodable(14844,
        new StructureField(
            Name: "N1",
            Description: new LocalizedText("en", "L2"),
            DataType: new NodeId(3, 1),
            ValueRank: -4,
            ArrayDimensions: [0x01020305, 0x01020306],
            MaxStringLength: 0x01020307,
            IsOptional: true),
        """
            02 00 00 00 4E 31  // Name: "N1"
            03 02 00 00 00 65 6E 02 00 00 00 4C 32  // Description: "L2" in en
            01 01 03 00  // DataType: ns=1;i=3
            FC FF FF FF  // ValueRank: -4
            02 00 00 00  // ArrayDimensions: 2 elements
            05 03 02 01  // ArrayDimensions: 0x01020305
            06 03 02 01  // ArrayDimensions: 0x01020306
            07 03 02 01  // MaxStringLength: 0x01020307
            01  // IsOptional: true
        """);

    [Fact]
    public void RolePermissionType() => Golden.Encodable(128,
        new RolePermissionType(
            RoleId: new NodeId(1, 1),
            Permissions: PermissionType.Browse | PermissionType.Read),
        """
            01 01 01 00  // RoleId: ns=1;i=1
            21 00 00 00  // Permissions: Browse | PermissionType.Read
        """);

    [Fact]
    public void EUInformation() => Golden.Encodable(889,
        new EUInformation(
            NamespaceUri: "NU1",
            UnitId: -2,
            DisplayName: new LocalizedText("en", "L3"),
            Description: new LocalizedText("en", "L4")),
        """
            03 00 00 00 4E 55 31  // NamespaceUri: "NU1"
            FE FF FF FF  // UnitId: -2
            03 02 00 00 00 65 6E 02 00 00 00 4C 33  // DisplayName: "L3" in en
            03 02 00 00 00 65 6E 02 00 00 00 4C 34  // Description: "L4" in en
        """);

    [Fact]
    public void BuildInfo() => Golden.Encodable(340,
        new BuildInfo(
            ProductUri: "PU1",
            ManufacturerName: "MN2",
            ProductName: "PN3",
            SoftwareVersion: "SV4",
            BuildNumber: "BN5",
            BuildDate: Golden.At(second: 6)),
        """
            03 00 00 00 50 55 31  // ProductUri: "PU1"
            03 00 00 00 4D 4E 32  // ManufacturerName: "MN2"
            03 00 00 00 50 4E 33  // ProductName: "PN3"
            03 00 00 00 53 56 34  // SoftwareVersion: "SV4"
            03 00 00 00 42 4E 35  // BuildNumber: "BN5"
            80 47 DC 5B 28 3D DA 01  // BuildDate: 6 s after 2024-01-02T03:04:05Z
        """);

    [Fact]
    public void ServerStatusDataType() => Golden.Encodable(864,
        new ServerStatusDataType(
            StartTime: Golden.At(second: 1),
            CurrentTime: Golden.At(second: 2),
            State: ServerState.Unknown,
            BuildInfo: new BuildInfo(
                ProductUri: "PU3",
                ManufacturerName: "MN4",
                ProductName: "PN5",
                SoftwareVersion: "SV6",
                BuildNumber: "BN7",
                BuildDate: Golden.At(second: 8)),
            SecondsTillShutdown: 0x01020309,
            ShutdownReason: new LocalizedText("en", "L10")),
        """
            00 57 E1 58 28 3D DA 01  // StartTime: 1 s after 2024-01-02T03:04:05Z
            80 ED 79 59 28 3D DA 01  // CurrentTime: 2 s after 2024-01-02T03:04:05Z
            07 00 00 00  // State: Unknown
            03 00 00 00 50 55 33  // ProductUri: "PU3"
            03 00 00 00 4D 4E 34  // ManufacturerName: "MN4"
            03 00 00 00 50 4E 35  // ProductName: "PN5"
            03 00 00 00 53 56 36  // SoftwareVersion: "SV6"
            03 00 00 00 42 4E 37  // BuildNumber: "BN7"
            80 74 0D 5D 28 3D DA 01  // BuildDate: 8 s after 2024-01-02T03:04:05Z
            09 03 02 01  // SecondsTillShutdown: 0x01020309
            03 02 00 00 00 65 6E 03 00 00 00 4C 31 30  // ShutdownReason: "L10" in en
        """);

    [Fact]
    public void ServerDiagnosticsSummaryDataType() => Golden.Encodable(861,
        new ServerDiagnosticsSummaryDataType(
            ServerViewCount: 0x01020301,
            CurrentSessionCount: 0x01020302,
            CumulatedSessionCount: 0x01020303,
            SecurityRejectedSessionCount: 0x01020304,
            RejectedSessionCount: 0x01020305,
            SessionTimeoutCount: 0x01020306,
            SessionAbortCount: 0x01020307,
            CurrentSubscriptionCount: 0x01020308,
            CumulatedSubscriptionCount: 0x01020309,
            PublishingIntervalCount: 0x0102030A,
            SecurityRejectedRequestsCount: 0x0102030B,
            RejectedRequestsCount: 0x0102030C),
        """
            01 03 02 01  // ServerViewCount: 0x01020301
            02 03 02 01  // CurrentSessionCount: 0x01020302
            03 03 02 01  // CumulatedSessionCount: 0x01020303
            04 03 02 01  // SecurityRejectedSessionCount: 0x01020304
            05 03 02 01  // RejectedSessionCount: 0x01020305
            06 03 02 01  // SessionTimeoutCount: 0x01020306
            07 03 02 01  // SessionAbortCount: 0x01020307
            08 03 02 01  // CurrentSubscriptionCount: 0x01020308
            09 03 02 01  // CumulatedSubscriptionCount: 0x01020309
            0A 03 02 01  // PublishingIntervalCount: 0x0102030A
            0B 03 02 01  // SecurityRejectedRequestsCount: 0x0102030B
            0C 03 02 01  // RejectedRequestsCount: 0x0102030C
        """);

    [Fact]
    public void TrustListDataType() => Golden.Encodable(12680,
        new TrustListDataType(
            SpecifiedLists: TrustListMasks.All,
            TrustedCertificates: [[0x01, 0xB0]],
            TrustedCrls: [[0x02, 0xB0]],
            IssuerCertificates: [[0x03, 0xB0]],
            IssuerCrls: [[0x04, 0xB0]]),
        """
            0F 00 00 00  // SpecifiedLists: All
            01 00 00 00  // TrustedCertificates: 1 element
            02 00 00 00 01 B0  // TrustedCertificates: 2 bytes
            01 00 00 00  // TrustedCrls: 1 element
            02 00 00 00 02 B0  // TrustedCrls: 2 bytes
            01 00 00 00  // IssuerCertificates: 1 element
            02 00 00 00 03 B0  // IssuerCertificates: 2 bytes
            01 00 00 00  // IssuerCrls: 1 element
            02 00 00 00 04 B0  // IssuerCrls: 2 bytes
        """);

    [Fact]
    public void KeyValuePair() => Golden.Encodable(14846,
        new KeyValuePair(Key: new QualifiedName("Q1", 1), Value: 0x0A0B0C02u),
        """
            01 00 02 00 00 00 51 31  // Key: 1:Q1
            07 02 0C 0B 0A  // Value: UInt32 0x0A0B0C02
        """);

    [Fact]
    public void AdditionalParametersType() => Golden.Encodable(17537,
        new AdditionalParametersType(
            Parameters: [new KeyValuePair(Key: new QualifiedName("Q1", 1), Value: 0x0A0B0C02u)]),
        """
            01 00 00 00  // Parameters: 1 element
            01 00 02 00 00 00 51 31  // Key: 1:Q1
            07 02 0C 0B 0A  // Value: UInt32 0x0A0B0C02
        """);

    [Fact]
    public void ViewDescription() => Golden.Structure(
        new ViewDescription(ViewId: new NodeId(1, 1), Timestamp: Golden.At(second: 2), ViewVersion: 0x01020303),
        """
            01 01 01 00  // ViewId: ns=1;i=1
            80 ED 79 59 28 3D DA 01  // Timestamp: 2 s after 2024-01-02T03:04:05Z
            03 03 02 01  // ViewVersion: 0x01020303
        """);
}
