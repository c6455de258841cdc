using System.Text.Json;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>The update that was completed last, on disk: after a kill it tells whoever began it that it is in place.</summary>
internal sealed record LastUpdate(string Update, bool WithOwn)
{
    public Task WriteAsync(string path, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(this), FileProtection.OwnerOnly, cancellationToken);

    /// <summary>Null where there was none.</summary>
    public static async Task<LastUpdate?> ReadAsync(string path, CancellationToken cancellationToken) =>
        File.Exists(path) ? JsonSerializer.Deserialize<LastUpdate>(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)) : null;
}
