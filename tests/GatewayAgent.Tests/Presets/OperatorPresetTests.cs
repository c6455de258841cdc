using GatewayAgent.Commands;
using GatewayAgent.Configuration;
using TestKit;

namespace GatewayAgent.Tests.Presets;

/// <summary>Presets of an operator's own, and the commands that look for presets.</summary>
public class OperatorPresetTests
{
    private const string Layout = """
        { "name": "press", "own": { "certificates": "own", "privateKeys": "own", "certificateFile": "press.der", "privateKeyFile": "press.pem" },
          "trusted": { "certificates": "peers" }, "rejected": "refused", "certificateFile": "{thumb}.der", "crlFile": "{keyid}.crl", "marks": ["peers/"] }
        """;

    [Fact]
    public async Task A_preset_in_agent_json_is_used_like_one_of_the_product()
    {
        using var temp = new TempFolder();
        var configuration = await ReadAsync(temp, $"[{Layout}]");
        configuration.Applications[0].LayoutInForce.Name.ShouldBe("press");
        configuration.Applications[0].Stores().ShouldHaveSingleItem().Layout.Trusted.Certificates.ShouldBe("peers");
        configuration.Layouts.Count.ShouldBe(Ua.Security.Certificates.TrustFolderLayouts.All.Count + 1);
    }

    [Fact]
    public async Task A_preset_in_a_file_beside_agent_json_is_found_there()
    {
        using var temp = new TempFolder();
        temp.Write("mine.json", $"{{ \"layouts\": [ {Layout} ] }}");
        (await ReadAsync(temp, "\"mine.json\"")).Applications[0].LayoutInForce.Name.ShouldBe("press");
    }

    [Fact]
    public async Task Adding_an_application_keeps_the_presets()
    {
        using var temp = new TempFolder();
        await ReadAsync(temp, $"[{Layout}]");
        var file = new ConfigurationFile(temp.File("agent.json"));
        await file.AddAsync(new ApplicationConfiguration { Name = "Second", ApplicationUri = "urn:second", Preset = "press", Root = temp.File("second"), DiscoveryUrls = ["opc.tcp://a"] });
        (await file.ReadAsync()).Applications.Select(a => a.LayoutInForce.Name).ShouldBe(["press", "press"]);
    }

    [Theory]
    [InlineData("7", "presets must be a list of layouts")]
    [InlineData("\"none.json\"", "none.json' cannot be read")]
    [InlineData("[ { \"name\": \"press\" } ]", "agent.json: presets: The trust folder layouts cannot be read")]
    [InlineData("[ { \"name\": \"spec-annex-f\", \"trusted\": { \"certificates\": \"t\" }, \"certificateFile\": \"{thumb}.der\", \"crlFile\": \"{keyid}.crl\" } ]", "one of the product's own presets")]
    [InlineData("[ { \"name\": \"press\", \"trusted\": { \"certificates\": \"t\" }, \"certificateFile\": \"{cn}.der\", \"crlFile\": \"{keyid}.crl\" } ]", "'press' has the certificateFile '{cn}.der'; it must contain {THUMB} or {thumb}")]
    [InlineData("[ { \"name\": \"press\", \"trusted\": { \"certificates\": \"t\" }, \"crlsFile\": 1, \"certificateFile\": \"{thumb}.der\", \"crlFile\": \"{keyid}.crl\" } ]", "crlsFile")]
    public async Task A_preset_that_makes_no_sense_is_refused_with_its_name_and_the_rule(string presets, string says)
    {
        using var temp = new TempFolder();
        (await Should.ThrowAsync<AgentProblem>(() => ReadAsync(temp, presets))).Message.ShouldContain(says);
    }

    [Fact]
    public async Task A_product_without_files_is_answered_with_what_to_use_instead()
    {
        using var temp = new TempFolder();
        var text = """{ "applications": [ { "name": "a", "applicationUri": "urn:a", "preset": "siemens-s7-1500", "root": "/a", "discoveryUrls": ["opc.tcp://a"] } ] }""";
        var problem = await Should.ThrowAsync<AgentProblem>(() => new ConfigurationFile(temp.Write("agent.json", text)).ReadAsync());
        problem.Message.ShouldContain("applications[0].preset");
        problem.Message.ShouldContain("TIA Portal");
    }

    [Fact]
    public async Task A_root_that_is_a_store_itself_is_refused_with_the_folder_that_is_meant()
    {
        using var temp = new TempFolder();
        Directory.CreateDirectory(temp.File("app", "pkiserver"));
        var text = $$"""{ "applications": [ { "name": "a", "applicationUri": "urn:a", "preset": "ua-sdk-cpp", "root": "{{temp.File("app", "pkiserver").Replace("\\", "\\\\", StringComparison.Ordinal)}}", "discoveryUrls": ["opc.tcp://a"] } ] }""";
        (await Should.ThrowAsync<AgentProblem>(() => new ConfigurationFile(temp.Write("agent.json", text)).ReadAsync())).Message.ShouldContain("wants the folder above 'pkiserver'");
    }

