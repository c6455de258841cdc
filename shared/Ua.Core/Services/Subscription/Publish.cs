namespace Ua.Core;

/// <summary>A notification message that arrived and need not be kept any longer (Part 4, 5.14.5).</summary>
public sealed record SubscriptionAcknowledgement(uint SubscriptionId, uint SequenceNumber) : IUaStructure<SubscriptionAcknowledgement>
{
    public void Write(ref UaWriter w)
    {
        w.UInt32(SubscriptionId);
        w.UInt32(SequenceNumber);
    }

    public static SubscriptionAcknowledgement Read(ref UaReader r) => new(
        SubscriptionId: r.UInt32(),
        SequenceNumber: r.UInt32());
}

/// <summary>Acknowledges notification messages and waits for the next (Part 4, 5.14.5).</summary>
public sealed record PublishRequest(RequestHeader Header, SubscriptionAcknowledgement[] SubscriptionAcknowledgements)
    : IServiceRequest<PublishRequest, PublishResponse>
{
    public static uint BinaryEncodingId => 826;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.StructureArray(SubscriptionAcknowledgements);
    }

    public static PublishRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        SubscriptionAcknowledgements: r.StructureArray<SubscriptionAcknowledgement>());
}

/// <summary>The next notification message of one subscription; Results are those of the acknowledgements.</summary>
public sealed record PublishResponse(
    ResponseHeader Header,
    uint SubscriptionId,
    uint[] AvailableSequenceNumbers,
    bool MoreNotifications,
    NotificationMessage NotificationMessage,
    StatusCode[] Results,
    DiagnosticInfo[] DiagnosticInfos) : IServiceResponse<PublishResponse>
{
    public static uint BinaryEncodingId => 829;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(SubscriptionId);
        w.UInt32Array(AvailableSequenceNumbers);
        w.Boolean(MoreNotifications);
        w.Structure(NotificationMessage);
        w.StatusCodeArray(Results);
        w.DiagnosticInfoArray(DiagnosticInfos);
    }

    public static PublishResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        SubscriptionId: r.UInt32(),
        AvailableSequenceNumbers: r.UInt32Array(),
        MoreNotifications: r.Boolean(),
        NotificationMessage: r.Structure<NotificationMessage>(),
        Results: r.StatusCodeArray(),
        DiagnosticInfos: r.DiagnosticInfoArray());
}
