namespace Ua.Core;

/// <summary>A server seen on the network (Part 4, 5.5.3).</summary>
public sealed record ServerOnNetwork(uint RecordId, string? ServerName, string? DiscoveryUrl, string?[] ServerCapabilities)
    : IUaEncodable<ServerOnNetwork>
{
    public static uint BinaryEncodingId => 12207;

    public void Write(ref UaWriter w)
    {
        w.UInt32(RecordId);
        w.String(ServerName);
        w.String(DiscoveryUrl);
        w.StringArray(ServerCapabilities);
    }

    public static ServerOnNetwork Read(ref UaReader r) => new(
        RecordId: r.UInt32(),
        ServerName: r.String(),
        DiscoveryUrl: r.String(),
        ServerCapabilities: r.StringArray());
}

/// <summary>Asks which servers a discovery server has seen, from a record id on; 0 for the maximum means no limit (Part 4, 5.5.3).</summary>
public sealed record FindServersOnNetworkRequest(
    RequestHeader Header,
    uint StartingRecordId,
    uint MaxRecordsToReturn,
    string?[] ServerCapabilityFilter) : IServiceRequest<FindServersOnNetworkRequest, FindServersOnNetworkResponse>
{
    public static uint BinaryEncodingId => 12208;

    public IServiceRequest With(RequestHeader header) => this with { Header = header };

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.UInt32(StartingRecordId);
        w.UInt32(MaxRecordsToReturn);
        w.StringArray(ServerCapabilityFilter);
    }

    public static FindServersOnNetworkRequest Read(ref UaReader r) => new(
        Header: r.Structure<RequestHeader>(),
        StartingRecordId: r.UInt32(),
        MaxRecordsToReturn: r.UInt32(),
        ServerCapabilityFilter: r.StringArray());
}

/// <summary>The records found; ids from before LastCounterResetTime are void.</summary>
public sealed record FindServersOnNetworkResponse(ResponseHeader Header, DateTime LastCounterResetTime, ServerOnNetwork[] Servers)
    : IServiceResponse<FindServersOnNetworkResponse>
{
    public static uint BinaryEncodingId => 12209;

    public void Write(ref UaWriter w)
    {
        w.Structure(Header);
        w.DateTime(LastCounterResetTime);
        w.StructureArray(Servers);
    }

    public static FindServersOnNetworkResponse Read(ref UaReader r) => new(
        Header: r.Structure<ResponseHeader>(),
        LastCounterResetTime: r.DateTime(),
        Servers: r.StructureArray<ServerOnNetwork>());
}
