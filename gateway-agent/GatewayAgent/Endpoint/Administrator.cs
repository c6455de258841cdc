using System.Security.Cryptography;
using System.Text;
using GatewayAgent.Configuration;
using GatewayAgent.State;

namespace GatewayAgent.Endpoint;

/// <summary>The one user who may push by name and password, as a file of the data folder: a slow salted hash, never the password.</summary>
internal sealed record Administrator(string Name, string Algorithm, int Iterations, byte[] Salt, byte[] Hash)
{
    public const string DefaultName = "admin";
    public const int LeastPasswordLength = 8;
    public const int MostPasswordLength = 1_024;
    private const int MostNameLength = 64;
    private const string Pbkdf2 = "PBKDF2-SHA256";
    private const int Work = 600_000, SaltSize = 16, HashSize = 32;

    public static Administrator Create(string name, string password)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MostNameLength) throw new AgentProblem(ProblemKind.Usage, $"The name of the user must have 1 to {MostNameLength} characters.");
        if (password.Length is < LeastPasswordLength or > MostPasswordLength)
            throw new AgentProblem(ProblemKind.Usage, $"The password must have {LeastPasswordLength} to {MostPasswordLength} characters; this one has {password.Length}.");
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return new Administrator(name, Pbkdf2, Work, salt, Derive(password, salt, Work));
    }

    public static Task<Administrator?> ReadAsync(DataFolder data, CancellationToken cancellationToken) => StateFiles.ReadAsync<Administrator>(data.Administrator, cancellationToken);

    public Task WriteAsync(DataFolder data, CancellationToken cancellationToken) => StateFiles.WriteAsync(data.Administrator, this, cancellationToken);

    /// <summary>Takes as long for a wrong name as for a wrong password.</summary>
    public bool Verify(string name, string password)
    {
        if (Algorithm != Pbkdf2) throw new AgentProblem(ProblemKind.Refused, $"The password of {Name} is hashed with {Algorithm}, which is not known here: set it again with 'gateway-agent password'.");
        var right = CryptographicOperations.FixedTimeEquals(Derive(password, Salt, Iterations), Hash);
        return string.Equals(name, Name, StringComparison.Ordinal) && right;
    }

    public override string ToString() => Name;

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, HashSize);
}
