using Pki;

namespace Gds.Host.Tests;

/// <summary>What the configuration says counts, and what it cannot say is told by its key.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private readonly GdsProcess _gds = new();

    public void Dispose() => _gds.Dispose();

    [Theory]
    [InlineData("""{ "Endpont": {} }""", "'Endpont'")]
    [InlineData("""{ "Endpoint": { "Prot": 1 } }""", "'Endpoint:Prot'")]
    [InlineData("""{ "Endpoint": { "Port": 99999 } }""", "Endpoint:Port")]
    [InlineData("""{ "Endpoint": { "Port": "many" } }""", "Endpoint:Port")]
    [InlineData("""{ "Endpoint": { "FirstContact": "Maybe" } }""", "Endpoint:FirstContact")]
    [InlineData("""{ "Endpoint": { "HostNames": [ "not a host" ] } }""", "not a host")]
    [InlineData("""{ "Gds": { "CrlRenewalDays": 30 } }""", "CrlRenewalDays")]
    [InlineData("""{ "Endpoint": """, "gds.json")]
    public async Task A_fault_names_its_key_and_nothing_is_made(string json, string named)
    {
        System.IO.Directory.CreateDirectory(_gds.Data);
        await File.WriteAllTextAsync(_gds.File("gds.json"), json, TestContext.Current.CancellationToken);
        var result = await _gds.RunAsync("init");
        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(named);
        System.IO.Directory.GetFileSystemEntries(_gds.Data).Select(Path.GetFileName).ShouldBeSubsetOf(["gds.json", "gds.lock"]);
    }

    [Fact]
    public async Task The_sample_configuration_works()
    {
        System.IO.Directory.CreateDirectory(_gds.Data);
        File.Copy(Path.Combine(Root(), "deploy", "gds.sample.json"), _gds.File("gds.json"));
        var made = await _gds.GoodAsync("init", "--json");
        made.Json.GetProperty("endpoint").GetString().ShouldBe("opc.tcp://gds.plant.example:58810");
        var own = PemFile.ReadCertificates(await File.ReadAllBytesAsync(
            System.IO.Directory.GetFiles(_gds.File("pki", "own", "certs")).Single(), TestContext.Current.CancellationToken)).Single();
        own.DnsNames.ShouldContain("gds.plant.example");
    }

    [Fact]
    public async Task Where_no_GDS_is_a_command_says_so()
    {
        var result = await _gds.RunAsync("app", "list");
        result.ExitCode.ShouldBe(5);
        result.Error.ShouldContain("gds init");
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GdsSuite.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
