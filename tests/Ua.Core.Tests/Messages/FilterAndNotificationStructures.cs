namespace Ua.Core.Tests;

/// <summary>The bytes of filters, operands and notifications.</summary>
public sealed class FilterAndNotificationStructures
{
    [Fact]
    public void ElementOperand() => Golden.Encodable(594,
        new ElementOperand(Index: 0x01020301),
        """
            01 03 02 01  // Index: 0x01020301
        """);

    [Fact]
    public void LiteralOperand() => Golden.Encodable(597,
        new LiteralOperand(Value: 0x0A0B0C01u),
        """
            07 01 0C 0B 0A  // Value: UInt32 0x0A0B0C01
        """);

    [Fact]
    public void AttributeOperand() => Golden.Encodable(600,
        new AttributeOperand(
            NodeId: new NodeId(1, 1),
            Alias: "A2",
            BrowsePath: new RelativePath(
                Elements: [new RelativePathElement(
                    ReferenceTypeId: new NodeId(3, 1),
                    IsInverse: true,
                    IncludeSubtypes: false,
                    TargetName: new QualifiedName("Q6", 1))]),
            AttributeId: 0x01020307,
            IndexRange: "IR8"),
        """
            01 01 01 00  // NodeId: ns=1;i=1
            02 00 00 00 41 32  // Alias: "A2"
            01 00 00 00  // BrowsePath.Elements: 1 element
            01 01 03 00  // ReferenceTypeId: ns=1;i=3
            01  // IsInverse: true
            00  // IncludeSubtypes: false
            01 00 02 00 00 00 51 36  // TargetName: 1:Q6
            07 03 02 01  // AttributeId: 0x01020307
            03 00 00 00 49 52 38  // IndexRange: "IR8"
        """);

    [Fact]
    public void SimpleAttributeOperand() => Golden.Encodable(603,
        new SimpleAttributeOperand(
            TypeDefinitionId: new NodeId(1, 1),
            BrowsePath: [new QualifiedName("Q2", 1)],
            AttributeId: 0x01020303,
            IndexRange: "IR4"),
        """
            01 01 01 00  // TypeDefinitionId: ns=1;i=1
            01 00 00 00  // BrowsePath: 1 element
            01 00 02 00 00 00 51 32  // BrowsePath: 1:Q2
            03 03 02 01  // AttributeId: 0x01020303
            03 00 00 00 49 52 34  // IndexRange: "IR4"
        """);

    [Fact]
    public void ContentFilter() => Golden.Encodable(588,
        new ContentFilter(
            Elements: [new ContentFilterElement(
                FilterOperator: FilterOperator.BitwiseOr,
                FilterOperands: [new ExtensionObject(new NodeId(1, 1), ExtensionObjectEncoding.Binary, [0xE0])])]),
        """
            01 00 00 00  // Elements: 1 element
            11 00 00 00  // FilterOperator: BitwiseOr
            01 00 00 00  // Elements.FilterOperands: 1 element
            01 01 01 00 01 01 00 00 00 E0  // FilterOperands: ns=1;i=1, binary, 1 byte
        """);

    [Fact]
    public void ContentFilterResult() => Golden.Encodable(609,
        new ContentFilterResult(
            ElementResults: [new ContentFilterElementResult(
                StatusCode: new StatusCode(0x80020000),
                OperandStatusCodes: [new StatusCode(0x80030000)],
                OperandDiagnosticInfos: [new DiagnosticInfo(SymbolicId: 3)])],
            ElementDiagnosticInfos: [new DiagnosticInfo(SymbolicId: 4)]),
        """
            01 00 00 00  // ElementResults: 1 element
            00 00 02 80  // StatusCode: 0x80020000
            01 00 00 00  // ElementResults.OperandStatusCodes: 1 element
            00 00 03 80  // OperandStatusCodes: 0x80030000
            01 00 00 00  // ElementResults.OperandDiagnosticInfos: 1 element
            01 03 00 00 00  // OperandDiagnosticInfos: symbolic id 3
            01 00 00 00  // ElementDiagnosticInfos: 1 element
            01 04 00 00 00  // ElementDiagnosticInfos: symbolic id 4
        """);

    [Fact]
    public void DataChangeFilter() => Golden.Encodable(724,
        new DataChangeFilter(
            Trigger: DataChangeTrigger.StatusValueTimestamp,
            DeadbandType: DeadbandType.Absolute,
            DeadbandValue: 1.5),
        """
            02 00 00 00  // Trigger: StatusValueTimestamp
            01 00 00 00  // DeadbandType: Absolute
            00 00 00 00 00 00 F8 3F  // DeadbandValue: 1.5
        """);

