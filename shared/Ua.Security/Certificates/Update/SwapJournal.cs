using System.Text.Json;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>A directory that is exchanged as a whole, and the digest by which the new content is known.</summary>
internal sealed record ExchangeStep(string Path, string Fingerprint, bool IsOwn = false);

/// <summary>A directory in which files are replaced: those that are staged, then those that go.</summary>
internal sealed record ReplaceStep(string Path, IReadOnlyList<string> Place, IReadOnlyList<string> Delete, bool IsOwn = false);

/// <summary>
/// The decision to swap, on disk before the first step: from here on an interruption is repaired forward. Every step can be
/// repeated. Paths are relative to the store and use '/'.
/// </summary>
/// <param name="WithOwn">The set brought a certificate and key of the application.</param>
internal sealed record SwapJournal(string Update, IReadOnlyList<ExchangeStep> Exchanges, IReadOnlyList<ReplaceStep> Replacements, string? Touch, bool WithOwn = false)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public IEnumerable<string> Paths => Exchanges.Select(e => e.Path).Concat(Replacements.Select(r => r.Path));

    public Task WriteAsync(string path, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(this, Format), FileProtection.OwnerOnly, cancellationToken);

    public static async Task<SwapJournal?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return null;
        var stream = File.OpenRead(path);
        await using (stream.ConfigureAwait(false))
        {
            return await JsonSerializer.DeserializeAsync<SwapJournal>(stream, Format, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException($"The journal '{path}' is empty.");
        }
    }
}
