namespace Gds.Authority;

/// <summary>The secret as a credential of the service manager (systemd LoadCredential= or LoadCredentialEncrypted=): a file in $CREDENTIALS_DIRECTORY.</summary>
internal sealed class SystemCredentialKeyProtection(string name) : IKeyProtection
{
    public const string DirectoryVariable = "CREDENTIALS_DIRECTORY";

    public string Source => $"system credential '{name}'";

    public async Task<string> GetSecretAsync(bool mayCreate, CancellationToken cancellationToken)
    {
        var directory = Environment.GetEnvironmentVariable(DirectoryVariable);
        if (string.IsNullOrEmpty(directory))
        {
            throw new AuthorityException(AuthorityFault.KeyUnavailable, $"The secret of the certificate authority, {Source}, is not there: {DirectoryVariable} is not set; the service unit needs LoadCredential={name}:...");
        }

        try
        {
            return SecretText.Checked(await File.ReadAllTextAsync(Path.Combine(directory, name), cancellationToken), Source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AuthorityException(AuthorityFault.KeyUnavailable, $"The secret of the certificate authority, {Source}, cannot be read: {e.Message}", e);
        }
    }
}