    [Fact]
    public void EventFilter() => Golden.Encodable(727,
        new EventFilter(
            SelectClauses: [new SimpleAttributeOperand(
                TypeDefinitionId: new NodeId(1, 1),
                BrowsePath: [new QualifiedName("Q2", 1)],
                AttributeId: 0x01020303,
                IndexRange: "IR4")],
            WhereClause: new ContentFilter(
                Elements: [new ContentFilterElement(
                    FilterOperator: FilterOperator.BitwiseOr,
                    FilterOperands: [new ExtensionObject(new NodeId(5, 1), ExtensionObjectEncoding.Binary, [0xE0])])])),
        """
            01 00 00 00  // SelectClauses: 1 element
            01 01 01 00  // TypeDefinitionId: ns=1;i=1
            01 00 00 00  // SelectClauses.BrowsePath: 1 element
            01 00 02 00 00 00 51 32  // BrowsePath: 1:Q2
            03 03 02 01  // AttributeId: 0x01020303
            03 00 00 00 49 52 34  // IndexRange: "IR4"
            01 00 00 00  // WhereClause.Elements: 1 element
            11 00 00 00  // FilterOperator: BitwiseOr
            01 00 00 00  // Elements.FilterOperands: 1 element
            01 01 05 00 01 01 00 00 00 E0  // FilterOperands: ns=1;i=5, binary, 1 byte
        """);

    [Fact]
    public void EventFilterResult() => Golden.Encodable(736,
        new EventFilterResult(
            SelectClauseResults: [new StatusCode(0x80020000)],
            SelectClauseDiagnosticInfos: [new DiagnosticInfo(SymbolicId: 2)],
            WhereClauseResult: new ContentFilterResult(
                ElementResults: [new ContentFilterElementResult(
                    StatusCode: new StatusCode(0x80040000),
                    OperandStatusCodes: [new StatusCode(0x80050000)],
                    OperandDiagnosticInfos: [new DiagnosticInfo(SymbolicId: 5)])],
                ElementDiagnosticInfos: [new DiagnosticInfo(SymbolicId: 6)])),
        """
            01 00 00 00  // SelectClauseResults: 1 element
            00 00 02 80  // SelectClauseResults: 0x80020000
            01 00 00 00  // SelectClauseDiagnosticInfos: 1 element
            01 02 00 00 00  // SelectClauseDiagnosticInfos: symbolic id 2
            01 00 00 00  // WhereClauseResult.ElementResults: 1 element
            00 00 04 80  // StatusCode: 0x80040000
            01 00 00 00  // ElementResults.OperandStatusCodes: 1 element
            00 00 05 80  // OperandStatusCodes: 0x80050000
            01 00 00 00  // ElementResults.OperandDiagnosticInfos: 1 element
            01 05 00 00 00  // OperandDiagnosticInfos: symbolic id 5
            01 00 00 00  // WhereClauseResult.ElementDiagnosticInfos: 1 element
            01 06 00 00 00  // ElementDiagnosticInfos: symbolic id 6
        """);

    [Fact]
    public void NotificationMessage() => Golden.Encodable(805,
        new NotificationMessage(
            SequenceNumber: 0x01020301,
            PublishTime: Golden.At(second: 2),
            NotificationData: [new ExtensionObject(new NodeId(3, 1), ExtensionObjectEncoding.Binary, [0xE0])]),
        """
            01 03 02 01  // SequenceNumber: 0x01020301
            80 ED 79 59 28 3D DA 01  // PublishTime: 2 s after 2024-01-02T03:04:05Z
            01 00 00 00  // NotificationData: 1 element
            01 01 03 00 01 01 00 00 00 E0  // NotificationData: ns=1;i=3, binary, 1 byte
        """);

    [Fact]
    public void DataChangeNotification() => Golden.Encodable(811,
        new DataChangeNotification(
            MonitoredItems: [new MonitoredItemNotification(
                ClientHandle: 0x01020301,
                Value: new DataValue((byte)2, StatusCodes.Uncertain))],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 3)]),
        """
            01 00 00 00  // MonitoredItems: 1 element
            01 03 02 01  // ClientHandle: 0x01020301
            03 03 02 00 00 00 40  // Value: Byte 2, Uncertain
            01 00 00 00  // DiagnosticInfos: 1 element
            01 03 00 00 00  // DiagnosticInfos: symbolic id 3
        """);

    [Fact]
    public void EventNotificationList() => Golden.Encodable(916,
        new EventNotificationList(
            Events: [new EventFieldList(ClientHandle: 0x01020301, EventFields: [0x0A0B0C02u])]),
        """
            01 00 00 00  // Events: 1 element
            01 03 02 01  // ClientHandle: 0x01020301
            01 00 00 00  // Events.EventFields: 1 element
            07 02 0C 0B 0A  // EventFields: UInt32 0x0A0B0C02
        """);

    [Fact]
    public void StatusChangeNotification() => Golden.Encodable(820,
        new StatusChangeNotification(
            Status: new StatusCode(0x80020000),
            DiagnosticInfo: new DiagnosticInfo(SymbolicId: 2)),
        """
            00 00 02 80  // Status: 0x80020000
            01 02 00 00 00  // DiagnosticInfo: symbolic id 2
        """);
}
