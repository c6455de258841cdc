using TestKit;
using Ua.Security.Certificates;

namespace GatewayAgent.Tests.Presets;

public class DetectionTests
{
    /// <summary>Directories that several products make alike, with nothing in them that tells.</summary>
    private static readonly string[] s_plainIssuers = ["asneg", "epics-opcua", "node-opcua", "opc-publisher-old", "qt-opcua", "twincat-tf6100-server", "ua-netstandard-gds"];

    /// <summary>Presets whose folder fits others as well, or whose facts have to be confirmed, so that a person has to say.</summary>
    private static readonly Dictionary<string, string[]> s_ambiguous = new()
    {
        ["spec-annex-f"] = ["spec-annex-f", "ua-lds", "ua-netstandard", "opc-publisher"],
        ["opc-publisher"] = ["opc-publisher", "ua-netstandard"],
        ["epics-opcua"] = s_plainIssuers,
        ["qt-opcua"] = s_plainIssuers,
        ["twincat-tf6100-server"] = ["twincat-tf6100-server"],
        ["prosys"] = ["prosys"],
        ["prosys-own"] = ["prosys-own"],
        ["ignition"] = ["ignition"],
        ["aveva-eds"] = ["aveva-eds"],
        ["ft-linx"] = ["ft-linx"],
        ["kepware"] = ["kepware"],
    };

    public static TheoryData<int, string> Products => [.. ProductFolder.All.Select((l, i) => (i, l.Preset))];

    [Theory]
    [MemberData(nameof(Products))]
    public void A_folder_of_a_product_tells_its_preset_or_is_known_to_be_ambiguous(int product, string preset)
    {
        using var folder = new ProductFolder(product);
        var found = LayoutDetection.Look(folder.Root, TrustFolderLayouts.All);
        var best = found.Where(f => f.Certainty >= Certainty.Likely).ToList();
        best.Where(f => f.Layout.Name == preset).ShouldHaveSingleItem().Root.ShouldBe(folder.Root);
        if (s_ambiguous.TryGetValue(preset, out var among))
        {
            best.Select(f => f.Layout.Name).ShouldBe(among, ignoreOrder: true);
            LayoutDetection.Only(found).ShouldBeNull();
        }
        else
        {
            LayoutDetection.Only(found).ShouldNotBeNull(string.Join("\n", found.Select(f => $"{f.Layout.Name} {f.Certainty}: {string.Join(" ", f.Reasons)}"))).Layout.Name.ShouldBe(preset);
        }
    }

    [Fact]
    public void The_root_is_found_from_inside_the_folder()
    {
        using var temp = new TempFolder();
        foreach (var directory in new[] { "own/certs", "own/private", "trusted/certs", "trusted/crl", "issuers/certs", "issuers/crl", "rejected" }) Directory.CreateDirectory(temp.File("app", "pkiserver", directory));
        File.WriteAllBytes(temp.File("app", "pkiserver", "own", "certs", "uaservercpp.der"), [0x30]);
        LayoutDetection.Only(LayoutDetection.Look(temp.File("app", "pkiserver"), TrustFolderLayouts.All))!.Root.ShouldBe(temp.File("app"));
        LayoutDetection.Only(LayoutDetection.Look(temp.File("app", "pkiserver", "trusted"), TrustFolderLayouts.All))!.Layout.Name.ShouldBe("ua-sdk-cpp");
    }

    [Fact]
    public void Upper_and_lower_case_tell_on_every_file_system()
    {
        using var temp = new TempFolder();
        foreach (var directory in new[] { "Trusted/Certs", "Trusted/Crl", "Issuers/Certs", "Issuers/Crl", "Rejected" }) Directory.CreateDirectory(temp.File("ApplicationFiles", "PKI", directory));
        LayoutDetection.Only(LayoutDetection.Look(temp.FullPath, TrustFolderLayouts.All))!.Layout.Name.ShouldBe("optix");
    }

    [Fact]
    public void A_folder_without_anything_known_fits_nothing()
    {
        using var temp = new TempFolder();
        Directory.CreateDirectory(temp.File("documents"));
        LayoutDetection.Look(temp.FullPath, TrustFolderLayouts.All).ShouldBeEmpty();
    }
}
