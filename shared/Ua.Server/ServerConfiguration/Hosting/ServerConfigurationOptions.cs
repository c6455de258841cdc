using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>How a server lets itself be configured from outside.</summary>
public sealed class ServerConfigurationOptions
{
    /// <summary>
    /// Where keys that wait for their certificate and changes under way are kept, for the owner only; null takes a hidden folder in
    /// the trust folder.
    /// </summary>
    public string? StateFolder { get; set; }

    /// <summary>Identifiers of Part 12, Annex D, the same as the server registers with.</summary>
    public IList<string> ServerCapabilities { get; } = [];

    /// <summary>How often somebody has to look after the trust list; null where nobody has to.</summary>
    public TimeSpan? UpdateFrequency { get; set; }

    /// <summary>A transaction is dropped where its session has changed nothing and used no open trust list for this long.</summary>
    public TimeSpan TransactionTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The most bytes that a trust list may have.</summary>
    public uint MaxTrustListSize { get; set; } = TrustListContent.LargestSize;

    /// <summary>Shows other applications below ManagedApplications: see <see cref="IManagedApplications"/>.</summary>
    public bool ShowManagedApplications { get; set; }

    /// <summary>
    /// Lets a server that has never trusted anyone be set up by whoever knows a user of the role SecurityAdmin (Part 12, Annex G):
    /// until the first trust list is applied, unknown clients may come in to present a user name.
    /// </summary>
    public bool AllowApplicationSetup { get; set; }

    /// <summary>Checks the values; the text names the key.</summary>
    public void Validate()
    {
        if (TransactionTimeout < TimeSpan.FromSeconds(1)) throw new ArgumentException("TransactionTimeout must be at least one second.");
        if (MaxTrustListSize is 0 or > TrustListContent.LargestSize) throw new ArgumentException($"MaxTrustListSize must be between 1 and {TrustListContent.LargestSize} bytes.");
        if (UpdateFrequency is { } frequency && frequency <= TimeSpan.Zero) throw new ArgumentException("UpdateFrequency must be positive.");
    }
}
