using Ua.Security.Certificates;

namespace GatewayAgent.Configuration;

/// <summary>A store of a managed application on this machine.</summary>
internal sealed record StorePlace(string Store, string Path, TrustFolderLayout Layout);
