using System.Globalization;
using GatewayAgent.Local;

namespace GatewayAgent.Commands;

/// <summary>Reports for people.</summary>
internal static class StatusText
{
    public static async Task WriteAsync(TextWriter output, StatusReport report)
    {
        await output.WriteLineAsync(report.Enrolled ? $"Enrolled with {report.Gds.EndpointUrl}." : "Not enrolled.");
        await output.WriteLineAsync(report.Running ? $"The agent runs{(report.NextCycle is { } next ? $"; next cycle at {Time(next)}" : "; a cycle is under way")}{(report.Listening ? "; it listens to the GDS" : "")}." : "The agent does not run.");
        foreach (var url in report.EndpointUrls) await output.WriteLineAsync($"Certificates and trust lists can be pushed to {url}.");
        if (report.Gds.LastContact is { } contact) await output.WriteLineAsync($"Last contact with the GDS: {Time(contact)}.");
        if (report.Gds.LastError is { } error) await output.WriteLineAsync($"GDS: {error} ({report.Gds.FailuresInARow} times in a row)");
        if (report.ConfigurationProblem is { } problem) await output.WriteLineAsync(problem);
        await WriteAsync(output, report.Applications);
    }

    public static async Task WriteAsync(TextWriter output, IReadOnlyList<ApplicationStatus> applications)
    {
        foreach (var application in applications)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync($"{application.Name}: {application.State}");
            await output.WriteLineAsync($"  ApplicationUri  {application.ApplicationUri}");
            if (application.Certificate is { } c) await output.WriteLineAsync($"  Certificate     {c.Thumbprint} of {c.Issuer}, until {Time(c.NotAfter)}");
            if (application.TrustList is { } l) await output.WriteLineAsync($"  Trust list      {l.Trusted} trusted ({l.Local} of them local), {l.Issuers} issuers, {l.Crls} revocation lists{(l.LastUpdate is { } at ? $", changed at the GDS {Time(at)}" : "")}");
            if (application.LastSync is { } sync) await output.WriteLineAsync($"  Last in step    {Time(sync)}");
            if (application.PendingRequest is { } pending) await output.WriteLineAsync($"  Open request    {pending} (at the GDS: 'gds request approve')");
            if (application.Note is { } note) await output.WriteLineAsync($"  Note            {note}");
            if (application.LastError is { } error) await output.WriteLineAsync($"  Problem         {error}");
            if (application.Drift > 0) await output.WriteLineAsync($"  Drift           {application.Drift} certificates that neither the GDS nor a technician put there ('gateway-agent list')");
            if (application.Rejected > 0) await output.WriteLineAsync($"  Rejected        {application.Rejected} certificates wait for a decision ('gateway-agent list')");
            if (application.Preset is { } preset) await output.WriteLineAsync($"  Preset          {preset}");
            foreach (var about in application.PresetNotes) await output.WriteLineAsync($"  About it        {about}");
            foreach (var folder in application.Folders) await output.WriteLineAsync($"  Folder          {folder}");
        }
    }

    private static string Time(DateTimeOffset time) => time.ToString("u", CultureInfo.InvariantCulture);
}
