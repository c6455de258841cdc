using System.CommandLine;
using Gds.OpcUa.Hosting;

namespace Gds.Host.Commands;

/// <summary>Options of run and init that say where the GDS listens; they win over the configuration.</summary>
internal sealed class EndpointArguments
{
    private readonly Option<int?> _port = new("--port") { Description = $"TCP port of the OPC UA endpoint. Default: {GdsEndpointOptions.DefaultPort}." };

    private readonly Option<string[]> _host = new("--host")
    {
        Description = "Host name or address by which clients reach the GDS; may be given several times.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _listen = new("--listen") { Description = "Address to listen on. Default: all.", HelpName = "ADDRESS" };

    public void AddTo(Command command)
    {
        command.Options.Add(_port);
        command.Options.Add(_host);
        command.Options.Add(_listen);
    }

    /// <summary>Whether any of them was given.</summary>
    public bool AreGiven(ParseResult parsed) =>
        parsed.GetValue(_port) is not null || parsed.GetValue(_host) is { Length: > 0 } || parsed.GetValue(_listen) is not null;

    public Action<GdsEndpointOptions> Of(ParseResult parsed) => endpoint =>
    {
        if (parsed.GetValue(_port) is { } port) endpoint.Port = port;
        if (parsed.GetValue(_host) is { Length: > 0 } hosts) endpoint.HostNames = hosts;
        if (parsed.GetValue(_listen) is { } listen) endpoint.Listen = listen;
    };
}
