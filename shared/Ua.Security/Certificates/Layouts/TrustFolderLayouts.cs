using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ua.Security.Certificates;

/// <summary>The presets that come with the product, and the reader for those that an operator adds.</summary>
public static class TrustFolderLayouts
{
    private const string Resource = "Ua.Security.Certificates.Layouts.trust-folder-layouts.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    private static readonly Lazy<IReadOnlyDictionary<string, TrustFolderLayout>> Known = new(ReadPresets);

    /// <summary>The layout of the specification: what our own processes use.</summary>
    public static TrustFolderLayout SpecAnnexF => Find("spec-annex-f");

    public static IEnumerable<TrustFolderLayout> All => Known.Value.Values;

    /// <summary>The preset of that name; the error names those that exist.</summary>
    public static TrustFolderLayout Find(string name) => Known.Value.TryGetValue(name, out var layout)
        ? layout
        : throw new ArgumentException($"There is no trust folder layout '{name}'; known are {string.Join(", ", Known.Value.Keys.Order(StringComparer.Ordinal))}.", nameof(name));

    /// <summary>Reads layouts in the form of trust-folder-layouts.json and checks each.</summary>
    public static IReadOnlyList<TrustFolderLayout> Read(Stream json)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(json, Format) ?? throw new ArgumentException("The file of trust folder layouts is empty.");
            foreach (var layout in document.Layouts) Check(layout);
            return document.Layouts;
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The trust folder layouts cannot be read: {e.Message}", e);
        }
    }

    private static Dictionary<string, TrustFolderLayout> ReadPresets()
    {
        using var stream = typeof(TrustFolderLayouts).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        return Read(stream).ToDictionary(l => l.Name, StringComparer.OrdinalIgnoreCase);
    }

    private static void Check(TrustFolderLayout layout)
    {
        if (string.IsNullOrWhiteSpace(layout.Name)) throw new ArgumentException("A trust folder layout has no name.");
        if (layout.Stores.Count == 0) throw new ArgumentException($"The trust folder layout '{layout.Name}' has no stores.");
        string?[] paths =
        [
            .. layout.Stores.Select(s => s.Path), layout.Own.Certificates, layout.Own.PrivateKeys, layout.Trusted.Certificates,
            layout.Trusted.Crls, layout.Issuers.Certificates, layout.Issuers.Crls, layout.Rejected, layout.Touch,
        ];
        if (Array.Find(paths, IsOutside) is { } outside) throw new ArgumentException($"The trust folder layout '{layout.Name}' has the path '{outside}', which does not stay below its root.");
        string[] names = [layout.CertificateFile, layout.CrlFile, layout.Own.CertificateFile, layout.Own.PrivateKeyFile];
        if (Array.Find(names, n => n.IndexOfAny(['/', '\\']) >= 0 || n.Length == 0) is { } bad) throw new ArgumentException($"The trust folder layout '{layout.Name}' has the file name '{bad}'; a name without a path is needed.");
    }

    private static bool IsOutside(string? path) =>
        path is not null && (Path.IsPathRooted(path) || path.Contains('\\') || path.Contains(':') || path.Split('/').Contains(".."));

    private sealed record Document(IReadOnlyList<TrustFolderLayout> Layouts);
}
