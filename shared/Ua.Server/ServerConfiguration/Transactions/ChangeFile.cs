using System.Security.Cryptography;
using System.Text.Json;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;

namespace Ua.Server.ServerConfiguration;

/// <summary>Changes of certificate groups as a file: certificates, lists and private keys in DER. For the owner's eyes only.</summary>
internal static class ChangeFile
{
    public static async Task WriteAsync(string file, IReadOnlyList<StoredChange> changes, CancellationToken cancellationToken)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(changes.Select(Stored.Of));
        try
        {
            await AtomicFile.WriteAsync(file, content, FileProtection.OwnerOnly, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    public static async Task<IReadOnlyList<StoredChange>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
        var stored = JsonSerializer.Deserialize<Stored[]>(content) ?? throw new InvalidDataException($"'{file}' holds no changes.");
        return [.. stored.Select(s => s.ToChange())];
    }

    private sealed record Stored(string Application, string Group, StoredList? TrustList, StoredSlot[] Slots)
    {
        public static Stored Of(StoredChange change) => new(
            change.Application, change.Group, change.Change.TrustList is { } list ? StoredList.Of(list) : null, [.. change.Change.Slots.Select(StoredSlot.Of)]);

        public StoredChange ToChange() => new(Application, Group, new CertificateGroupChange { TrustList = TrustList?.ToSet(), Slots = [.. Slots.Select(s => s.ToChange())] });
    }

    private sealed record StoredList(byte[][] TrustedCertificates, byte[][] TrustedCrls, byte[][] IssuerCertificates, byte[][] IssuerCrls)
    {
        public static StoredList Of(TrustListSet set) => new(
            [.. set.TrustedCertificates.Select(c => c.Der)], [.. set.TrustedCrls.Select(c => c.Der)],
            [.. set.IssuerCertificates.Select(c => c.Der)], [.. set.IssuerCrls.Select(c => c.Der)]);

        public TrustListSet ToSet() => new(
            [.. TrustedCertificates.Select(c => ApplicationCertificate.Parse(c))], [.. TrustedCrls.Select(c => CertificateRevocationList.Parse(c))],
            [.. IssuerCertificates.Select(c => ApplicationCertificate.Parse(c))], [.. IssuerCrls.Select(c => CertificateRevocationList.Parse(c))]);
    }

    private sealed record StoredSlot(string Type, byte[]? Certificate, byte[]? Key, byte[][] Issuers)
    {
        public static StoredSlot Of(SlotChange slot) =>
            new(slot.Type.ToString(), slot.Own?.Certificate.Der, slot.Own?.Key.ExportPkcs8(), [.. slot.Own?.Issuers.Select(i => i.Der) ?? []]);

        public SlotChange ToChange() => new(
            NodeId.Parse(Type),
            Certificate is null || Key is null ? null : new IdentityCertificate(ApplicationCertificate.Parse(Certificate), KeyPair.Import(Key), Issuers.Select(i => ApplicationCertificate.Parse(i))));
    }
}

/// <summary>A change with the keys of application and group instead of the objects.</summary>
internal sealed record StoredChange(string Application, string Group, CertificateGroupChange Change);
