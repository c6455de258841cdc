using System.CommandLine;
using Gds.Host.Output;
using Gds.Store;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds cert: certificates that were issued.</summary>
internal static class CertCommand
{
    public static Command Create() => new("cert", "Issued certificates.") { List(), Show(), Revoke() };

    public static void Say(IEnumerable<CertificateJson> certificates) =>
        Table.Write(["THUMBPRINT", "SERIAL NUMBER", "STATE", "APPLICATION", "NOT AFTER"], certificates.Select(c =>
            (IReadOnlyList<string?>)[c.Thumbprint, c.SerialNumber, c.State.ToString(), c.ApplicationUri, Table.Time(c.NotAfter)]));

    private static Command List()
    {
        var application = new Option<string?>("--application") { Description = "Only those of this application (ApplicationUri or id).", HelpName = "URI|ID" };
        var state = new Option<CertificateState?>("--state") { Description = "Only certificates in this state." };
        return new Command("list", "List certificates, newest first.") { application, state }.Calling(async (parsed, client, ct) =>
        {
            List<string> filters = [];
            if (parsed.GetValue(application) is { } which) filters.Add($"application={(await Lookup.ApplicationAsync(client, which, ct)).Id}");
            if (parsed.GetValue(state) is { } wanted) filters.Add($"state={wanted}");
            var all = await client.GetAsync("/certificates?" + string.Join('&', filters), GdsJson.Default.IReadOnlyListCertificateJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(all, HostJson.Pretty.IReadOnlyListCertificateJson);
            else Say(all);
        });
    }

    private static Command Show()
    {
        var which = Which();
        return new Command("show", "Show one certificate.") { which }.Calling(async (parsed, client, ct) =>
        {
            var c = await client.GetAsync($"/certificates/{Uri.EscapeDataString(parsed.GetRequiredValue(which))}", GdsJson.Default.CertificateJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(c, HostJson.Pretty.CertificateJson);
            else
            {
                Table.WriteFields(
                    ("Thumbprint", c.Thumbprint), ("Serial number", c.SerialNumber), ("State", c.State.ToString()), ("Application", c.ApplicationUri),
                    ("Subject", c.Subject), ("Hosts", string.Join(" ", c.Hosts)), ("Not before", Table.Time(c.NotBefore)), ("Not after", Table.Time(c.NotAfter)),
                    ("Revoked at", Table.Time(c.RevokedAt)), ("Reason", c.RevocationReason?.ToString()));
                if (c.Certificate is { } der) Console.WriteLine(System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE", der));
            }
        });
    }

    private static Command Revoke()
    {
        var which = Which();
        var reason = new Option<RevocationCause>("--reason") { Description = "Why.", DefaultValueFactory = _ => RevocationCause.Unspecified };
        return new Command("revoke", "Revoke a certificate; the new CRL is in the trust list at once.") { which, reason }.Calling(async (parsed, client, ct) =>
        {
            var c = await client.PostAsync(
                $"/certificates/{Uri.EscapeDataString(parsed.GetRequiredValue(which))}/revoke", new RevocationJson(parsed.GetValue(reason)),
                GdsJson.Default.RevocationJson, GdsJson.Default.CertificateJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(c, HostJson.Pretty.CertificateJson);
            else Console.WriteLine($"Revoked {c.Thumbprint} of {c.ApplicationUri}.");
        });
    }

    private static Argument<string> Which() => new("certificate") { Description = "Thumbprint or serial number, in hex." };
}
