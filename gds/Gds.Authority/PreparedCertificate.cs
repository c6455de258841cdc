using System.Net;
using System.Security.Cryptography.X509Certificates;
using Pki;

namespace Gds.Authority;

/// <summary>A certificate that has been checked and laid down byte for byte, but not signed; its serial number is recorded before it is. Signed once at most.</summary>
public sealed class PreparedCertificate
{
    private int _taken;

    internal PreparedCertificate(ApplicationCertificate authority, CertificateContents contents, SignatureAlgorithm algorithm)
    {
        Authority = authority;
        Contents = contents;
        Bytes = contents.Encode(algorithm);
        SerialNumber = SerialNumbers.ToText(contents.SerialNumber);
        Subject = SubjectName.Format(contents.Subject);
    }

    /// <summary>Upper-case hex, as <see cref="ApplicationCertificate.SerialNumber"/> will say.</summary>
    public string SerialNumber { get; }

    /// <summary>"CN=Pump 1, O=Plant".</summary>
    public string Subject { get; }

    public string ApplicationUri => Contents.AlternativeNames.Uris[0];

    public IReadOnlyList<string> DnsNames => Contents.AlternativeNames.DnsNames;

    public IReadOnlyList<IPAddress> IpAddresses => Contents.AlternativeNames.IpAddresses;

    public DateTimeOffset NotBefore => Contents.NotBefore;

    public DateTimeOffset NotAfter => Contents.NotAfter;

    public PublicKeyInfo PublicKey => Contents.PublicKey;

    public X509KeyUsageFlags KeyUsages => Contents.KeyUsages;

    public IReadOnlyList<string> ExtendedKeyUsages => Contents.ExtendedKeyUsages;

    /// <summary>The certificate of the authority that is going to sign.</summary>
    public ApplicationCertificate Authority { get; }

    internal CertificateContents Contents { get; }

    /// <summary>The bytes that are signed.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>A serial number stands for one certificate, so the bytes are given out once.</summary>
    internal ReadOnlySpan<byte> TakeBytes() => Interlocked.Exchange(ref _taken, 1) == 0
        ? Bytes.Span
        : throw new AuthorityException(AuthorityFault.InvalidRequest, $"The certificate with serial number {SerialNumber} has been signed already.");
}
