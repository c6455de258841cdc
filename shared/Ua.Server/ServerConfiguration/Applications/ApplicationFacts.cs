using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>What a ServerConfiguration or ApplicationConfiguration object tells of its application (Part 12, 7.10.3 and 7.10.14).</summary>
public sealed record ApplicationFacts(string ApplicationUri, string ProductUri, ApplicationType ApplicationType, IReadOnlyList<LocalizedText> ApplicationNames)
{
    /// <summary>Identifiers of Part 12, Annex D; a client-only application says NA.</summary>
    public IReadOnlyList<string> ServerCapabilities { get; init; } = ["NA"];

    /// <summary>The formats in which a private key is taken from outside; none where it is not.</summary>
    public IReadOnlyList<string> PrivateKeyFormats { get; init; } = ["PEM", "PFX"];

    /// <summary>The most bytes a trust list may have.</summary>
    public uint MaxTrustListSize { get; init; } = TrustListContent.LargestSize;

    public bool MulticastDnsEnabled { get; init; }

    public bool HasSecureElement { get; init; }

    /// <summary>False where the application does not run. Shown by ApplicationConfiguration objects only.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Shown by ApplicationConfiguration objects only.</summary>
    public bool IsNonUaApplication { get; init; }
}
