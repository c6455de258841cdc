using Microsoft.Extensions.Logging;
using Pki;

namespace Gds.Authority;

/// <summary>The secret in a file, made at the first start with rights for its owner only.</summary>
internal sealed class FileKeyProtection(string path, ILogger log) : IKeyProtection
{
    public string Source => $"file '{path}'";

    public async Task<string> GetSecretAsync(bool mayCreate, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return await CreateAsync(mayCreate, cancellationToken);
        if (OwnerOnlyDirectory.IsReadableByOthers(path)) Log.SecretReadableByOthers(log, path);
        try
        {
            return SecretText.Checked(await File.ReadAllTextAsync(path, cancellationToken), Source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AuthorityException(AuthorityFault.KeyUnavailable, $"The secret of the certificate authority, {Source}, cannot be read: {e.Message}", e);
        }
    }

    private async Task<string> CreateAsync(bool mayCreate, CancellationToken cancellationToken)
    {
        if (!mayCreate)
        {
            throw new AuthorityException(
                AuthorityFault.KeyUnavailable,
                $"The secret of the certificate authority, {Source}, is missing, but private keys are encrypted under it. Put the file back.");
        }

        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(directory)) OwnerOnlyDirectory.Create(directory);
        var secret = SecretText.Create();
        await AtomicFile.WriteTextAsync(path, secret + "\n", FileProtection.OwnerOnly, cancellationToken);
        Log.SecretCreated(log, path);
        return secret;
    }
}
