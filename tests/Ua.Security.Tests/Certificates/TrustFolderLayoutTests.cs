using System.Text;

namespace Ua.Security.Certificates.Tests;

public class TrustFolderLayoutTests
{
    [Fact]
    public void The_presets_of_this_release_are_there() => TrustFolderLayouts.All.Select(l => l.Name).ShouldBe(
        [
            "spec-annex-f", "ua-netstandard", "ua-netstandard-gds", "opcf-legacy", "ua-lds", "ua-sdk-cpp", "uaexpert", "twincat-tf6100-server", "twincat-opcua-gateway", "wincc-oa",
            "prosys", "prosys-own", "node-opcua", "open62541-filestore", "milo", "ignition", "s2opc", "softing-cpp", "optix", "opc-publisher", "opc-publisher-old", "aveva-eds",
            "epics-opcua", "asneg", "qt-opcua", "pyuaf", "ft-linx", "kepware",
        ],
        ignoreOrder: true);

    [Fact]
    public void What_has_to_be_confirmed_says_so_in_a_sentence()
    {
        TrustFolderLayouts.All.Where(l => l.Confirm is not null).Select(l => l.Name).ShouldBe(["twincat-tf6100-server", "prosys", "prosys-own", "ignition", "aveva-eds", "ft-linx", "kepware"], ignoreOrder: true);
        TrustFolderLayouts.All.Select(l => l.Confirm).OfType<string>().ShouldAllBe(c => c.EndsWith('.') && c.Length > 40);
    }

    [Theory]
    [InlineData("codesys", "CODESYS Security Agent")]
    [InlineData("siemens-s7-1500", "TIA Portal")]
    public void A_product_without_a_folder_says_what_to_use_instead(string name, string says) =>
        Should.Throw<ArgumentException>(() => TrustFolderLayouts.Find(name)).Message.ShouldContain(says);

    [Theory]
    [InlineData("spec-annex-f", "trusted/certs|trusted/crl|issuer/certs|issuer/crl|rejected/certs|own/certs|own/private")]
    [InlineData("ua-netstandard", "trusted/certs|trusted/crl|issuer/certs|issuer/crl|rejected/certs|own/certs|own/private")]
    [InlineData("ua-sdk-cpp", "trusted/certs|trusted/crl|issuers/certs|issuers/crl|rejected|own/certs|own/private")]
    [InlineData("node-opcua", "trusted/certs|trusted/crl|issuers/certs|issuers/crl|rejected|own/certs|own/private")]
    [InlineData("open62541-filestore", "trusted/certs|trusted/crl|issuer/certs|issuer/crl|rejected/certs|own/certs|own/private")]
    public void A_layout_makes_its_directories(string layout, string directories)
    {
        using var plant = new PlantFolder(layout);
        foreach (var directory in directories.Split('|')) Directory.Exists(Path.Combine([plant.Root, .. directory.Split('/')])).ShouldBeTrue(directory);
        if (!OperatingSystem.IsWindows()) Pki.OwnerOnlyDirectory.IsReadableByOthers(plant.Folder.Paths.OwnPrivateKeys).ShouldBeFalse();
    }

    [Fact]
    public void The_TwinCAT_gateway_has_two_stores()
    {
        var stores = TrustFolderLayouts.Find("twincat-opcua-gateway").StoresUnder(Path.GetTempPath());
        stores.Select(s => (s.Store.Name, Path.GetFileName(s.Path))).ShouldBe([("server", "pkiserver"), ("client", "pkiclient")]);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones() =>
        Should.Throw<ArgumentException>(() => TrustFolderLayouts.Find("unknown")).Message.ShouldContain("node-opcua, opc-publisher");

    [Fact]
    public void An_operator_can_bring_a_layout_of_his_own()
    {
        var layout = TrustFolderLayouts.Read(Json("\"rejected\": \"Rejected\"")).Single();
        layout.Name.ShouldBe("mine");
        layout.Rejected.ShouldBe("Rejected");
        layout.Stores.Single().Path.ShouldBe("");
    }

    [Theory]
    [InlineData("\"rejected\": \"trusted/../../outside\"", "which does not stay below its root")]
    [InlineData("\"rejected\": \"/etc\"", "which does not stay below its root")]
    [InlineData("\"rejected\": \"C:\\\\pki\"", "which does not stay below its root")]
    [InlineData("\"stores\": []", "has no stores")]
    [InlineData("\"rejcted\": \"typo\"", "rejcted")]
    [InlineData("\"replace\": \"Sometimes\"", "replace")]
    [InlineData("\"rejected\": \"../../outside\"", "does not stay below its root")]
    [InlineData("\"rejected\": \"trusted\"", "where others lie as well")]
    [InlineData("\"stores\": [{ \"name\": \"a\" }]", "path")]
    [InlineData("\"stores\": [{ \"name\": \"a\", \"path\": \"\", \"group\": \"users\" }]", "must be application, https, user")]
    [InlineData("\"stores\": [{ \"name\": \"a\", \"path\": \"a\" }, { \"name\": \"A\", \"path\": \"b\" }]", "has the store 'a' twice")]
    [InlineData("\"issuerCertificateFile\": \"{cn}.der\"", "two certificates may have one name")]
    [InlineData("\"stores\": [{ \"name\": \"a\", \"path\": \"\", \"issuers\": { \"certificates\": \"trusted\" } }]", "one directory for trusted and issuer certificates")]
    public void A_layout_that_makes_no_sense_is_refused_with_the_reason(string line, string says) =>
        Should.Throw<ArgumentException>(() => TrustFolderLayouts.Read(Json(line))).Message.ShouldContain(says);

    [Theory]
    [InlineData("spec-annex-f", "issuer|trusted|own")]
    [InlineData("ua-sdk-cpp", "issuers|trusted|own")]
    public void What_belongs_together_changes_together_and_keys_change_last(string layout, string units) =>
        string.Join('|', SwapUnits.Of(TrustFolderLayouts.Find(layout), withOwn: true).Select(u => u.Path)).ShouldBe(units);

    [Fact]
    public void Directories_that_share_a_parent_with_others_change_one_by_one()
    {
        var flat = TrustFolderLayouts.Find("spec-annex-f") with
        {
            Trusted = new ListFiles("CA/certs", "CA/crl"),
            Rejected = "CA/rejected",
            Issuers = new ListFiles("issuer", "issuer_crls"),
        };
        SwapUnits.Of(flat, withOwn: false).Select(u => u.Path).ShouldBe(["issuer_crls", "issuer", "CA/crl", "CA/certs"]);
    }

    private static MemoryStream Json(string line) => new(Encoding.UTF8.GetBytes($$"""
        { "layouts": [ { "name": "mine",
          "own": { "certificates": "own", "privateKeys": "own/private", "certificateFile": "own.der", "privateKeyFile": "own.pem" },
          "trusted": { "certificates": "trusted", "crls": "trusted/crl" }, "issuers": { "certificates": "issuer", "crls": "issuer/crl" },
          "certificateFile": "{thumb}.der", "crlFile": "{keyid}.crl", {{line}} } ] }
        """));
}
