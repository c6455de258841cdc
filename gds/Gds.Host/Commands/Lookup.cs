using System.CommandLine;
using Gds.Core.Sync;
using Gds.Web.Client;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>Finds what an argument names.</summary>
internal static class Lookup
{
    public static Argument<string> ApplicationArgument() => new("application") { Description = "ApplicationUri or id." };

    /// <summary>An id, alone or as a NodeId of the GDS' namespace.</summary>
    /// <param name="whereFrom">The command that lists the ids.</param>
    public static Argument<Guid> IdArgument(string description, string whereFrom) => new("id")
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Guid.TryParse(text[(text.LastIndexOf('=') + 1)..], out var id)) return id;
            result.AddError($"'{text}' is no id; '{whereFrom}' shows them.");
            return default;
        },
    };

    public static async Task<ApplicationJson> ApplicationAsync(GdsApiClient client, string uriOrId, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(uriOrId, out var id)) return await client.GetAsync($"/applications/{id}", GdsJson.Default.ApplicationJson, cancellationToken);
        var page = await client.GetAsync($"/applications?uri={Uri.EscapeDataString(uriOrId)}", GdsJson.Default.ApplicationPageJson, cancellationToken);
        return page.Applications is [var found, ..] ? found : throw new CommandProblem(ExitCodes.NotFound, $"There is no application '{uriOrId}'.");
    }

    /// <summary>How members stand; with a state, or overdue, only those.</summary>
    public static Task<IReadOnlyList<MemberJson>> MembersAsync(GdsApiClient client, SyncState? state, bool overdue, CancellationToken cancellationToken)
    {
        List<string> filters = ["max=10000"];
        if (state is not null) filters.Add($"state={state}");
        if (overdue) filters.Add("overdue=true");
        return client.GetAsync("/sync/members?" + string.Join('&', filters), GdsJson.Default.IReadOnlyListMemberJson, cancellationToken);
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
