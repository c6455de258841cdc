using System.Text.Json;
using GatewayAgent.Commands;
using GatewayAgent.Configuration;
using GatewayAgent.Local;
using GatewayAgent.Tests.Kit;
using Pki;
using TestKit;
using Ua.Gds;

namespace GatewayAgent.Tests.Commands;

/// <summary>The command line on data folders of its own, as far as it needs no GDS.</summary>
public class CommandLineTests
{
    [Fact]
    public async Task Status_of_a_folder_that_does_not_exist_is_not_found()
    {
        using var temp = new TempFolder();
        var (code, _, errors) = await RunAsync("--data", temp.File("none"), "status");
        code.ShouldBe((int)ProblemKind.NotFound);
        errors.ShouldContain(temp.File("none"));
    }

    [Fact]
    public async Task A_sync_before_enrolment_says_what_to_do()
    {
        using var temp = new TempFolder();
        var (code, _, errors) = await RunAsync("--data", temp.FullPath, "sync");
        code.ShouldBe((int)ProblemKind.Refused);
        errors.ShouldContain("gateway-agent enroll");
    }

    [Fact]
    public async Task Status_shows_applications_that_are_configured_and_not_enrolled()
    {
        using var temp = new TempFolder();
        await ConfigureAsync(temp);
        var (code, output, _) = await RunAsync("--data", temp.FullPath, "status", "--json");
        code.ShouldBe(0);
        var report = JsonDocument.Parse(output).RootElement;
        report.GetProperty("enrolled").GetBoolean().ShouldBeFalse();
        var application = report.GetProperty("applications").EnumerateArray().Single();
        application.GetProperty("name").GetString().ShouldBe("Hall 7");
        application.GetProperty("state").GetString().ShouldBe("New");
        application.GetProperty("certificate").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("gds1.AAAA")]
    public async Task An_enrolment_string_that_is_none_is_a_usage_error_and_is_not_repeated(string text)
    {
        using var temp = new TempFolder();
        var (code, output, errors) = await RunAsync("--data", temp.FullPath, "enroll", text, "--application-name", "a", "--application-uri", "urn:a:b", "--root", temp.File("pki"), "--discovery-url", "opc.tcp://a");
        code.ShouldBe((int)ProblemKind.Usage);
        (output + errors).ShouldNotContain(text);
        File.Exists(temp.File("agent.json")).ShouldBeFalse("nothing is configured by a command that fails");
    }

    [Fact]
    public async Task A_gateway_is_enrolled_by_the_ApplicationUri_of_its_certificate_unless_another_is_accepted()
    {
        using var temp = new TempFolder();
        using var key = KeyPair.Create(KeyPairKind.Rsa2048);
        var own = SelfSignedCertificate.Create("urn:press-7:gateway", SubjectName.Build("Press 7"), ["press-7"], [], key, TimeSpan.FromDays(30), TimeProvider.System);
        var file = Path.Combine(Directory.CreateDirectory(temp.File("pki/own/certs")).FullName, "press.der");
        await File.WriteAllBytesAsync(file, own.Der, TestContext.Current.CancellationToken);
        var nobody = new EnrolmentString("opc.tcp://127.0.0.1:1", new byte[32], Guid.NewGuid(), new byte[32]).ToText();
        string[] enroll = ["--data", temp.File("data"), "enroll", nobody, "--application-name", "Press 7", "--discovery-url", "opc.tcp://press-7:4840", "--preset", "spec-annex-f", "--root", temp.File("pki")];

        var (code, _, errors) = await RunAsync([.. enroll, "--application-uri", "urn:press-7"]);
        code.ShouldBe((int)ProblemKind.Usage);
        foreach (var part in new[] { "urn:press-7:gateway", file, "--accept-uri" }) errors.ShouldContain(part);
        File.Exists(temp.File("data/agent.json")).ShouldBeFalse();

        (await RunAsync([.. enroll, "--application-uri", "urn:press-7", "--accept-uri"])).Code.ShouldBe((int)ProblemKind.Unreachable);
        (await File.ReadAllTextAsync(temp.File("data/agent.json"), TestContext.Current.CancellationToken)).ShouldContain("\"urn:press-7\"");
        Directory.Delete(temp.File("data"), recursive: true);
        (await RunAsync(enroll)).Code.ShouldBe((int)ProblemKind.Unreachable);
        (await File.ReadAllTextAsync(temp.File("data/agent.json"), TestContext.Current.CancellationToken)).ShouldContain("urn:press-7:gateway");
        File.Delete(file);
        (await RunAsync(enroll)).Errors.ShouldContain("--application-uri is needed");
    }

