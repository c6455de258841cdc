using System.Reflection;
using Gds.Authority;
using Gds.Core;
using Gds.Core.Push;
using Gds.OpcUa.Hosting;
using Gds.Store;
using Microsoft.Extensions.Configuration;

namespace Gds.Host.Configuration;

/// <summary>Every key that the configuration may have; a key that is none of them was mistyped and would silently do nothing.</summary>
internal static class KnownKeys
{
    private static readonly Dictionary<string, Type> s_sections = new(StringComparer.OrdinalIgnoreCase)
    {
        [GdsEndpointOptions.Section] = typeof(GdsEndpointOptions),
        [GdsCoreOptions.Section] = typeof(GdsCoreOptions),
        [PushOptions.Section] = typeof(PushOptions),
        [AuthorityOptions.Section] = typeof(AuthorityOptions),
        [GdsStoreOptions.Section] = typeof(GdsStoreOptions),
    };

    /// <summary>Levels of logging by category.</summary>
    private const string Logging = "Logging";

    /// <summary>Variables that are no keys: they are read by name.</summary>
    private static readonly string[] s_variables = ["DATA", "CA_SECRET", "CA_SECRET_FILE"];

    /// <summary>A sentence for each key that nothing reads.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration, string source, bool fromEnvironment)
    {
        foreach (var section in configuration.GetChildren())
        {
            if (string.Equals(section.Key, Logging, StringComparison.OrdinalIgnoreCase)) continue;
            if (fromEnvironment && s_variables.Contains(section.Key, StringComparer.OrdinalIgnoreCase)) continue;
            if (!s_sections.TryGetValue(section.Key, out var options))
            {
                yield return $"{source} has the key '{section.Key}', which is not known; known are {string.Join(", ", s_sections.Keys)} and {Logging}.";
                continue;
            }

            var names = options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true }).Select(p => p.Name).ToList();
            foreach (var key in section.GetChildren())
            {
                if (!names.Contains(key.Key, StringComparer.OrdinalIgnoreCase))
                    yield return $"{source} has the key '{section.Key}:{key.Key}', which is not known; known are {string.Join(", ", names)}.";
            }
        }
    }
}
