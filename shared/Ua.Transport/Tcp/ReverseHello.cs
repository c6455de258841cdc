using Ua.Core;

namespace Ua.Transport;

/// <summary>The first message of a server that connects to its client (Part 6, 7.1.2.6). Known so that it can be refused by name.</summary>
internal sealed record ReverseHello(string? ServerUri, string? EndpointUrl) : IUaStructure<ReverseHello>
{
    public void Write(ref UaWriter w)
    {
        w.String(ServerUri);
        w.String(EndpointUrl);
    }

    public static ReverseHello Read(ref UaReader r) => new(
        ServerUri: r.String(),
        EndpointUrl: r.String());
}
