using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Ua.Gds;

/// <summary>
/// All that an agent needs for first contact, in one line: where the GDS is, which certificate it has, and a token that
/// lets the agent in. Written "gds1." and base64url of version, token id, secret, fingerprint, endpoint and check sum.
/// </summary>
public sealed class EnrolmentString
{
    public const int SecretSize = 32;
    public const int FingerprintSize = 32;

    private const string Prefix = "gds1.";
    private const string UserPrefix = "token:";
    private const int LongestUrl = 512, CheckSize = 4, IdSize = 16;
    private const int HeadSize = IdSize + SecretSize + FingerprintSize;

    /// <param name="endpointUrl">URL of the GDS endpoint, such as opc.tcp://gds:58810.</param>
    /// <param name="certificateSha256">SHA-256 of the DER of the certificate that the GDS shows on that endpoint.</param>
    /// <param name="tokenId">Names the token.</param>
    /// <param name="secret">32 random bytes; whoever has them may enrol.</param>
    public EnrolmentString(string endpointUrl, byte[] certificateSha256, Guid tokenId, byte[] secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointUrl);
        ArgumentNullException.ThrowIfNull(certificateSha256);
        ArgumentNullException.ThrowIfNull(secret);
        if (Encoding.UTF8.GetByteCount(endpointUrl) > LongestUrl) throw new ArgumentException($"The endpoint URL has more than {LongestUrl} bytes.", nameof(endpointUrl));
        if (certificateSha256.Length != FingerprintSize) throw new ArgumentException($"A SHA-256 fingerprint has {FingerprintSize} bytes, not {certificateSha256.Length}.", nameof(certificateSha256));
        if (secret.Length != SecretSize) throw new ArgumentException($"The secret has {SecretSize} bytes, not {secret.Length}.", nameof(secret));
        (EndpointUrl, CertificateSha256, TokenId, Secret) = (endpointUrl, certificateSha256, tokenId, secret);
    }

    public string EndpointUrl { get; }
    public byte[] CertificateSha256 { get; }
    public Guid TokenId { get; }
    public byte[] Secret { get; }

    /// <summary>User name of the UserNameIdentityToken that presents the token.</summary>
    public string UserName => UserPrefix + TokenId.ToString("D");

    /// <summary>Password of the UserNameIdentityToken that presents the token.</summary>
    public string Password => Base64Url.EncodeToString(Secret);

    /// <summary>For logs: without the secret.</summary>
    public override string ToString() => $"{EndpointUrl} {UserName}";

    /// <summary>The string to hand over; it holds the secret.</summary>
    public string ToText()
    {
        var url = Encoding.UTF8.GetBytes(EndpointUrl);
        var bytes = new byte[HeadSize + url.Length + CheckSize];
        TokenId.TryWriteBytes(bytes, bigEndian: true, out _);
        Secret.CopyTo(bytes, IdSize);
        CertificateSha256.CopyTo(bytes, IdSize + SecretSize);
        url.CopyTo(bytes, HeadSize);
        CheckOf(bytes.AsSpan(0, bytes.Length - CheckSize)).CopyTo(bytes.AsSpan(bytes.Length - CheckSize));
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads the string; the fault says what is wrong with it and never repeats it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EnrolmentString? result, [NotNullWhen(false)] out string? fault)
    {
        result = null;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text)) fault = "The enrolment string is empty.";
        else if (!text.StartsWith(Prefix, StringComparison.Ordinal)) fault = $"The enrolment string does not begin with {Prefix}";
        else if (text.Length > Base64Url.GetEncodedLength(HeadSize + LongestUrl + CheckSize) + Prefix.Length) fault = "The enrolment string is too long.";
        else if (!TryDecode(text[Prefix.Length..], out var bytes)) fault = "The enrolment string has a character that does not belong there, or was cut.";
        else if (bytes.Length <= HeadSize + CheckSize) fault = "The enrolment string is too short; it was cut.";
        else if (!CheckOf(bytes.AsSpan(0, bytes.Length - CheckSize)).SequenceEqual(bytes.AsSpan(bytes.Length - CheckSize))) fault = "The check sum of the enrolment string is wrong; it was cut or mistyped.";
        else return TryRead(bytes, out result, out fault);
        return false;
    }

    /// <summary>Whether a user name and password present a token; then its id and secret.</summary>
    public static bool TryParseCredentials(string? userName, string? password, out Guid tokenId, [NotNullWhen(true)] out byte[]? secret)
    {
        (tokenId, secret) = (Guid.Empty, null);
        if (userName is null || password is null || !userName.StartsWith(UserPrefix, StringComparison.Ordinal)) return false;
        if (!Guid.TryParseExact(userName.AsSpan(UserPrefix.Length), "D", out tokenId)) return false;
        if (password.Length > Base64Url.GetEncodedLength(SecretSize) || !TryDecode(password, out var bytes) || bytes.Length != SecretSize) return false;
        secret = bytes;
        return true;
    }

    private static bool TryRead(byte[] bytes, [NotNullWhen(true)] out EnrolmentString? result, [NotNullWhen(false)] out string? fault)
    {
        var url = Encoding.UTF8.GetString(bytes, HeadSize, bytes.Length - HeadSize - CheckSize);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
        {
            (result, fault) = (null, "The enrolment string carries no endpoint URL.");
            return false;
        }
        var id = new Guid(bytes.AsSpan(0, IdSize), bigEndian: true);
        result = new(url, bytes[(IdSize + SecretSize)..HeadSize], id, bytes[IdSize..(IdSize + SecretSize)]);
        fault = null;
        return true;
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(text)) return false;
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }

    private static ReadOnlySpan<byte> CheckOf(ReadOnlySpan<byte> content) => SHA256.HashData(content).AsSpan(0, CheckSize);
}
