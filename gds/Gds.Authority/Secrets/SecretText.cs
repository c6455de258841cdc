using System.Security.Cryptography;

namespace Gds.Authority;

/// <summary>What counts as a secret.</summary>
internal static class SecretText
{
    public const int Shortest = 16;

    /// <summary>256 random bits.</summary>
    public static string Create() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Takes white space off the ends, as editors and secret stores add line ends.</summary>
    public static string Checked(string? text, string source)
    {
        var secret = text?.Trim();
        if (string.IsNullOrEmpty(secret)) throw new AuthorityException(AuthorityFault.KeyUnavailable, $"The secret of the certificate authority, {source}, is empty or missing.");
        return secret.Length >= Shortest
            ? secret
            : throw new AuthorityException(AuthorityFault.KeyUnavailable, $"The secret of the certificate authority, {source}, has fewer than {Shortest} characters.");
    }
}
