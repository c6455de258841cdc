using System.Text.Json.Serialization;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Configuration;

/// <summary>One gateway application that the agent keeps in step with the GDS: an entry of <c>applications</c> in agent.json.</summary>
internal sealed record ApplicationConfiguration
{
    /// <summary>A name for people, unique here; also the name under which the GDS lists it.</summary>
    public required string Name { get; init; }

    /// <summary>The ApplicationUri that the gateway states and that its certificate must carry.</summary>
    public required string ApplicationUri { get; init; }

    /// <summary>Null takes the ApplicationUri without its last part.</summary>
    public string? ProductUri { get; init; }

    public ApplicationType Type { get; init; } = ApplicationType.Server;

    public IReadOnlyList<string> DiscoveryUrls { get; init; } = [];

    /// <summary>Capability identifiers of Part 12, Annex D.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = ["NA"];

    /// <summary>The layout of the trust folder: the name of a preset.</summary>
    public string Preset { get; init; } = "spec-annex-f";

    /// <summary>The layout that the preset names, found when agent.json was read.</summary>
    [JsonIgnore]
    public TrustFolderLayout? Layout { get; init; }

    [JsonIgnore]
    public TrustFolderLayout LayoutInForce => Layout ?? TrustFolderLayouts.Find(Preset);

    /// <summary>The root of the trust folder; stores of a preset with several lie below it.</summary>
    public string? Root { get; init; }

    /// <summary>Roots of single stores, by the store's name; they win over <see cref="Root"/>.</summary>
    public IReadOnlyDictionary<string, string> Roots { get; init; } = new Dictionary<string, string>();

    /// <summary>A file whose first line is the password of the gateway's key file; null where keys are not encrypted.</summary>
    public string? PrivateKeyPasswordFile { get; init; }

    public ReloadConfiguration Reload { get; init; } = new();

    /// <summary>Null does not verify by a connection.</summary>
    public VerifyConfiguration? Verify { get; init; }

    /// <summary>The GDS is asked for certificates and lists; false leaves the application to those who push.</summary>
    public bool Pull { get; init; } = true;

    /// <summary>What becomes of certificates in the folder that neither the GDS nor a technician put there.</summary>
    public DriftPolicy Drift { get; init; }

    /// <summary>Subject of the certificate, "CN=.../O=..."; null makes CN from the name and O from <see cref="AgentConfiguration.Organization"/>.</summary>
    public string? Subject { get; init; }

    /// <summary>Host names and addresses for the certificate beside those of the discovery URLs.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>RSA key of the certificate: 2048, 3072 or 4096 bits.</summary>
    public int KeySize { get; init; } = 2048;

