using Gds.OpcUa.Hosting;
using Microsoft.Extensions.Configuration;

namespace Gds.Host.Hosting;

/// <summary>What a host is made from. With Listens, it is a GDS; without, it only opens the data for a command.</summary>
internal sealed record HostNeeds(Configuration.DataFolder Folder, IConfiguration Configuration, bool Listens, Action<GdsEndpointOptions>? Endpoint = null);
