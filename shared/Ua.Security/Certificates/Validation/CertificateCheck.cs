namespace Ua.Security.Certificates;

/// <summary>What is asked of <see cref="CertificateValidator"/>: the bytes of a peer and what the caller knows about it.</summary>
/// <param name="Chain">As received: the leaf, then any issuers, DER, concatenated (Part 6, 6.2.6).</param>
public sealed record CertificateCheck(ReadOnlyMemory<byte> Chain, PeerRole Role)
{
    /// <summary>The ApplicationUri that the peer states in its session or endpoint description; null leaves the step out.</summary>
    public string? ApplicationUri { get; init; }

    /// <summary>The host of the URL we connect to; null leaves the step out.</summary>
    public string? HostName { get; init; }

    /// <summary>Where the bytes lie when nobody sent them: a file that is explained; null says that the peer sent them.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// A timestamp of the clock: a trust folder that was looked at after it need not be looked at again, since a session is made
    /// on the look that its channel was opened with. Null looks anew.
    /// </summary>
    public long? SeenSince { get; init; }

    /// <summary>What the security policy of the channel demands of keys; null applies <see cref="CertificateKeyRule.Default"/>.</summary>
    public CertificateKeyRule? KeyRule { get; init; }
}
