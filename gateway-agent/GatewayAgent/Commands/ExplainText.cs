using System.Globalization;
using GatewayAgent.Explaining;
using Ua.Client;
using Ua.Security.Certificates;

namespace GatewayAgent.Commands;

/// <summary>An explanation for people: the verdict, what was seen, each step, and what to do.</summary>
internal static class ExplainText
{
    public static async Task WriteAsync(TextWriter output, ExplainReport report)
    {
        var first = true;
        foreach (var each in report.Cases)
        {
            if (!first) await output.WriteLineAsync();
            first = false;
            foreach (var line in each.Connection is { } connection ? OfEndpoint(each, connection) : each.Judgements.SelectMany(JudgementText.Lines)) await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> OfEndpoint(ExplainedCase each, ConnectionSeen seen)
    {
        yield return each.Possible
            ? $"YES  {each.Verdict}"
            : $"NO   {each.Application} cannot connect to {seen.EndpointUrl}: {each.Cause}.";
        yield return $"  as            {seen.Own ?? "nobody: there is no own certificate that can be used"}";
        if (seen.ServerApplicationUri is { } uri) yield return $"  server        {uri}{(seen.ServerCertificate is { } certificate ? $", {certificate}" : "")}";
        if (seen.Offered.Count > 0) yield return $"  offers        {string.Join(", ", seen.Offered)}";
        if (seen.ClockDifferenceSeconds is { } seconds) yield return $"  its clock     {(Math.Round(seconds, 1) + 0.0).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture)} s against this machine's";
        yield return seen.Stage == ProbeStage.Done ? "  came to       the end" : $"  came to       {seen.Stage}: {seen.StatusCode}{(seen.Said == seen.StatusCode ? "" : $": {seen.Said}")}";
        foreach (var judgement in each.Judgements)
        {
            foreach (var line in JudgementText.Lines(judgement with { Reasons = [] })) yield return line;
        }

        foreach (var line in JudgementText.Reasons(each.Reasons)) yield return line;
    }
}
