namespace Ua.Core.Tests;

/// <summary>The bytes of subscription messages, field by field.</summary>
public sealed class SubscriptionMessages
{
    [Fact]
    public void CreateSubscription_request() => Golden.Request(
        new CreateSubscriptionRequest(
            Header: Golden.RequestHeader,
            RequestedPublishingInterval: 1.5,
            RequestedLifetimeCount: 0x01020302,
            RequestedMaxKeepAliveCount: 0x01020303,
            MaxNotificationsPerPublish: 0x01020304,
            PublishingEnabled: true,
            Priority: 6),
        """
            01 00 13 03  // i=787, the binary encoding of CreateSubscriptionRequest
            {RequestHeader}
            00 00 00 00 00 00 F8 3F  // RequestedPublishingInterval: 1.5
            02 03 02 01  // RequestedLifetimeCount: 0x01020302
            03 03 02 01  // RequestedMaxKeepAliveCount: 0x01020303
            04 03 02 01  // MaxNotificationsPerPublish: 0x01020304
            01  // PublishingEnabled: true
            06  // Priority: 6
        """);

    [Fact]
    public void CreateSubscription_response() => Golden.Response(
        new CreateSubscriptionResponse(
            Header: Golden.ResponseHeader,
            SubscriptionId: 0x01020301,
            RevisedPublishingInterval: 2.5,
            RevisedLifetimeCount: 0x01020303,
            RevisedMaxKeepAliveCount: 0x01020304),
        """
            01 00 16 03  // i=790, the binary encoding of CreateSubscriptionResponse
            {ResponseHeader}
            01 03 02 01  // SubscriptionId: 0x01020301
            00 00 00 00 00 00 04 40  // RevisedPublishingInterval: 2.5
            03 03 02 01  // RevisedLifetimeCount: 0x01020303
            04 03 02 01  // RevisedMaxKeepAliveCount: 0x01020304
        """);

    [Fact]
    public void ModifySubscription_request() => Golden.Request(
        new ModifySubscriptionRequest(
            Header: Golden.RequestHeader,
            SubscriptionId: 0x01020301,
            RequestedPublishingInterval: 2.5,
            RequestedLifetimeCount: 0x01020303,
            RequestedMaxKeepAliveCount: 0x01020304,
            MaxNotificationsPerPublish: 0x01020305,
            Priority: 6),
        """
            01 00 19 03  // i=793, the binary encoding of ModifySubscriptionRequest
            {RequestHeader}
            01 03 02 01  // SubscriptionId: 0x01020301
            00 00 00 00 00 00 04 40  // RequestedPublishingInterval: 2.5
            03 03 02 01  // RequestedLifetimeCount: 0x01020303
            04 03 02 01  // RequestedMaxKeepAliveCount: 0x01020304
            05 03 02 01  // MaxNotificationsPerPublish: 0x01020305
            06  // Priority: 6
        """);

    [Fact]
    public void ModifySubscription_response() => Golden.Response(
        new ModifySubscriptionResponse(
            Header: Golden.ResponseHeader,
            RevisedPublishingInterval: 1.5,
            RevisedLifetimeCount: 0x01020302,
            RevisedMaxKeepAliveCount: 0x01020303),
        """
            01 00 1C 03  // i=796, the binary encoding of ModifySubscriptionResponse
            {ResponseHeader}
            00 00 00 00 00 00 F8 3F  // RevisedPublishingInterval: 1.5
            02 03 02 01  // RevisedLifetimeCount: 0x01020302
            03 03 02 01  // RevisedMaxKeepAliveCount: 0x01020303
        """);

    [Fact]
    public void SetPublishingMode_request() => Golden.Request(
        new SetPublishingModeRequest(
            Header: Golden.RequestHeader,
            PublishingEnabled: true,
            SubscriptionIds: [0x01020302, 0x01020303]),
        """
            01 00 1F 03  // i=799, the binary encoding of SetPublishingModeRequest
            {RequestHeader}
            01  // PublishingEnabled: true
            02 00 00 00  // SubscriptionIds: 2 elements
            02 03 02 01  // SubscriptionIds: 0x01020302
            03 03 02 01  // SubscriptionIds: 0x01020303
        """);

