namespace Ua.Core;

/// <summary>What a server knows of one session (Part 5, 12.11). Services holds one counter for each entry of <see cref="CountedServices"/>.</summary>
public sealed record SessionDiagnosticsDataType(
    NodeId SessionId,
    string? SessionName,
    ApplicationDescription ClientDescription,
    string? ServerUri,
    string? EndpointUrl,
    string?[] LocaleIds,
    double ActualSessionTimeout,
    uint MaxResponseMessageSize,
    DateTime ClientConnectionTime,
    DateTime ClientLastContactTime,
    uint CurrentSubscriptionsCount,
    uint CurrentMonitoredItemsCount,
    uint CurrentPublishRequestsInQueue,
    ServiceCounterDataType TotalRequestCount,
    uint UnauthorizedRequestCount,
    ServiceCounterDataType[] Services) : IUaEncodable<SessionDiagnosticsDataType>
{
    /// <summary>The request encodings whose counters follow each other on the wire: Read to DeleteSubscriptions, node management, view, query.</summary>
    public static readonly IReadOnlyList<uint> CountedServices =
    [
        631, 664, 673, 700, 712, 751, 763, 769, 775, 781, 787, 793, 799, 826, 832, 841, 847,
        488, 494, 500, 506, 527, 533, 554, 615, 621, 560, 566,
    ];

    public static uint BinaryEncodingId => 867;

    public void Write(ref UaWriter w)
    {
        w.NodeId(SessionId);
        w.String(SessionName);
        w.Structure(ClientDescription);
        w.String(ServerUri);
        w.String(EndpointUrl);
        w.StringArray(LocaleIds);
        w.Double(ActualSessionTimeout);
        w.UInt32(MaxResponseMessageSize);
        w.DateTime(ClientConnectionTime);
        w.DateTime(ClientLastContactTime);
        w.UInt32(CurrentSubscriptionsCount);
        w.UInt32(CurrentMonitoredItemsCount);
        w.UInt32(CurrentPublishRequestsInQueue);
        w.Structure(TotalRequestCount);
        w.UInt32(UnauthorizedRequestCount);
        if (Services.Length != CountedServices.Count)
            throw new UaException(StatusCodes.BadEncodingError, $"{Services.Length} services were counted; there are {CountedServices.Count}.");
        foreach (var service in Services) w.Structure(service);
    }

    public static SessionDiagnosticsDataType Read(ref UaReader r) => new(
        SessionId: r.NodeId(),
        SessionName: r.String(),
        ClientDescription: r.Structure<ApplicationDescription>(),
        ServerUri: r.String(),
        EndpointUrl: r.String(),
        LocaleIds: r.StringArray(),
        ActualSessionTimeout: r.Double(),
        MaxResponseMessageSize: r.UInt32(),
        ClientConnectionTime: r.DateTime(),
        ClientLastContactTime: r.DateTime(),
        CurrentSubscriptionsCount: r.UInt32(),
        CurrentMonitoredItemsCount: r.UInt32(),
        CurrentPublishRequestsInQueue: r.UInt32(),
        TotalRequestCount: r.Structure<ServiceCounterDataType>(),
        UnauthorizedRequestCount: r.UInt32(),
        Services: ReadServices(ref r));

    private static ServiceCounterDataType[] ReadServices(ref UaReader r)
    {
        var services = new ServiceCounterDataType[CountedServices.Count];
        for (var i = 0; i < services.Length; i++) services[i] = r.Structure<ServiceCounterDataType>();
        return services;
    }
}
