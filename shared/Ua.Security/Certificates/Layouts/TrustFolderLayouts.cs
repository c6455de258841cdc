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
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly Lazy<Document> Known = new(ReadPresets);

    /// <summary>The layout of the specification: what our own processes use.</summary>
    public static TrustFolderLayout SpecAnnexF => Find("spec-annex-f");

    public static IReadOnlyList<TrustFolderLayout> All => Known.Value.Layouts;

    /// <summary>Products that are known and cannot be managed by files.</summary>
    public static IReadOnlyList<UnmanagedProduct> Unmanaged => Known.Value.Unmanaged;

    /// <summary>The preset of that name; the error names those that exist, or what to use instead.</summary>
    public static TrustFolderLayout Find(string name) => Find(name, All);

    /// <inheritdoc cref="Find(string)"/>
    /// <param name="among">The presets, those of an operator too.</param>
    public static TrustFolderLayout Find(string name, IEnumerable<TrustFolderLayout> among)
    {
        if (FindOrNull(name, among) is { } layout) return layout;
        if (Unmanaged.FirstOrDefault(u => IsCalled(u.Name, name)) is { } unmanaged) throw new ArgumentException($"'{unmanaged.Name}' ({unmanaged.Title}) has no trust folder that may be written to. {unmanaged.Instead}", nameof(name));
        throw new ArgumentException($"There is no trust folder layout '{name}'; known are {string.Join(", ", among.Select(l => l.Name).Order(StringComparer.Ordinal))}.", nameof(name));
    }

    /// <summary>The preset of that name; null where there is none.</summary>
    public static TrustFolderLayout? FindOrNull(string name, IEnumerable<TrustFolderLayout> among) => among.FirstOrDefault(l => IsCalled(l.Name, name));

    /// <summary>Reads layouts in the form of trust-folder-layouts.json and checks each.</summary>
    /// <exception cref="ArgumentException">Names the layout, the key and the rule.</exception>
    public static IReadOnlyList<TrustFolderLayout> Read(Stream json) => ReadDocument(json).Layouts;

    private static Document ReadDocument(Stream json)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(json, Format) ?? throw new ArgumentException("The file of trust folder layouts is empty.");
            foreach (var layout in document.Layouts) LayoutCheck.Check(layout);
            if (document.Layouts.GroupBy(l => l.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new ArgumentException($"There are two trust folder layouts called '{twice.Key}'.");
            return document;
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The trust folder layouts cannot be read{(e.Path is { Length: > 2 } at ? $" at {at[2..]}" : "")}: {e.Message}", e);
        }
    }

    private static Document ReadPresets()
    {
        using var stream = typeof(TrustFolderLayouts).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        return ReadDocument(stream);
    }

    private static bool IsCalled(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private sealed record Document
    {
        public required IReadOnlyList<TrustFolderLayout> Layouts { get; init; }

        public IReadOnlyList<UnmanagedProduct> Unmanaged { get; init; } = [];
    }
}
