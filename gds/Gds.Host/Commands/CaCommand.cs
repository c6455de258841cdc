using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Gds.Host.Output;
using Gds.Web.Client;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds ca: the certificate authorities with their CRLs.</summary>
internal static class CaCommand
{
    private enum ExportFormat
    {
        Pem,
        Der,
    }

    public static Command Create() => new("ca", "Certificate authorities.") { Show(), Export() };

    private static Command Show() => new Command("show", "Show the authorities of all groups.").Calling(async (parsed, client, ct) =>
    {
        var groups = await client.GetAsync("/groups", GdsJson.Default.IReadOnlyListGroupJson, ct);
        if (parsed.WantsJson())
        {
            JsonOut.Write(groups, HostJson.Pretty.IReadOnlyListGroupJson);
            return;
        }

        foreach (var (group, ca) in groups.SelectMany(g => g.Authorities.Select(a => (g, a))))
        {
            Table.WriteFields(
                ("Group", $"{group.Name}, {group.Members} applications"), ("Types", string.Join(" ", group.Types)), ("State", ca.State.ToString()),
                ("Subject", ca.Subject), ("SHA-256", ca.Fingerprint), ("SHA-1", ca.Thumbprint), ("Not before", Table.Time(ca.NotBefore)), ("Not after", Table.Time(ca.NotAfter)),
                ("CRL", $"number {ca.CrlNumber}, {Table.Time(ca.CrlThisUpdate)} to {Table.Time(ca.CrlNextUpdate)}"), ("Trust list changed", Table.Time(group.TrustListUpdatedAt)));
        }
    });

    private static Command Export()
    {
        var group = new Option<string?>("--group") { Description = "Certificate group. Default: the first." };
        var crl = new Option<bool>("--crl") { Description = "The CRL instead of the certificate." };
        var format = new Option<ExportFormat>("--format") { Description = "Encoding.", DefaultValueFactory = _ => ExportFormat.Pem };
        var output = new Option<FileInfo?>("--out") { Description = "File to write. Default: standard output." };
        return new Command("export", "Write the CA certificate or its CRL.") { group, crl, format, output }.Calling(async (parsed, client, ct) =>
        {
            var der = await FindAsync(client, parsed.GetValue(group), parsed.GetValue(crl), ct);
            var label = parsed.GetValue(crl) ? "X509 CRL" : "CERTIFICATE";
            var bytes = parsed.GetValue(format) == ExportFormat.Der ? der : Encoding.ASCII.GetBytes(PemEncoding.WriteString(label, der) + "\n");
            if (parsed.GetValue(output) is { } file)
            {
                await File.WriteAllBytesAsync(file.FullName, bytes, ct);
                return;
            }

            await using var standard = Console.OpenStandardOutput();
            await standard.WriteAsync(bytes, ct);
        });
    }

    private static async Task<byte[]> FindAsync(GdsApiClient client, string? group, bool crl, CancellationToken cancellationToken)
    {
        var groups = await client.GetAsync("/groups", GdsJson.Default.IReadOnlyListGroupJson, cancellationToken);
        var found = groups.FirstOrDefault(g => group is null || string.Equals(g.Name, group, StringComparison.OrdinalIgnoreCase))
            ?? throw new CommandProblem(ExitCodes.NotFound, $"There is no certificate group '{group}'.");
        var authority = (found.Authorities is [.., var last] ? last : null) ?? throw new CommandProblem(ExitCodes.NotFound, $"The group {found.Name} has no CA.");
        return crl ? authority.Crl ?? throw new CommandProblem(ExitCodes.NotFound, $"The CA of {found.Name} has no CRL.") : authority.Certificate;
    }
}
