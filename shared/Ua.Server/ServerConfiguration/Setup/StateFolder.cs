using Ua.Security.Certificates;

namespace Ua.Server.ServerConfiguration;

/// <summary>Where the pushed side keeps what must outlive a restart. Made when first needed, for the owner only.</summary>
internal sealed class StateFolder(ServerConfigurationOptions options, TrustFolder folder)
{
    public string Root { get; } = Path.GetFullPath(options.StateFolder ?? Path.Combine(folder.Paths.Root, ".server-configuration"));

    public string Keys => Path.Combine(Root, "keys");

    public string Changes => Path.Combine(Root, "changes");

    /// <summary>What ResetToServerDefaults goes back to.</summary>
    public string Defaults => Path.Combine(Root, "defaults.json");

    /// <summary>There once the server has trusted anyone.</summary>
    public string SetupDone => Path.Combine(Root, "setup-done");
}
