using System.Text;
using Gds.Store;

namespace Gds.Core.Applications;

/// <summary>What makes an application record valid (Part 12, 6.5.5 and 6.5.6); the first rule broken is told.</summary>
internal static class RegistrationRules
{
    public const int LongestUri = 1024;
    private const int LongestName = 512;
    private const int LongestCapability = 64;
    private const int MostItems = 64;
    private const string ReversePrefix = "rcp+";
    private const string ReverseCapability = "RCP";

    /// <summary>Gives the registration with its nulls made empty, or throws InvalidArgument.</summary>
    public static ValidRegistration Check(ApplicationRegistration registration)
    {
        var uri = CheckApplicationUri(registration.ApplicationUri);
        if (!Enum.IsDefined(registration.ApplicationType))
            throw GdsProblem.Invalid($"ApplicationType is {(int)registration.ApplicationType}; it must be 0 to 3.");
        var names = CheckNames(registration.Names);
        var product = CheckText(registration.ProductUri, "ProductUri", LongestUri);
        var urls = CheckUrls(registration.DiscoveryUrls ?? []);
        var capabilities = CheckCapabilities(registration.ServerCapabilities ?? []);
        CheckReverse(registration.ApplicationType, urls, capabilities);
        return new(uri, registration.ApplicationType, names, product, urls, capabilities);
    }

    public static string CheckApplicationUri(string? value)
    {
        var uri = CheckText(value, "ApplicationUri", LongestUri);
        if (uri.AsSpan().Trim().Length != uri.Length) throw GdsProblem.Invalid("ApplicationUri begins or ends with white space.");
        foreach (var c in uri)
        {
            if (c is < ' ' or > '~')
                throw GdsProblem.Invalid($"ApplicationUri has the character U+{(int)c:X4}; a certificate can carry only printable ASCII there.");
        }
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || !HasScheme(uri, parsed))
            throw GdsProblem.Invalid($"ApplicationUri '{uri}' is not an absolute URI.");
        return uri;
    }

    // On Unix a rooted path parses as an absolute file URI; what is asked for is a scheme that is written.
    private static bool HasScheme(string text, Uri parsed) => text.StartsWith(parsed.Scheme + ":", StringComparison.OrdinalIgnoreCase);

    private static string CheckText(string? value, string argument, int longest)
    {
        if (string.IsNullOrWhiteSpace(value)) throw GdsProblem.Invalid($"{argument} is empty.");
        if (value.Length > longest) throw GdsProblem.Invalid($"{argument} has {value.Length} characters; {longest} is the limit.");
        return value;
    }

    private static void CheckCount(int count, string argument)
    {
        if (count > MostItems) throw GdsProblem.Invalid($"{argument} has {count} elements; {MostItems} is the limit.");
    }

    private static IReadOnlyList<ApplicationName> CheckNames(IReadOnlyList<ApplicationName>? names)
    {
        if (names is null or { Count: 0 }) throw GdsProblem.Invalid("ApplicationNames is empty; its first element is the default name.");
        CheckCount(names.Count, "ApplicationNames");
        for (var i = 0; i < names.Count; i++)
        {
            CheckText(names[i].Text, $"ApplicationNames[{i}]", LongestName);
            if (names[i].Locale?.Length > LongestCapability) throw GdsProblem.Invalid($"ApplicationNames[{i}] has a locale of {names[i].Locale!.Length} characters.");
        }
        return [.. names];
    }

    private static IReadOnlyList<string> CheckUrls(IReadOnlyList<string> urls)
    {
        CheckCount(urls.Count, "DiscoveryUrls");
        for (var i = 0; i < urls.Count; i++)
        {
            var argument = $"DiscoveryUrls[{i}]";
            var url = CheckText(urls[i], argument, LongestUri);
            var plain = IsReverse(url) ? url[ReversePrefix.Length..] : url;
            if (!Uri.TryCreate(plain, UriKind.Absolute, out var parsed) || !HasScheme(plain, parsed) || parsed.Host.Length == 0)
                throw GdsProblem.Invalid($"{argument} '{url}' is not a URL with a scheme and a host.");
            if (!Ascii.IsValid(parsed.Host)) throw GdsProblem.Invalid($"{argument} '{url}' has a host that is not ASCII; write it in its xn-- form.");
        }
        return [.. urls];
    }

    private static IReadOnlyList<string> CheckCapabilities(IReadOnlyList<string> capabilities)
    {
        CheckCount(capabilities.Count, "ServerCapabilities");
        for (var i = 0; i < capabilities.Count; i++) CheckText(capabilities[i], $"ServerCapabilities[{i}]", LongestCapability);
        foreach (var alone in new[] { "NA", "LDS" })
        {
            if (capabilities.Count > 1 && capabilities.Contains(alone))
                throw GdsProblem.Invalid($"ServerCapabilities has {alone} beside others; it stands alone.");
        }
        return [.. capabilities];
    }

    private static void CheckReverse(ApplicationType type, IReadOnlyList<string> urls, IReadOnlyList<string> capabilities)
    {
        var reverse = urls.Count(IsReverse);
        var says = capabilities.Contains(ReverseCapability);
        if (type == ApplicationType.Client)
        {
            if (urls.Count > 0 && !says)
                throw GdsProblem.Invalid("DiscoveryUrls are given for a Client, so ServerCapabilities must contain RCP.");
            if (reverse < urls.Count)
                throw GdsProblem.Invalid("DiscoveryUrls of a Client must all begin with rcp+.");
            return;
        }
        if (type != ApplicationType.ClientAndServer && reverse > 0)
            throw GdsProblem.Invalid($"DiscoveryUrls of a {type} must not begin with rcp+.");
        if (reverse > 0 && !says)
            throw GdsProblem.Invalid("DiscoveryUrls has one that begins with rcp+, so ServerCapabilities must contain RCP.");
        if (urls.Count == reverse)
            throw GdsProblem.Invalid($"DiscoveryUrls of a {type} must have at least one URL that clients connect to.");
        if (capabilities.Count == 0)
            throw GdsProblem.Invalid($"ServerCapabilities of a {type} must have at least one identifier; NA says that nothing is known.");
    }

    public static bool IsReverse(string url) => url.StartsWith(ReversePrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Host names and addresses of the discovery URLs, lower case, each once.</summary>
    public static IReadOnlyList<string> Hosts(IReadOnlyList<string> urls)
        => [.. urls.Select(HostOf).Distinct(StringComparer.Ordinal)];

    private static string HostOf(string url)
    {
        var host = new Uri(IsReverse(url) ? url[ReversePrefix.Length..] : url, UriKind.Absolute).Host;
        return host.Trim('[', ']').ToLowerInvariant();
    }
}

/// <summary>A registration that passed the rules.</summary>
internal sealed record ValidRegistration(
    string ApplicationUri,
    ApplicationType ApplicationType,
    IReadOnlyList<ApplicationName> Names,
    string ProductUri,
    IReadOnlyList<string> DiscoveryUrls,
    IReadOnlyList<string> ServerCapabilities);
