using System.CommandLine;
using Pki;

namespace Gds.Host.Commands;

/// <summary>Certificates and revocation lists that a command takes from files.</summary>
internal static class TrustFiles
{
    public static Option<FileInfo[]> CrlOption()
    {
        var crls = new Option<FileInfo[]>("--crl") { Description = "Revocation list of a CA, DER or PEM; may be given several times.", HelpName = "FILE" };
        return crls.AcceptExistingOnly();
    }

    /// <summary>The one certificate of a file, as DER.</summary>
    public static async Task<byte[]> ReadCertificateAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return PemFile.ReadCertificates(await File.ReadAllBytesAsync(file.FullName, cancellationToken)) is [var only]
                ? only.Der
                : throw new CommandProblem(ExitCodes.Usage, $"{file.FullName} has several certificates; put one after the other on the list, a CA first.");
        }
        catch (PkiException e)
        {
            throw new CommandProblem(ExitCodes.Usage, $"{file.FullName} holds no certificate in DER or PEM: {e.Message}");
        }
    }

    public static async Task<IReadOnlyList<byte[]>> ReadAsync(FileInfo[]? files, CancellationToken cancellationToken)
    {
        List<byte[]> contents = [];
        foreach (var file in files ?? []) contents.Add(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
        return contents;
    }
}
