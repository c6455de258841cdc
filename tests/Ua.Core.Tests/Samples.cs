namespace Ua.Core.Tests;

/// <summary>A request of every service with something in each of its arrays, as raw material for damage.</summary>
internal static class Samples
{
    private static readonly RequestHeader s_header = Golden.RequestHeader;
    private static readonly SignatureData s_signature = new("alg", [1, 2, 3]);
    private static readonly ApplicationDescription s_application =
        new("urn:a", "urn:p", new LocalizedText("en", "A"), ApplicationType.Client, null, null, ["opc.tcp://a:4840"]);

    private static readonly RegisteredServer s_server =
        new("urn:a", "urn:p", [new LocalizedText("A")], ApplicationType.Server, null, ["opc.tcp://a:4840"], null, IsOnline: true);

    private static readonly EventFilter s_filter = new(
        [new SimpleAttributeOperand(new NodeId(2041), [new QualifiedName("Message")], 13)],
        new ContentFilter(
        [
            new ContentFilterElement(FilterOperator.OfType, [ExtensionObject.Of(new LiteralOperand(new NodeId(2041)))]),
            new ContentFilterElement(FilterOperator.Not, [ExtensionObject.Of(new ElementOperand(0))]),
        ]));

    private static readonly MonitoringParameters s_parameters = new(1, 100, ExtensionObject.Of(s_filter), 10, DiscardOldest: true);

    public static readonly IServiceRequest[] Requests =
    [
        new FindServersRequest(s_header, "opc.tcp://a:4840", ["en"], ["urn:a"]),
        new FindServersOnNetworkRequest(s_header, 1, 2, ["DA"]),
        new GetEndpointsRequest(s_header, "opc.tcp://a:4840", ["en"], ["profile"]),
        new RegisterServerRequest(s_header, s_server),
        new RegisterServer2Request(s_header, s_server, [ExtensionObject.Of(new MdnsDiscoveryConfiguration("a", ["DA"]))]),
        new OpenSecureChannelRequest(s_header, 0, SecurityTokenRequestType.Issue, MessageSecurityMode.Sign, [1, 2], 3_600_000),
        new CloseSecureChannelRequest(s_header),
        new CreateSessionRequest(s_header, s_application, null, "opc.tcp://a:4840", "s", [1, 2], [3, 4], 60_000, 0),
        new ActivateSessionRequest(s_header, s_signature, [], ["en"], ExtensionObject.Of(new UserNameIdentityToken("p", "u", [1], "alg")), s_signature),
        new CloseSessionRequest(s_header, true),
        new CancelRequest(s_header, 1),
        new BrowseRequest(
            s_header,
            new ViewDescription(NodeId.Null, DateTime.MinValue, 0),
            10,
            [new BrowseDescription(new NodeId(85), BrowseDirection.Both, new NodeId(33), true, 0, BrowseResultMask.All)]),
        new BrowseNextRequest(s_header, true, [[1, 2], null]),
        new TranslateBrowsePathsToNodeIdsRequest(
            s_header,
            [new BrowsePath(new NodeId(85), new RelativePath([new RelativePathElement(new NodeId(33), false, true, new QualifiedName("Server"))]))]),
        new RegisterNodesRequest(s_header, [new NodeId("a", 1)]),
        new UnregisterNodesRequest(s_header, [new NodeId(Guid.Empty, 1)]),
        new ReadRequest(s_header, 0, TimestampsToReturn.Both, [new ReadValueId(new NodeId(2258), 13, "1:2", new QualifiedName("Default Binary"))]),
        new WriteRequest(s_header, [new WriteValue(new NodeId(2258), 13, null, new DataValue(Variant.Array(BuiltInType.Double, new double[] { 1, 2, 3, 4 }, [2, 2])))]),
        new CallRequest(s_header, [new CallMethodRequest(new NodeId(1), new NodeId(2), ["a", 1u, new string?[] { "b" }])]),
        new CreateMonitoredItemsRequest(s_header, 1, TimestampsToReturn.Server, [new MonitoredItemCreateRequest(new ReadValueId(new NodeId(2253), 12), MonitoringMode.Reporting, s_parameters)]),
        new ModifyMonitoredItemsRequest(s_header, 1, TimestampsToReturn.Server, [new MonitoredItemModifyRequest(1, s_parameters)]),
        new SetMonitoringModeRequest(s_header, 1, MonitoringMode.Sampling, [1, 2]),
        new SetTriggeringRequest(s_header, 1, 2, [3], [4]),
        new DeleteMonitoredItemsRequest(s_header, 1, [1, 2]),
        new CreateSubscriptionRequest(s_header, 1000, 100, 10, 0, true, 0),
        new ModifySubscriptionRequest(s_header, 1, 1000, 100, 10, 0, 0),
        new SetPublishingModeRequest(s_header, true, [1]),
        new PublishRequest(s_header, [new SubscriptionAcknowledgement(1, 2)]),
        new RepublishRequest(s_header, 1, 2),
        new TransferSubscriptionsRequest(s_header, [1], true),
        new DeleteSubscriptionsRequest(s_header, [1]),
    ];
}
