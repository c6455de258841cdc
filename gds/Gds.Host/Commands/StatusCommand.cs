using System.CommandLine;
using Gds.Host.Output;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds status: the health report.</summary>
internal static class StatusCommand
{
    public static Command Create() => new Command("status", "Say how the GDS is, and what needs a person.").Calling(async (parsed, client, ct) =>
    {
        var health = await client.GetAsync("/health", GdsJson.Default.HealthJson, ct);
        if (parsed.WantsJson())
        {
            JsonOut.Write(health, HostJson.Pretty.HealthJson);
            return;
        }

        Table.WriteFields(
            ("Status", health.Listening ? health.Status : "not running"), ("Version", health.Version), ("Endpoint", health.Endpoint),
            ("Server certificate", health.ServerCertificateFingerprint), ("Applications", health.Applications.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Members of groups", MemberText.Counts(health.Sync)), ("Inbox", health.OpenInInbox == 0 ? "empty" : $"{health.OpenInInbox} certificates wait for a decision"));
        foreach (var warning in health.Warnings) Console.WriteLine($"WARNING: {warning}");
        MemberText.WriteWorst(health.Sync.Worst);
        if (health.Expiring.Count == 0) return;
        Console.WriteLine();
        Table.Write(["ENDS SOON", "THUMBPRINT", "NOT AFTER"], health.Expiring.Select(e => (IReadOnlyList<string?>)[e.Name, e.Thumbprint, Table.Time(e.NotAfter)]));
    });
}
