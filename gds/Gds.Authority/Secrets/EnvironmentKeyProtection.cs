namespace Gds.Authority;

/// <summary>The secret in an environment variable, for containers.</summary>
internal sealed class EnvironmentKeyProtection(string variable) : IKeyProtection
{
    public string Source => $"environment variable {variable}";

    public Task<string> GetSecretAsync(bool mayCreate, CancellationToken cancellationToken) =>
        Task.FromResult(SecretText.Checked(Environment.GetEnvironmentVariable(variable), Source));
}