    [Fact]
    public async Task Detect_prints_what_fits_and_ends_with_zero_only_where_one_is_sure()
    {
        using var folder = Product("node-opcua");
        var (code, output, _) = await RunAsync("--data", folder.Temp.File("none"), "detect", folder.Root);
        code.ShouldBe(0);
        output.ShouldContain("node-opcua: sure");
        using var ambiguous = Product("qt-opcua");
        var (refused, json, _) = await RunAsync("--data", folder.Temp.File("none"), "detect", ambiguous.Root, "--json");
        refused.ShouldBe((int)ProblemKind.Refused);
        System.Text.Json.JsonDocument.Parse(json).RootElement.EnumerateArray().Where(m => m.GetProperty("certainty").GetString() == "Likely").Select(m => m.GetProperty("preset").GetString()).ShouldContain("qt-opcua");
        (await RunAsync("--data", folder.Temp.File("none"), "detect", folder.Temp.File("nothing"))).Code.ShouldBe((int)ProblemKind.NotFound);
    }

    [Fact]
    public async Task Detect_says_confirm_with_what_to_look_at()
    {
        using var folder = Product("kepware");
        var (code, output, _) = await RunAsync("--data", folder.Temp.File("none"), "detect", folder.Root);
        code.ShouldBe((int)ProblemKind.Refused);
        output.ShouldContain("kepware: likely, confirm");
        output.ShouldContain("To be confirmed: Sources disagree");
    }

    [Fact]
    public async Task Enrolling_without_a_preset_takes_what_is_sure_and_asks_where_it_is_not()
    {
        using var sure = Product("ua-sdk-cpp");
        var choice = new FolderChoice(new DataFolder(sure.Temp.File("data")));
        await ExpectAsync(null, Path.Combine(sure.Root, "pkiserver"), "ua-sdk-cpp", sure.Root);
        await ExpectAsync(null, sure.Temp.File("new"), "spec-annex-f", sure.Temp.File("new"));
        await ExpectAsync("milo", sure.Root, "milo", sure.Root);
        (await choice.FindAsync("urn:a", "no-such", sure.Root, CancellationToken.None)).Layout.ShouldBeNull();
        using var unsure = Product("epics-opcua");
        var problem = await Should.ThrowAsync<AgentProblem>(() => choice.FindAsync("urn:a", null, unsure.Root, CancellationToken.None));
        problem.Message.ShouldContain("say which with --preset");
        problem.Message.ShouldContain("epics-opcua (likely");

        async Task ExpectAsync(string? said, string root, string preset, string at)
        {
            var found = await choice.FindAsync("urn:a", said, root, CancellationToken.None);
            (found.Preset, found.Root, found.Layout?.Name).ShouldBe((preset, at, preset));
        }
    }

    [Fact]
    public async Task Status_and_list_say_what_has_to_be_confirmed()
    {
        using var folder = Product("kepware");
        var text = $$"""{ "applications": [ { "name": "K", "applicationUri": "urn:k", "preset": "kepware", "root": "{{folder.Root.Replace("\\", "\\\\", StringComparison.Ordinal)}}", "discoveryUrls": ["opc.tcp://a"] } ] }""";
        Directory.CreateDirectory(folder.Temp.File("data"));
        File.WriteAllText(folder.Temp.File("data", "agent.json"), text);
        foreach (var command in new[] { "status", "list" })
        {
            var (code, output, errors) = await RunAsync("--data", folder.Temp.File("data"), command);
            code.ShouldBe(0, errors);
            output.ShouldContain("has to be confirmed");
            output.ShouldContain("read their trust folder only at start");
        }
    }

    private static ProductFolder Product(string preset) => new(ProductFolder.All.ToList().FindIndex(l => l.Preset == preset));

    private static async Task<AgentConfiguration> ReadAsync(TempFolder temp, string presets)
    {
        var root = temp.File("root").Replace("\\", "\\\\", StringComparison.Ordinal);
        var text = $$"""{ "presets": {{presets}}, "applications": [ { "name": "Press", "applicationUri": "urn:press", "preset": "press", "root": "{{root}}", "discoveryUrls": ["opc.tcp://a"] } ] }""";
        return await new ConfigurationFile(temp.Write("agent.json", text)).ReadAsync();
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await AgentCommandLine.RunAsync(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
