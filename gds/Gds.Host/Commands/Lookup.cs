using System.CommandLine;
using Gds.Web.Client;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>Finds what an argument names.</summary>
internal static class Lookup
{
    public static Argument<string> ApplicationArgument() => new("application") { Description = "ApplicationUri or id." };

    public static async Task<ApplicationJson> ApplicationAsync(GdsApiClient client, string uriOrId, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(uriOrId, out var id)) return await client.GetAsync($"/applications/{id}", GdsJson.Default.ApplicationJson, cancellationToken);
        var page = await client.GetAsync($"/applications?uri={Uri.EscapeDataString(uriOrId)}", GdsJson.Default.ApplicationPageJson, cancellationToken);
        return page.Applications is [var found, ..] ? found : throw new CommandProblem(ExitCodes.NotFound, $"There is no application '{uriOrId}'.");
    }

    public static async Task<IReadOnlyList<ApplicationJson>> AllApplicationsAsync(GdsApiClient client, CancellationToken cancellationToken)
    {
        var all = new List<ApplicationJson>();
        for (uint? after = 0; after is not null;)
        {
            var page = await client.GetAsync($"/applications?after={after}", GdsJson.Default.ApplicationPageJson, cancellationToken);
            all.AddRange(page.Applications);
            after = page.Next;
        }

        return all;
    }
}