    [Fact]
    public void SetPublishingMode_response() => Golden.Response(
        new SetPublishingModeResponse(
            Header: Golden.ResponseHeader,
            Results: [new StatusCode(0x80020000)],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 2)]),
        """
            01 00 22 03  // i=802, the binary encoding of SetPublishingModeResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            00 00 02 80  // Results: 0x80020000
            01 00 00 00  // DiagnosticInfos: 1 element
            01 02 00 00 00  // DiagnosticInfos: symbolic id 2
        """);

    [Fact]
    public void Publish_request() => Golden.Request(
        new PublishRequest(
            Header: Golden.RequestHeader,
            SubscriptionAcknowledgements: [new SubscriptionAcknowledgement(SubscriptionId: 0x01020301, SequenceNumber: 0x01020302)]),
        """
            01 00 3A 03  // i=826, the binary encoding of PublishRequest
            {RequestHeader}
            01 00 00 00  // SubscriptionAcknowledgements: 1 element
            01 03 02 01  // SubscriptionId: 0x01020301
            02 03 02 01  // SequenceNumber: 0x01020302
        """);

    [Fact]
    public void Publish_response() => Golden.Response(
        new PublishResponse(
            Header: Golden.ResponseHeader,
            SubscriptionId: 0x01020301,
            AvailableSequenceNumbers: [0x01020302, 0x01020303],
            MoreNotifications: true,
            NotificationMessage: new NotificationMessage(
                SequenceNumber: 0x01020305,
                PublishTime: Golden.At(second: 6),
                NotificationData: [new ExtensionObject(new NodeId(7, 1), ExtensionObjectEncoding.Binary, [0xE0])]),
            Results: [new StatusCode(0x80090000)],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 9)]),
        """
            01 00 3D 03  // i=829, the binary encoding of PublishResponse
            {ResponseHeader}
            01 03 02 01  // SubscriptionId: 0x01020301
            02 00 00 00  // AvailableSequenceNumbers: 2 elements
            02 03 02 01  // AvailableSequenceNumbers: 0x01020302
            03 03 02 01  // AvailableSequenceNumbers: 0x01020303
            01  // MoreNotifications: true
            05 03 02 01  // SequenceNumber: 0x01020305
            80 47 DC 5B 28 3D DA 01  // PublishTime: 6 s after 2024-01-02T03:04:05Z
            01 00 00 00  // NotificationMessage.NotificationData: 1 element
            01 01 07 00 01 01 00 00 00 E0  // NotificationData: ns=1;i=7, binary, 1 byte
            01 00 00 00  // Results: 1 element
            00 00 09 80  // Results: 0x80090000
            01 00 00 00  // DiagnosticInfos: 1 element
            01 09 00 00 00  // DiagnosticInfos: symbolic id 9
        """);

    [Fact]
    public void Republish_request() => Golden.Request(
        new RepublishRequest(
            Header: Golden.RequestHeader,
            SubscriptionId: 0x01020301,
            RetransmitSequenceNumber: 0x01020302),
        """
            01 00 40 03  // i=832, the binary encoding of RepublishRequest
            {RequestHeader}
            01 03 02 01  // SubscriptionId: 0x01020301
            02 03 02 01  // RetransmitSequenceNumber: 0x01020302
        """);

    [Fact]
    public void Republish_response() => Golden.Response(
        new RepublishResponse(
            Header: Golden.ResponseHeader,
            NotificationMessage: new NotificationMessage(
                SequenceNumber: 0x01020301,
                PublishTime: Golden.At(second: 2),
                NotificationData: [new ExtensionObject(new NodeId(3, 1), ExtensionObjectEncoding.Binary, [0xE0])])),
        """
            01 00 43 03  // i=835, the binary encoding of RepublishResponse
            {ResponseHeader}
            01 03 02 01  // SequenceNumber: 0x01020301
            80 ED 79 59 28 3D DA 01  // PublishTime: 2 s after 2024-01-02T03:04:05Z
            01 00 00 00  // NotificationMessage.NotificationData: 1 element
            01 01 03 00 01 01 00 00 00 E0  // NotificationData: ns=1;i=3, binary, 1 byte
        """);

    [Fact]
    public void TransferSubscriptions_request() => Golden.Request(
        new TransferSubscriptionsRequest(
            Header: Golden.RequestHeader,
            SubscriptionIds: [0x01020301, 0x01020302],
            SendInitialValues: true),
        """
            01 00 49 03  // i=841, the binary encoding of TransferSubscriptionsRequest
            {RequestHeader}
            02 00 00 00  // SubscriptionIds: 2 elements
            01 03 02 01  // SubscriptionIds: 0x01020301
            02 03 02 01  // SubscriptionIds: 0x01020302
            01  // SendInitialValues: true
        """);

    [Fact]
    public void TransferSubscriptions_response() => Golden.Response(
        new TransferSubscriptionsResponse(
            Header: Golden.ResponseHeader,
            Results: [new TransferResult(
                StatusCode: new StatusCode(0x80020000),
                AvailableSequenceNumbers: [0x01020302, 0x01020303])],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 4)]),
        """
            01 00 4C 03  // i=844, the binary encoding of TransferSubscriptionsResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            00 00 02 80  // StatusCode: 0x80020000
            02 00 00 00  // Results.AvailableSequenceNumbers: 2 elements
            02 03 02 01  // AvailableSequenceNumbers: 0x01020302
            03 03 02 01  // AvailableSequenceNumbers: 0x01020303
            01 00 00 00  // DiagnosticInfos: 1 element
            01 04 00 00 00  // DiagnosticInfos: symbolic id 4
        """);

    [Fact]
    public void DeleteSubscriptions_request() => Golden.Request(
        new DeleteSubscriptionsRequest(
            Header: Golden.RequestHeader,
            SubscriptionIds: [0x01020301, 0x01020302]),
        """
            01 00 4F 03  // i=847, the binary encoding of DeleteSubscriptionsRequest
            {RequestHeader}
            02 00 00 00  // SubscriptionIds: 2 elements
            01 03 02 01  // SubscriptionIds: 0x01020301
            02 03 02 01  // SubscriptionIds: 0x01020302
        """);

    [Fact]
    public void DeleteSubscriptions_response() => Golden.Response(
        new DeleteSubscriptionsResponse(
            Header: Golden.ResponseHeader,
            Results: [new StatusCode(0x80020000)],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 2)]),
        """
            01 00 52 03  // i=850, the binary encoding of DeleteSubscriptionsResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            00 00 02 80  // Results: 0x80020000
            01 00 00 00  // DiagnosticInfos: 1 element
            01 02 00 00 00  // DiagnosticInfos: symbolic id 2
        """);
}
