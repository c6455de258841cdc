using System.CommandLine;
using Gds.Core.Explaining;
using Gds.Host.Output;
using Gds.Web.Records;
using Ua.Security.Certificates;

namespace Gds.Host.Commands;

/// <summary>gds explain: why two applications accept each other or not.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var application = Lookup.ApplicationArgument();
        var peer = new Argument<string>("peer") { Description = "The other one: ApplicationUri or id." };
        var command = new Command("explain", "Say whether two applications accept each other, step by step on both sides, and what to do if not. Ends with 1 if not.") { application, peer };
        return command.Answering(async (parsed, client, ct) =>
        {
            var path = $"/explanations?application={Uri.EscapeDataString(parsed.GetRequiredValue(application))}&peer={Uri.EscapeDataString(parsed.GetRequiredValue(peer))}";
            var explanation = await client.GetAsync(path, GdsJson.Default.Explanation, ct);
            if (parsed.WantsJson()) JsonOut.Write(explanation, HostJson.Pretty.Explanation);
            else Say(explanation);
            return explanation.Possible ? ExitCodes.Ok : ExitCodes.Failed;
        });
    }

    private static void Say(Explanation explanation)
    {
        Console.WriteLine(explanation.Possible ? $"YES  {explanation.Verdict}" : $"NO   {explanation.Application.ApplicationUri} and {explanation.Peer.ApplicationUri} do not accept each other: {explanation.Cause}.");
        Say(explanation.Application);
        Say(explanation.Peer);
        foreach (var direction in explanation.Directions)
        {
            Console.WriteLine();
            Console.WriteLine($"{direction.Client} connects to {direction.Server}{(direction.EndpointUrl is { } url ? $" at {url}" : "")}");
            foreach (var line in direction.Judgements.SelectMany(j => JudgementText.Lines(j with { Reasons = [] }))) Console.WriteLine(line);
        }

        foreach (var line in JudgementText.Reasons(explanation.Reasons)) Console.WriteLine(line);
    }

    private static void Say(ExplainedParty party)
    {
        var what = party.Id is null ? "not registered any more" : $"{party.Name}, {party.Type}, {(party.Groups.Count == 0 ? "in no group" : string.Join(", ", party.Groups))}";
        Console.WriteLine($"  {party.ApplicationUri}: {what}");
        if (party.Certificate is not { } c) return;
        var issued = c.IssuedAt is { } at ? $", issued {Table.Time(at)} for {c.IssuedFor}" : ", not of this GDS";
        var revoked = c.RevokedAt is { } gone ? $", revoked {Table.Time(gone)} by {c.RevokedBy} ({c.RevocationCause})" : "";
        Console.WriteLine($"    certificate {c.Thumbprint}{issued}, until {Table.Time(c.NotAfter)}{revoked}");
    }
}
