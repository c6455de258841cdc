namespace Ua.Core.Tests;

/// <summary>The bytes of view messages, field by field.</summary>
public sealed class ViewMessages
{
    [Fact]
    public void Browse_request() => Golden.Request(
        new BrowseRequest(
            Header: Golden.RequestHeader,
            View: new ViewDescription(ViewId: new NodeId(1, 1), Timestamp: Golden.At(second: 2), ViewVersion: 0x01020303),
            RequestedMaxReferencesPerNode: 0x01020304,
            NodesToBrowse: [new BrowseDescription(
                NodeId: new NodeId(5, 1),
                BrowseDirection: BrowseDirection.Invalid,
                ReferenceTypeId: new NodeId(6, 1),
                IncludeSubtypes: true,
                NodeClassMask: 0x01020308,
                ResultMask: BrowseResultMask.All)]),
        """
            01 00 0F 02  // i=527, the binary encoding of BrowseRequest
            {RequestHeader}
            01 01 01 00  // ViewId: ns=1;i=1
            80 ED 79 59 28 3D DA 01  // Timestamp: 2 s after 2024-01-02T03:04:05Z
            03 03 02 01  // ViewVersion: 0x01020303
            04 03 02 01  // RequestedMaxReferencesPerNode: 0x01020304
            01 00 00 00  // NodesToBrowse: 1 element
            01 01 05 00  // NodeId: ns=1;i=5
            03 00 00 00  // BrowseDirection: Invalid
            01 01 06 00  // ReferenceTypeId: ns=1;i=6
            01  // IncludeSubtypes: true
            08 03 02 01  // NodeClassMask: 0x01020308
            3F 00 00 00  // ResultMask: All
        """);

