using Pki;

namespace Ua.Security.Certificates;

/// <summary>Who this application is at one moment: its certificates, one per kind of key. Immutable; a renewal is a new object.</summary>
public sealed class ApplicationIdentity
{
    private readonly IdentityCertificate[] _certificates;

    /// <param name="certificates">The first is the one that counts where a policy does not ask for another.</param>
    public ApplicationIdentity(params IEnumerable<IdentityCertificate> certificates)
    {
        _certificates = [.. certificates];
        if (_certificates.Length == 0) throw new ArgumentException("An application identity needs at least one certificate.", nameof(certificates));
        ApplicationUri = _certificates[0].Certificate.ApplicationUri
            ?? throw new PkiException($"The own certificate {_certificates[0].Certificate} carries no ApplicationUri in its SubjectAltName.");
    }

    public string ApplicationUri { get; }

    public IdentityCertificate Primary => _certificates[0];

    public IReadOnlyList<IdentityCertificate> Certificates => _certificates;

    /// <summary>The certificate that a channel of this security policy uses; null where no key fits, and the policy cannot be offered.</summary>
    public IdentityCertificate? For(string? securityPolicyUri)
    {
        var rule = CertificateKeyRule.ForPolicy(securityPolicyUri);
        return Array.Find(_certificates, c => rule.Allows(c.Certificate.PublicKey));
    }

    /// <summary>The certificate with this SHA-1 thumbprint: how a peer says which key it encrypted for (Part 6, 6.7.2).</summary>
    public IdentityCertificate? WithThumbprint(ReadOnlySpan<byte> thumbprint)
    {
        foreach (var each in _certificates)
        {
            if (each.Certificate.ThumbprintBytes.AsSpan().SequenceEqual(thumbprint)) return each;
        }

        return null;
    }
}
