using System.Security.Cryptography;
using System.Text;
using Pki;
using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// Key pairs that were made for a signing request and wait for their certificate (Part 12, 7.10.10): one per slot, on disk for the
/// owner only, so that the certificate may come in another session and after a restart.
/// </summary>
internal sealed class PendingKeys(string folder)
{
    /// <summary>Removes what a kill has left half written; only before anything else is written.</summary>
    public void Clean()
    {
        if (Directory.Exists(folder)) AtomicFile.RemoveLeftovers(folder);
    }

    /// <summary>Keeps the key of a slot in place of an earlier one that waited there.</summary>
    public async Task SaveAsync(string application, string group, NodeId type, KeyPair key, CancellationToken cancellationToken)
    {
        OwnerOnlyDirectory.Create(folder);
        var content = key.ExportPkcs8();
        try
        {
            await AtomicFile.WriteAsync(FileOf(application, group, type), content, FileProtection.OwnerOnly, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>The key that waits in a slot; null where none does.</summary>
    public async Task<KeyPair?> FindAsync(string application, string group, NodeId type, CancellationToken cancellationToken)
    {
        var file = FileOf(application, group, type);
        if (!File.Exists(file)) return null;
        var content = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
        try
        {
            return KeyPair.Import(content);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Destroys the key that waits in a slot.</summary>
    public Task DropAsync(string application, string group, NodeId type, CancellationToken cancellationToken) =>
        Directory.Exists(folder) ? AtomicFile.DeleteAsync(FileOf(application, group, type), cancellationToken) : Task.CompletedTask;

    /// <summary>Names of applications hold whatever their makers like, so that files are called by a digest.</summary>
    private string FileOf(string application, string group, NodeId type) =>
        Path.Combine(folder, $"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{application.Length}|{application}|{group.Length}|{group}|{type}")))[..40]}.key");
}