    [Fact]
    public void Browse_response() => Golden.Response(
        new BrowseResponse(
            Header: Golden.ResponseHeader,
            Results: [new BrowseResult(
                StatusCode: new StatusCode(0x80020000),
                ContinuationPoint: [0x02, 0xB0],
                References: [new ReferenceDescription(
                    ReferenceTypeId: new NodeId(3, 1),
                    IsForward: true,
                    NodeId: new ExpandedNodeId(new NodeId(5, 0), "u"),
                    BrowseName: new QualifiedName("Q6", 1),
                    DisplayName: new LocalizedText("en", "L7"),
                    NodeClass: NodeClass.View,
                    TypeDefinition: new ExpandedNodeId(new NodeId(8, 0), "u"))])],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 9)]),
        """
            01 00 12 02  // i=530, the binary encoding of BrowseResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            00 00 02 80  // StatusCode: 0x80020000
            02 00 00 00 02 B0  // ContinuationPoint: 2 bytes
            01 00 00 00  // Results.References: 1 element
            01 01 03 00  // ReferenceTypeId: ns=1;i=3
            01  // IsForward: true
            80 05 01 00 00 00 75  // NodeId: i=5 with the namespace URI "u"
            01 00 02 00 00 00 51 36  // BrowseName: 1:Q6
            03 02 00 00 00 65 6E 02 00 00 00 4C 37  // DisplayName: "L7" in en
            80 00 00 00  // NodeClass: View
            80 08 01 00 00 00 75  // TypeDefinition: i=8 with the namespace URI "u"
            01 00 00 00  // DiagnosticInfos: 1 element
            01 09 00 00 00  // DiagnosticInfos: symbolic id 9
        """);

    [Fact]
    public void BrowseNext_request() => Golden.Request(
        new BrowseNextRequest(
            Header: Golden.RequestHeader,
            ReleaseContinuationPoints: true,
            ContinuationPoints: [[0x02, 0xB0]]),
        """
            01 00 15 02  // i=533, the binary encoding of BrowseNextRequest
            {RequestHeader}
            01  // ReleaseContinuationPoints: true
            01 00 00 00  // ContinuationPoints: 1 element
            02 00 00 00 02 B0  // ContinuationPoints: 2 bytes
        """);

    [Fact]
    public void BrowseNext_response() => Golden.Response(
        new BrowseNextResponse(
            Header: Golden.ResponseHeader,
            Results: [new BrowseResult(
                StatusCode: new StatusCode(0x80020000),
                ContinuationPoint: [0x02, 0xB0],
                References: [new ReferenceDescription(
                    ReferenceTypeId: new NodeId(3, 1),
                    IsForward: true,
                    NodeId: new ExpandedNodeId(new NodeId(5, 0), "u"),
                    BrowseName: new QualifiedName("Q6", 1),
                    DisplayName: new LocalizedText("en", "L7"),
                    NodeClass: NodeClass.View,
                    TypeDefinition: new ExpandedNodeId(new NodeId(8, 0), "u"))])],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 9)]),
        """
            01 00 18 02  // i=536, the binary encoding of BrowseNextResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            00 00 02 80  // StatusCode: 0x80020000
            02 00 00 00 02 B0  // ContinuationPoint: 2 bytes
            01 00 00 00  // Results.References: 1 element
            01 01 03 00  // ReferenceTypeId: ns=1;i=3
            01  // IsForward: true
            80 05 01 00 00 00 75  // NodeId: i=5 with the namespace URI "u"
            01 00 02 00 00 00 51 36  // BrowseName: 1:Q6
            03 02 00 00 00 65 6E 02 00 00 00 4C 37  // DisplayName: "L7" in en
            80 00 00 00  // NodeClass: View
            80 08 01 00 00 00 75  // TypeDefinition: i=8 with the namespace URI "u"
            01 00 00 00  // DiagnosticInfos: 1 element
            01 09 00 00 00  // DiagnosticInfos: symbolic id 9
        """);

    [Fact]
    public void TranslateBrowsePathsToNodeIds_request() => Golden.Request(
        new TranslateBrowsePathsToNodeIdsRequest(
            Header: Golden.RequestHeader,
            BrowsePaths: [new BrowsePath(
                StartingNode: new NodeId(1, 1),
                RelativePath: new RelativePath(
                    Elements: [new RelativePathElement(
                        ReferenceTypeId: new NodeId(2, 1),
                        IsInverse: true,
                        IncludeSubtypes: false,
                        TargetName: new QualifiedName("Q5", 1))]))]),
        """
            01 00 2A 02  // i=554, the binary encoding of TranslateBrowsePathsToNodeIdsRequest
            {RequestHeader}
            01 00 00 00  // BrowsePaths: 1 element
            01 01 01 00  // StartingNode: ns=1;i=1
            01 00 00 00  // RelativePath.Elements: 1 element
            01 01 02 00  // ReferenceTypeId: ns=1;i=2
            01  // IsInverse: true
            00  // IncludeSubtypes: false
            01 00 02 00 00 00 51 35  // TargetName: 1:Q5
        """);

    [Fact]
    public void TranslateBrowsePathsToNodeIds_response() => Golden.Response(
        new TranslateBrowsePathsToNodeIdsResponse(
            Header: Golden.ResponseHeader,
            Results: [new BrowsePathResult(
                StatusCode: new StatusCode(0x80020000),
                Targets: [new BrowsePathTarget(
                    TargetId: new ExpandedNodeId(new NodeId(2, 0), "u"),
                    RemainingPathIndex: 0x01020303)])],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 4)]),
        """
            01 00 2D 02  // i=557, the binary encoding of TranslateBrowsePathsToNodeIdsResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            00 00 02 80  // StatusCode: 0x80020000
            01 00 00 00  // Results.Targets: 1 element
            80 02 01 00 00 00 75  // TargetId: i=2 with the namespace URI "u"
            03 03 02 01  // RemainingPathIndex: 0x01020303
            01 00 00 00  // DiagnosticInfos: 1 element
            01 04 00 00 00  // DiagnosticInfos: symbolic id 4
        """);

    [Fact]
    public void RegisterNodes_request() => Golden.Request(
        new RegisterNodesRequest(Header: Golden.RequestHeader, NodesToRegister: [new NodeId(1, 1)]),
        """
            01 00 30 02  // i=560, the binary encoding of RegisterNodesRequest
            {RequestHeader}
            01 00 00 00  // NodesToRegister: 1 element
            01 01 01 00  // NodesToRegister: ns=1;i=1
        """);

    [Fact]
    public void RegisterNodes_response() => Golden.Response(
        new RegisterNodesResponse(Header: Golden.ResponseHeader, RegisteredNodeIds: [new NodeId(1, 1)]),
        """
            01 00 33 02  // i=563, the binary encoding of RegisterNodesResponse
            {ResponseHeader}
            01 00 00 00  // RegisteredNodeIds: 1 element
            01 01 01 00  // RegisteredNodeIds: ns=1;i=1
        """);

    [Fact]
    public void UnregisterNodes_request() => Golden.Request(
        new UnregisterNodesRequest(Header: Golden.RequestHeader, NodesToUnregister: [new NodeId(1, 1)]),
        """
            01 00 36 02  // i=566, the binary encoding of UnregisterNodesRequest
            {RequestHeader}
            01 00 00 00  // NodesToUnregister: 1 element
            01 01 01 00  // NodesToUnregister: ns=1;i=1
        """);

    [Fact]
    public void UnregisterNodes_response() => Golden.Response(
        new UnregisterNodesResponse(Header: Golden.ResponseHeader),
        """
            01 00 39 02  // i=569, the binary encoding of UnregisterNodesResponse
            {ResponseHeader}
        """);
}
