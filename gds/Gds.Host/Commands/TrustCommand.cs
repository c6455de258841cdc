using System.CommandLine;
using Gds.Core.Groups;
using Gds.Host.Output;
using Gds.Web.Client;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds trust: the trust lists of the certificate groups, which every application of a group gets.</summary>
internal static class TrustCommand
{
    public static Command Create() => new("trust", "The trust list that every application of a group gets.") { List(), Add(), Remove() };

    private static Command List()
    {
        var group = Group();
        return new Command("list", "List the certificates: our CA, and what was added to it.") { group }.Calling(async (parsed, client, ct) =>
            Say(parsed, await client.GetAsync(Path(parsed.GetRequiredValue(group)), GdsJson.Default.IReadOnlyListTrustListItemJson, ct)));
    }

    private static Command Add()
    {
        var file = new Argument<FileInfo>("file") { Description = "Certificate of a CA or of an application, DER or PEM." };
        file.AcceptExistingOnly();
        var (group, issuer, crls) = (Group(), Issuer(), TrustFiles.CrlOption());
        return new Command("add", "Put a certificate of another CA, or of an application without one, on the list; it reaches every gateway of the group.") { file, group, issuer, crls }
            .Calling(async (parsed, client, ct) =>
            {
                var certificate = await TrustFiles.ReadCertificateAsync(parsed.GetRequiredValue(file), ct);
                var order = new TrustListOrderJson(certificate, parsed.GetValue(issuer), await TrustFiles.ReadAsync(parsed.GetValue(crls), ct));
                Say(parsed, await client.PostAsync(
                    Path(parsed.GetRequiredValue(group)), order, GdsJson.Default.TrustListOrderJson, GdsJson.Default.IReadOnlyListTrustListItemJson, ct));
            });
    }

    private static Command Remove()
    {
        var which = new Argument<string>("certificate") { Description = "SHA-1 thumbprint, in hex." };
        var (group, issuer) = (Group(), Issuer());
        return new Command("remove", "Take a certificate off the list, and the revocation lists of a CA with it; no gateway of the group trusts it any more.") { which, group, issuer }
            .Calling(async (parsed, client, ct) =>
            {
                var thumbprint = parsed.GetRequiredValue(which);
                await client.DeleteAsync($"{Path(parsed.GetRequiredValue(group))}/{Uri.EscapeDataString(thumbprint)}?issuer={(parsed.GetValue(issuer) ? "true" : "false")}", ct);
                Done.Say(parsed, $"{thumbprint} is off the trust list of {parsed.GetValue(group)}.");
            });
    }

    private static void Say(ParseResult parsed, IReadOnlyList<TrustListItemJson> items)
    {
        if (parsed.WantsJson()) JsonOut.Write(items, HostJson.Pretty.IReadOnlyListTrustListItemJson);
        else
        {
            Table.Write(["THUMBPRINT", "KIND", "PART", "SUBJECT", "APPLICATION URI", "NOT AFTER", "CRL UNTIL", "ADDED BY", "ADDED AT"], items.Select(i => (IReadOnlyList<string?>)
                [i.Thumbprint, i.IsAuthority ? "CA" : "application", i.IsTrusted ? "trusted" : "issuer", i.Subject, i.ApplicationUri, Table.Time(i.NotAfter), Table.Time(i.CrlEndsAt), i.AddedBy ?? "(ours)", Table.Time(i.AddedAt)]));
        }
    }

    private static string Path(string group) => $"/groups/{Uri.EscapeDataString(group)}/trust-list";

    private static Option<string> Group() => new("--group") { Description = "Certificate group.", DefaultValueFactory = _ => CertificateGroups.Default };

    private static Option<bool> Issuer() => new("--issuer") { Description = "The issuer part, which only helps to build chains; without, the trusted part." };
}
