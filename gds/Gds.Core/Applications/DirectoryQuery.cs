using Gds.Core.State;
using Gds.Store;
using LikePattern = Ua.Core.LikePattern;

namespace Gds.Core.Applications;

/// <summary>Arguments of QueryApplications; null or empty filters are not used, all others must hold.</summary>
public sealed record ApplicationQuery(
    uint StartingRecordId = 0,
    uint MaxRecordsToReturn = 0,
    string? ApplicationName = null,
    string? ApplicationUri = null,
    uint ApplicationType = 0,
    string? ProductUri = null,
    IReadOnlyList<string>? Capabilities = null);

/// <summary>NextRecordId is what to start from next time; 0 when there is no more.</summary>
public sealed record ApplicationPage(DateTime LastCounterResetTime, uint NextRecordId, IReadOnlyList<ApplicationRecord> Applications);

/// <summary>Arguments of QueryServers.</summary>
public sealed record ServerQuery(
    uint StartingRecordId = 0,
    uint MaxRecordsToReturn = 0,
    string? ApplicationName = null,
    string? ApplicationUri = null,
    string? ProductUri = null,
    IReadOnlyList<string>? ServerCapabilities = null);

/// <summary>ServerOnNetwork (Part 4, 7.37).</summary>
public sealed record ServerEntry(uint RecordId, string ServerName, string DiscoveryUrl, IReadOnlyList<string> ServerCapabilities);

public sealed record ServerPage(DateTime LastCounterResetTime, IReadOnlyList<ServerEntry> Servers);

/// <summary>Pages of the directory, from the state of one instant (Part 12, 6.5.10 and 6.5.11).</summary>
internal static class DirectoryQuery
{
    private const uint ServersBit = 1, ClientsBit = 2;

    /// <summary>A page with no limit asked for ends here; the client goes on with NextRecordId.</summary>
    public const int LargestPage = 1000;

    public static ApplicationPage Applications(GdsState state, ApplicationQuery query)
    {
        if (query.ApplicationType > (ServersBit | ClientsBit))
            throw GdsProblem.Invalid($"ApplicationType is {query.ApplicationType}; 0 is no filter, 1 servers, 2 clients, 3 both.");
        var filter = new Filter(query.ApplicationName, query.ApplicationUri, query.ProductUri, query.Capabilities);
        var found = state.Directory.After(query.StartingRecordId)
            .Where(r => IsOfType(r.ApplicationType, query.ApplicationType) && IsReachable(r) && filter.Matches(r));
        var (page, next) = Page(found, query.MaxRecordsToReturn);
        return new(state.CounterResetAt, next, page);
    }

    public static ServerPage Servers(GdsState state, ServerQuery query)
    {
        var filter = new Filter(query.ApplicationName, query.ApplicationUri, query.ProductUri, query.ServerCapabilities);
        var found = state.Directory.After(query.StartingRecordId).Where(r => IsOfType(r.ApplicationType, ServersBit) && filter.Matches(r));
        var limit = query.MaxRecordsToReturn == 0 ? LargestPage : (int)Math.Min(query.MaxRecordsToReturn, LargestPage);
        var servers = new List<ServerEntry>();
        foreach (var record in found)
        {
            var entries = record.DiscoveryUrls.Where(u => !RegistrationRules.IsReverse(u))
                .Select(u => new ServerEntry(record.RecordId, record.DefaultName, u, record.ServerCapabilities)).ToList();
            // All URLs of a record go into one page: the next page starts after its record id.
            if (servers.Count > 0 && servers.Count + entries.Count > limit) break;
            servers.AddRange(entries);
            if (servers.Count >= limit) break;
        }
        return new(state.CounterResetAt, servers);
    }

    private static (List<ApplicationRecord> Page, uint Next) Page(IEnumerable<ApplicationRecord> found, uint asked)
    {
        var limit = asked == 0 ? LargestPage : (int)Math.Min(asked, LargestPage);
        var page = new List<ApplicationRecord>(Math.Min(limit, 128));
        foreach (var record in found)
        {
            if (page.Count == limit) return (page, page[^1].RecordId);
            page.Add(record);
        }
        return (page, 0);
    }

    private static bool IsOfType(ApplicationType type, uint mask) => mask == 0 || type switch
    {
        ApplicationType.Client => (mask & ClientsBit) != 0,
        ApplicationType.ClientAndServer => true,
        _ => (mask & ServersBit) != 0,
    };

    // A client is listed only where a server can reach it: it then has rcp+ URLs.
    private static bool IsReachable(ApplicationRecord record) => record.ApplicationType != ApplicationType.Client || record.DiscoveryUrls.Count > 0;

    private sealed class Filter(string? name, string? uri, string? productUri, IReadOnlyList<string>? capabilities)
    {
        private readonly LikePattern? _name = Parse(name, "ApplicationName");
        private readonly LikePattern? _uri = Parse(uri, "ApplicationUri");
        private readonly LikePattern? _product = Parse(productUri, "ProductUri");
        private readonly IReadOnlyList<string> _capabilities = Check(capabilities);

        public bool Matches(ApplicationRecord r)
            => (_name is null || _name.Matches(r.DefaultName))
            && (_uri is null || _uri.Matches(r.ApplicationUri))
            && (_product is null || _product.Matches(r.ProductUri))
            && _capabilities.All(r.ServerCapabilities.Contains);

        private static LikePattern? Parse(string? pattern, string argument)
            => string.IsNullOrEmpty(pattern) ? null : Patterns.Parse(pattern, argument, ignoreCase: true);

        private static IReadOnlyList<string> Check(IReadOnlyList<string>? capabilities)
        {
            if (capabilities is null) return [];
            if (capabilities.Count > 1 && capabilities.Contains("NA")) throw GdsProblem.Invalid("Capabilities has NA beside others; it stands alone.");
            return capabilities;
        }
    }
}