    [Fact]
    public async Task A_misspelt_key_stops_every_command_with_its_name()
    {
        using var temp = new TempFolder();
        temp.Write("agent.json", """{ "aplications": [] }""");
        var (code, _, errors) = await RunAsync("--data", temp.FullPath, "status");
        code.ShouldBe((int)ProblemKind.Usage);
        errors.ShouldContain("aplications");
        errors.ShouldContain("applications");
    }

    [Fact]
    public async Task An_option_that_does_not_exist_is_a_usage_error()
    {
        var (code, _, errors) = await RunAsync("status", "--nonsense");
        code.ShouldBe((int)ProblemKind.Usage);
        errors.ShouldContain("--nonsense");
    }

    [Fact]
    public async Task A_second_agent_on_one_folder_does_not_start()
    {
        using var temp = new TempFolder();
        using var held = AgentLock.TryTake(new DataFolder(temp.FullPath));
        held.ShouldNotBeNull();
        var (code, _, errors) = await RunAsync("--data", temp.FullPath, "run");
        code.ShouldBe((int)ProblemKind.Refused);
        errors.ShouldContain("already");
    }

    [Fact]
    public async Task A_certificate_file_is_trusted_listed_and_rejected_before_any_enrolment()
    {
        using var temp = new TempFolder();
        await ConfigureAsync(temp);
        var peer = Authority.SelfSigned("urn:peer", Authority.Key(6), TimeProvider.System);
        (await RunAsync("--data", temp.FullPath, "trust", temp.Write("peer.pem", PemFile.Write(peer)))).Code.ShouldBe(0);
        var (_, output, _) = await RunAsync("--data", temp.FullPath, "list", "--json");
        var item = JsonDocument.Parse(output).RootElement.EnumerateArray().ShouldHaveSingleItem();
        item.GetProperty("thumbprint").GetString().ShouldBe(peer.Thumbprint);
        item.GetProperty("origin").GetString().ShouldBe("local");

        (await RunAsync("--data", temp.FullPath, "reject", peer.Thumbprint)).Code.ShouldBe(0);
        (await RunAsync("--data", temp.FullPath, "list")).Output.ShouldContain("rejected local");
        (await RunAsync("--data", temp.FullPath, "list", "--application", "Hall 8")).Code.ShouldBe((int)ProblemKind.NotFound);
    }

    [Fact]
    public void The_data_folder_is_for_its_owner_only()
    {
        using var temp = new TempFolder();
        var data = new DataFolder(temp.File("data"));
        data.Create();
        OwnerOnlyDirectory.IsReadableByOthers(data.Root).ShouldBeFalse();
        OwnerOnlyDirectory.IsReadableByOthers(data.State).ShouldBeFalse();
    }

    private static Task<AgentConfiguration> ConfigureAsync(TempFolder temp) =>
        new ConfigurationFile(temp.File("agent.json")).AddAsync(new ApplicationConfiguration { Name = "Hall 7", ApplicationUri = "urn:a:b", Root = temp.File("pki"), DiscoveryUrls = ["opc.tcp://a"] });

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        var code = await AgentCommandLine.RunAsync(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
