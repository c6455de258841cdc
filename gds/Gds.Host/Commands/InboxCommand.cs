using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Gds.Host.Output;
using Gds.Store;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds inbox: certificates that gateways refused, or found where the GDS had not put them.</summary>
internal static class InboxCommand
{
    public static Command Create() => new("inbox", "Certificates that gateways refused or found.") { List(), Show(), Trust(), Dismiss() };

    private static Command List()
    {
        var state = new Option<InboxState?>("--state") { Description = "Only certificates in this state; without, those that are open." };
        var all = new Option<bool>("--all") { Description = "Trusted and dismissed ones too." };
        return new Command("list", "List certificates, seen last first.") { state, all }.Calling(async (parsed, client, ct) =>
        {
            var wanted = parsed.GetValue(state) ?? (parsed.GetValue(all) ? null : InboxState.Open);
            var found = await client.GetAsync(wanted is null ? "/inbox" : $"/inbox?state={wanted}", GdsJson.Default.IReadOnlyListInboxJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(found, HostJson.Pretty.IReadOnlyListInboxJson);
            else
            {
                Table.Write(["THUMBPRINT", "STATE", "SUBJECT", "APPLICATION URI", "NOT AFTER", "SEEN AT", "COUNT", "LAST SEEN"], found.Select(c => (IReadOnlyList<string?>)
                    [c.Thumbprint, c.State.ToString(), c.Subject, c.ApplicationUri, Table.Time(c.NotAfter), Places(c), c.Count.ToString(CultureInfo.InvariantCulture), Table.Time(c.LastSeenAt)]));
            }
        });
    }

    private static Command Show()
    {
        var which = Which();
        return new Command("show", "Show one certificate: where it was seen, and what stands against trusting it.") { which }.Calling(async (parsed, client, ct) =>
        {
            var c = await client.GetAsync(Path(parsed.GetRequiredValue(which)), GdsJson.Default.InboxJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(c, HostJson.Pretty.InboxJson);
            else Say(c);
        });
    }

    private static Command Trust()
    {
        var which = Which();
        var group = new Option<string?>("--group") { Description = "Certificate group whose trust list it goes on; without, the default one." };
        var issuer = new Option<bool>("--issuer") { Description = "Only as an issuer, to build chains with; for a CA." };
        var crls = TrustFiles.CrlOption();
        return new Command("trust", "Put a certificate on the trust list; it reaches every gateway of the group.") { which, group, issuer, crls }.Calling(async (parsed, client, ct) =>
        {
            var body = new InboxTrustJson(parsed.GetValue(group), parsed.GetValue(issuer), await TrustFiles.ReadAsync(parsed.GetValue(crls), ct));
            var c = await client.PostAsync(Path(parsed.GetRequiredValue(which)) + "/trust", body, GdsJson.Default.InboxTrustJson, GdsJson.Default.InboxJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(c, HostJson.Pretty.InboxJson);
            else Console.WriteLine($"{c.Subject} [{c.Thumbprint}] is on the trust list of {c.TrustedIn}.");
        });
    }

    private static Command Dismiss()
    {
        var which = Which();
        return new Command("dismiss", "Take a certificate off the open ones; it stays dismissed when it is seen again.") { which }.Calling(async (parsed, client, ct) =>
        {
            var c = await client.PostAsync(Path(parsed.GetRequiredValue(which)) + "/dismiss", GdsJson.Default.InboxJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(c, HostJson.Pretty.InboxJson);
            else Console.WriteLine($"Dismissed {c.Subject} [{c.Thumbprint}].");
        });
    }

    private static void Say(InboxJson c)
    {
        Table.WriteFields(
            ("Thumbprint", c.Thumbprint), ("SHA-256", c.Sha256), ("State", State(c)), ("Subject", c.Subject), ("Issuer", c.Issuer),
            ("Application URI", c.ApplicationUri), ("CA", c.IsAuthority ? "yes" : "no"), ("Not before", Table.Time(c.NotBefore)), ("Not after", Table.Time(c.NotAfter)),
            ("First seen", Table.Time(c.FirstSeenAt)), ("Last seen", Table.Time(c.LastSeenAt)), ("Reported", $"{c.Count} times"));
        foreach (var objection in c.Objections ?? []) Console.WriteLine($"CANNOT BE TRUSTED: {objection}");
        Console.WriteLine();
        Table.Write(["SEEN AT", "KIND", "POLICY", "FIRST SEEN", "LAST SEEN"], c.SeenAt.Select(s => (IReadOnlyList<string?>)
            [s.ApplicationUri, s.Kind.ToString(), s.Policy == FindingPolicy.None ? "" : s.Policy.ToString(), Table.Time(s.FirstSeenAt), Table.Time(s.LastSeenAt)]));
        Console.WriteLine();
        if (c.Certificate is { } der) Console.WriteLine(PemEncoding.WriteString("CERTIFICATE", der));
    }

    private static string State(InboxJson c) => c.DecidedBy is null ? c.State.ToString() : $"{c.State} by {c.DecidedBy} at {Table.Time(c.DecidedAt)}{(c.TrustedIn is null ? "" : $" in {c.TrustedIn}")}";

    private static string Places(InboxJson c) => c.SeenAt switch
    {
        [] => "",
        [var only] => only.ApplicationUri,
        [var first, ..] => $"{first.ApplicationUri} and {c.SeenAt.Count - 1} more",
    };

    private static string Path(string certificate) => $"/inbox/{Uri.EscapeDataString(certificate)}";

    private static Argument<string> Which() => new("certificate") { Description = "SHA-1 or SHA-256 thumbprint, in hex." };
}
