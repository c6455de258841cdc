using System.Security.Cryptography;
using System.Text;
using Gds.Store;

namespace Gds.Core.Users;

/// <summary>Slow salted hashes of passwords: PBKDF2 with HMAC-SHA-256; the parameters are stored with each hash.</summary>
internal static class PasswordHash
{
    private const string Algorithm = "PBKDF2-SHA256";
    private const int SaltSize = 16, HashSize = 32;

    private static readonly byte[] NoSalt = new byte[SaltSize];

    public static void Set(User user, string password, int iterations, DateTime now)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        user.SetPassword(Algorithm, iterations, salt, Derive(password, salt, iterations), now);
    }

    public static bool Verify(User user, string password)
    {
        if (user.HashAlgorithm != Algorithm) throw new InvalidOperationException($"The password of {user.Name} is hashed with {user.HashAlgorithm}, which is not known here.");
        return CryptographicOperations.FixedTimeEquals(Derive(password, user.Salt, user.HashIterations), user.PasswordHash);
    }

    /// <summary>Takes as long as a real check, so that time does not tell which names exist.</summary>
    public static void Pretend(string password, int iterations) => Derive(password, NoSalt, iterations);

    private static byte[] Derive(string password, byte[] salt, int iterations)
        => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, HashSize);
}
