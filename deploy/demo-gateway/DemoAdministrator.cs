using System.Security.Cryptography;
using System.Text;
using Ua.Server.Identity;

namespace GdsSuite.DemoGateway;

/// <summary>The one user of the gateway, a SecurityAdmin. Each try costs as much as a hash does, and tries come one after another.</summary>
internal sealed class DemoAdministrator : IUserValidator, IDisposable
{
    private const int Iterations = 200_000;

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly string _name;
    private readonly byte[] _hash;

    public DemoAdministrator(string name, string password)
    {
        _name = name;
        _hash = Hash(password);
    }

    /// <summary>The first line of a file, or of standard input where the file is "-".</summary>
    public static async Task<string> ReadPasswordAsync(string file, CancellationToken cancellationToken)
    {
        using var reader = file == "-" ? new StreamReader(Console.OpenStandardInput(), Encoding.UTF8) : new StreamReader(file, Encoding.UTF8);
        var password = await reader.ReadLineAsync(cancellationToken);
        return string.IsNullOrEmpty(password) ? throw new IOException("the password of the administrator is empty") : password;
    }

    public async ValueTask<UserVerdict> ValidateAsync(UserLogin login, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var isRight = CryptographicOperations.FixedTimeEquals(await Task.Run(() => Hash(login.Password), cancellationToken), _hash);
            return isRight && login.Name == _name ? UserVerdict.Accepted(WellKnownRoles.SecurityAdmin) : UserVerdict.Refused("unknown user or wrong password");
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private byte[] Hash(string password) => Rfc2898DeriveBytes.Pbkdf2(password, _salt, Iterations, HashAlgorithmName.SHA256, 32);
}
