using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>What never changes about a certificate group.</summary>
/// <param name="Name">Its browse name, such as DefaultApplicationGroup.</param>
/// <param name="CertificateTypes">The slots of the group: for each type there is at most one certificate.</param>
public sealed record CertificateGroupFacts(string Name, IReadOnlyList<NodeId> CertificateTypes)
{
    public const string DefaultApplicationGroup = "DefaultApplicationGroup";
    public const string DefaultHttpsGroup = "DefaultHttpsGroup";
    public const string DefaultUserTokenGroup = "DefaultUserTokenGroup";

    /// <summary>What the certificates are for; decides how they are validated (Part 12, 7.8.3.1).</summary>
    public NodeId Purpose { get; init; } = ObjectTypeIds.ApplicationCertificateType;

    /// <summary>How often somebody has to look whether the trust list is still the right one; null where nobody said.</summary>
    public TimeSpan? UpdateFrequency { get; init; }
}