    /// <summary>The password of key files, read now; null for none.</summary>
    public string? PrivateKeyPassword()
    {
        if (PrivateKeyPasswordFile is null) return null;
        try
        {
            return File.ReadLines(PrivateKeyPasswordFile).FirstOrDefault() ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"The password file '{PrivateKeyPasswordFile}' of {Name} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The stores of the application group; those that not every installation has only where they are there.</summary>
    public IReadOnlyList<StorePlace> Stores()
    {
        var layout = LayoutInForce;
        List<StorePlace> stores = [];
        foreach (var store in layout.Stores.Where(s => s.Group == TrustFolderStore.ApplicationGroup))
        {
            var named = Roots.GetValueOrDefault(store.Name);
            var path = named is not null ? Path.GetFullPath(named) : Root is not null ? layout.StoresUnder(Root).First(s => s.Store == store).Path : null;
            if (path is not null && (named is not null || !store.Optional || Directory.Exists(path))) stores.Add(new StorePlace(store.Name, path, layout.For(store)));
        }

        return stores;
    }

    public void Validate(string key, IReadOnlyList<TrustFolderLayout> presets)
    {
        if (string.IsNullOrWhiteSpace(Name)) throw Wrong("name", "must not be empty");
        if (Name.Length > 64) throw Wrong("name", "must have at most 64 characters: it becomes the CN of the certificate");
        if (!Uri.TryCreate(ApplicationUri, UriKind.Absolute, out _)) throw Wrong("applicationUri", $"must be an absolute URI, not '{ApplicationUri}'");
        if (ProductUri is not null && !Uri.TryCreate(ProductUri, UriKind.Absolute, out _)) throw Wrong("productUri", $"must be an absolute URI, not '{ProductUri}'");
        if (!Enum.IsDefined(Type)) throw Wrong("type", "must be Server, Client, ClientAndServer or DiscoveryServer");
        if (Type != ApplicationType.Client && DiscoveryUrls.Count == 0) throw Wrong("discoveryUrls", $"must have at least one URL for an application of type {Type}");
        if (DiscoveryUrls.FirstOrDefault(u => !DiscoveryUrl.IsValid(u)) is { } url) throw Wrong("discoveryUrls", $"has '{url}', which is no URL of OPC UA such as opc.tcp://host:4840");
        if (Type != ApplicationType.Client && Capabilities.Count == 0) throw Wrong("capabilities", "must name at least one capability; NA means that none is stated");
        if (Capabilities.Count > 1 && Capabilities.Contains("NA")) throw Wrong("capabilities", "cannot have NA beside others");
        if (KeySize is not (2048 or 3072 or 4096)) throw Wrong("keySize", "must be 2048, 3072 or 4096");
        if (!Enum.IsDefined(Drift)) throw Wrong("drift", "must be leave, remove or offer");
        if (HostNames.Any(string.IsNullOrWhiteSpace)) throw Wrong("hostNames", "must not have empty entries");
        if (Subject is not null) ValidateSubject();
        ValidateFolder();
        Reload.Validate($"{key}.reload");
        Verify?.Validate($"{key}.verify");

        AgentProblem Wrong(string part, string rule) => AgentConfiguration.Wrong($"{key}.{part}", rule);

        void ValidateSubject()
        {
            try
            {
                Pki.SubjectName.Parse(Subject);
            }
            catch (Pki.PkiException e)
            {
                throw Wrong("subject", $"is no subject name: {e.Message}");
            }
        }

        void ValidateFolder()
        {
            if (TrustFolderLayouts.FindOrNull(Preset, presets) is not { } layout) throw Wrong("preset", $"names '{Preset}'. {Unknown(Preset, presets)}");
            if (Root is null && Roots.Count == 0) throw Wrong("root", "is needed: the path of the trust folder");
            if (Roots.Keys.FirstOrDefault(r => layout.Stores.All(s => s.Name != r)) is { } unknown)
                throw Wrong("roots", $"names the store '{unknown}'; the preset {layout.Name} has {string.Join(", ", layout.Stores.Select(s => s.Name))}");
            if (Roots.Keys.FirstOrDefault(r => layout.Stores.First(s => s.Name == r).Group != TrustFolderStore.ApplicationGroup) is { } other)
                throw Wrong("roots", $"names the store '{other}', which serves another certificate group than that of the application");
            if (Root is not null && layout.Stores.FirstOrDefault(s => IsStoreItself(Root, s)) is { } below)
                throw Wrong("root", $"is the store '{below.Name}' itself; the preset {layout.Name} wants the folder above '{below.Path}'");
            if (Stores().Count == 0) throw Wrong("root", $"gives no store of the preset {layout.Name} that serves application certificates");
        }
    }
    /// <summary>The root ends like the path of a store and has no such store below it.</summary>
    private static bool IsStoreItself(string root, TrustFolderStore store)
    {
        var parts = store.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 && Path.GetFullPath(root).Split('/', '\\', StringSplitOptions.RemoveEmptyEntries).TakeLast(parts.Length).SequenceEqual(parts)
            && !Directory.Exists(Path.Combine([root, .. parts]));
    }

    private static string Unknown(string preset, IReadOnlyList<TrustFolderLayout> presets)
    {
        try
        {
            return TrustFolderLayouts.Find(preset, presets).Title;
        }
        catch (ArgumentException e)
        {
            return e.Message.Split(" (Parameter")[0].TrimEnd('.');
        }
    }
}
