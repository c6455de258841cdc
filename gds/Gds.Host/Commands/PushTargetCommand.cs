using System.CommandLine;
using Gds.Host.Output;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds push target: where the GDS pushes to. Passwords come from standard input or a prompt, never from the command line.</summary>
internal static class PushTargetCommand
{
    public static Command Create() => new("target", "Applications that the GDS pushes to.") { Add(), List(), Show(), Remove() };

    private static Command Add()
    {
        var which = Lookup.ApplicationArgument();
        var user = new Option<string?>("--user") { Description = "User name at the target, with the role SecurityAdmin there; the password is read from the terminal or standard input." };
        var certificate = new Option<FileInfo?>("--user-certificate") { Description = "Certificate of the user at the target, DER or PEM." };
        var key = new Option<FileInfo?>("--user-key") { Description = "Its key, PKCS #8 without a password." };
        var url = new Option<string?>("--url") { Description = "Endpoint URL. Default: the first DiscoveryUrl of the application." };
        var fingerprint = new Option<string?>("--fingerprint") { Description = "SHA-256 of the certificate that the server shows now; needed where the GDS does not trust it yet." };
        var keepKey = new Option<bool>("--keep-key") { Description = "New certificates for the key that the target has." };
        var keepOthers = new Option<bool>("--keep-others") { Description = "Leave what the target trusts beyond the list of its group." };
        var command = new Command("add", "Push to an application from now on, or change how. Without a user the GDS signs in by its own certificate.")
            { which, user, certificate, key, url, fingerprint, keepKey, keepOthers };
        return command.Calling(async (parsed, client, ct) =>
        {
            var app = await Lookup.ApplicationAsync(client, parsed.GetRequiredValue(which), ct);
            var name = parsed.GetValue(user);
            var order = new PushTargetOrderJson
            {
                EndpointUrl = parsed.GetValue(url),
                UserName = name,
                Password = name is null ? null : PasswordInput.Read(),
                UserCertificate = await ReadAsync(parsed.GetValue(certificate), ct),
                UserKey = await ReadAsync(parsed.GetValue(key), ct),
                Fingerprint = parsed.GetValue(fingerprint),
                RenewsKey = !parsed.GetValue(keepKey),
                KeepsOthers = parsed.GetValue(keepOthers),
            };
            await client.PutAsync($"/push/targets/{app.Id}", order, GdsJson.Default.PushTargetOrderJson, ct);
            Done.Say(parsed, $"{app.ApplicationUri} is a push target.");
        });
    }

    private static Command List() => new Command("list", "List the push targets.").Calling(async (parsed, client, ct) =>
    {
        var all = await client.GetAsync("/push/targets", GdsJson.Default.IReadOnlyListPushTargetJson, ct);
        if (parsed.WantsJson()) JsonOut.Write(all, HostJson.Pretty.IReadOnlyListPushTargetJson);
        else
        {
            Table.Write(["APPLICATION", "URL", "LOGIN", "UP TO DATE", "CONFIRMED", "FAILED", "RETRY AT"], all.Select(t => (IReadOnlyList<string?>)
                [t.ApplicationUri, t.EndpointUrl, t.UserName ?? t.Login.ToString(), t.UpToDate ? "yes" : "no", Table.Time(t.ConfirmedAt), t.FailedRuns == 0 ? "" : $"{t.FailedRuns}", Table.Time(t.RetryAt)]));
        }
    });

    private static Command Show()
    {
        var which = Lookup.ApplicationArgument();
        return new Command("show", "Show one push target.") { which }.Calling(async (parsed, client, ct) =>
        {
            var app = await Lookup.ApplicationAsync(client, parsed.GetRequiredValue(which), ct);
            var t = await client.GetAsync($"/push/targets/{app.Id}", GdsJson.Default.PushTargetJson, ct);
            if (parsed.WantsJson())
            {
                JsonOut.Write(t, HostJson.Pretty.PushTargetJson);
                return;
            }

            Table.WriteFields(
                ("Application URI", t.ApplicationUri), ("URL", t.EndpointUrl), ("Login", t.UserName ?? t.Login.ToString()), ("Fingerprint", t.Fingerprint),
                ("New keys", t.RenewsKey ? "with each certificate" : "never"), ("Other certificates", t.KeepsOthers ? "stay" : "go"), ("Up to date", t.UpToDate ? "yes" : "no"),
                ("Confirmed", Table.Time(t.ConfirmedAt)), ("Failed runs", t.FailedRuns == 0 ? null : $"{t.FailedRuns}"), ("Retry at", Table.Time(t.RetryAt)), ("Made by", t.CreatedBy), ("Made at", Table.Time(t.CreatedAt)));
        });
    }

    private static Command Remove()
    {
        var which = Lookup.ApplicationArgument();
        return new Command("remove", "Push to an application no more.") { which }.Calling(async (parsed, client, ct) =>
        {
            var app = await Lookup.ApplicationAsync(client, parsed.GetRequiredValue(which), ct);
            await client.DeleteAsync($"/push/targets/{app.Id}", ct);
            Done.Say(parsed, $"{app.ApplicationUri} is no push target any more.");
        });
    }

    private static async Task<byte[]?> ReadAsync(FileInfo? file, CancellationToken cancellationToken) =>
        file is null ? null : await File.ReadAllBytesAsync(file.FullName, cancellationToken);
}
