using System.Text.Json;
using GatewayAgent.Commands;
using GatewayAgent.Configuration;
using GatewayAgent.Local;
using Ua.Security.Certificates;

namespace GatewayAgent.Tests.Explaining;

/// <summary>explain, held against situations that are broken for real.</summary>
public class ExplainTests
{
    public static TheoryData<string> Names => [.. Situation.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_broken_is_called_by_its_name_and_shown(string name)
    {
        var situation = Situation.All.Single(s => s.Name == name);
        await using var site = Site.Create(situation.Preset);
        var asked = await situation.Arrange(site);

        var explained = await site.ExplainAsync([.. asked.Arguments, "--json"]);

        explained.Errors.ShouldBeEmpty();
        var reason = explained.Reasons.FirstOrDefault(r => r.GetProperty("cause").GetString() == situation.Cause.ToString());
        reason.ValueKind.ShouldBe(JsonValueKind.Object, explained.Output);
        reason.GetProperty("weight").GetString().ShouldBe(situation.Warns ? "Warns" : "Blocks");
        if (!situation.Warns) explained.Cause.ShouldBe(situation.Cause.ToString(), explained.Output);
        if (!situation.Warns) explained.Code.ShouldBe((int)ProblemKind.Refused);
        var shown = $"{reason.GetProperty("text").GetString()} {reason.GetProperty("source")} {reason.GetProperty("thumbprint")}";
        foreach (var part in asked.Named) shown.ShouldContain(part.Replace('/', part.StartsWith("urn", StringComparison.Ordinal) || part.Contains("://", StringComparison.Ordinal) ? '/' : Path.DirectorySeparatorChar));
        reason.GetProperty("toDo").GetString().ShouldBe(Advice.For(situation.Cause));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_technician_reads_the_verdict_first_and_what_to_do_last(string name)
    {
        var situation = Situation.All.Single(s => s.Name == name);
        await using var site = Site.Create(situation.Preset);
        var asked = await situation.Arrange(site);

        var explained = await site.ExplainAsync([.. asked.Arguments]);

        var lines = explained.Output.TrimEnd().Split(Environment.NewLine);
        lines[0].ShouldStartWith(explained.Code == 0 ? "YES " : "NO  ");
        if (!situation.Warns) lines[0].ShouldContain(situation.Cause.ToString());
        lines.ShouldContain(l => l.Contains($" {situation.Cause}: "));
        lines.ShouldContain($"  DO     {Advice.For(situation.Cause)}");
        lines[^1].ShouldStartWith("  DO     ");
    }

    [Fact]
    public void The_table_is_long_enough_and_its_names_are_different()
    {
        Situation.All.Count.ShouldBeGreaterThanOrEqualTo(45);
        Situation.All.Select(s => s.Name).ShouldBeUnique();
    }

    [Fact]
    public async Task What_is_in_order_is_accepted_as_client_and_as_server_with_every_step_shown()
    {
        await using var site = Site.Create();
        site.TrustPlant();
        var explained = await site.ExplainAsync(site.Brought(site.Sub.Issue(new Making("Pump 1"))), "--json");
        explained.Code.ShouldBe(0, explained.Output);
        var cases = JsonDocument.Parse(explained.Output).RootElement.GetProperty("cases").EnumerateArray().ToList();
        cases.Select(c => c.GetProperty("judgements")[0].GetProperty("role").GetString()).ShouldBe(["Client", "Server"]);
        var steps = cases[0].GetProperty("judgements")[0].GetProperty("steps").EnumerateArray().ToList();
        steps.Select(s => s.GetProperty("step").GetString()).Distinct().ShouldBe(Enum.GetNames<ValidationStep>());
        steps.ShouldContain(s => s.GetProperty("source").GetString() == site.Temp.File("pki", "issuer", "crl", "sub.crl"));
    }

    [Fact]
    public async Task Thumbprints_are_shortened_in_the_steps_and_names_of_files_are_not()
    {
        await using var site = Site.Create();
        var pump = new Making("Pump 1").SelfSigned().Certificate;
        var file = site.Put($"trusted/certs/Pump 1 [{pump.Thumbprint}].der", pump);
        var explained = await site.ExplainAsync(site.Brought(pump), "--as", "Client");
        explained.Code.ShouldBe(0, explained.Output);
        explained.Output.ShouldContain($"is in the trusted list ({file}).");
        explained.Output.ShouldContain($"[{pump.Thumbprint[..8]}] can be read.");
    }

    [Fact]
    public async Task Two_sides_that_trust_each_other_connect()
    {
        await using var site = Site.Create();
        site.PutSoundOwn();
        site.TrustPlant();
        var trusted = new TrustLists(
            [new(site.Root.Certificate, "line"), new(site.Sub.Certificate, "line")], [new(site.Root.Crl(), "line"), new(site.Sub.Crl(), "line")], [], []);
        var server = await site.ServeAsync(new(site.Sub.Own(PlantServer.Making), trusted));
        var explained = await site.ExplainAsync(server.Url, "--application", "gateway", "--json");
        explained.Code.ShouldBe(0, explained.Output);
        var connection = explained.Case.GetProperty("connection");
        connection.GetProperty("stage").GetString().ShouldBe("Done");
        connection.GetProperty("serverApplicationUri").GetString().ShouldBe(PlantServer.Uri);
        Math.Abs(connection.GetProperty("clockDifferenceSeconds").GetDouble()).ShouldBeLessThan(60);
    }

    [Fact]
    public async Task A_running_agent_explains_through_its_door_as_one_that_does_not_run()
    {
        await using var site = Site.Create();
        site.TrustPlant(site.Root.Crl(), null);
        var file = site.Brought(site.Sub.Issue(new Making("Pump 1")));
        var alone = await site.ExplainAsync(file, "--json");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var said = new StringWriter();
        var running = AgentCommandLine.RunAsync(["--data", site.Temp.File("data"), "run"], TextWriter.Synchronized(said), TextWriter.Null, stop.Token);
        try
        {
            using var held = AgentLock.TryTake(new DataFolder(site.Temp.File("data")));
            held.ShouldBeNull("the running agent holds the data folder");
            var asked = await site.ExplainAsync(file, "--json");
            asked.Errors.ShouldBeEmpty();
            (asked.Code, asked.Cause).ShouldBe((alone.Code, alone.Cause));
            asked.Case.GetProperty("judgements")[0].GetProperty("steps").GetArrayLength().ShouldBe(alone.Case.GetProperty("judgements")[0].GetProperty("steps").GetArrayLength());
            (await site.ExplainAsync("AB")).Code.ShouldBe((int)ProblemKind.Usage);
        }
        finally
        {
            await stop.CancelAsync();
            await running;
        }
    }

    [Fact]
    public async Task Nothing_is_changed_by_asking()
    {
        await using var site = Site.Create();
        site.TrustPlant();
        site.Put("rejected/certs/x.der", new Making("Pump 1").SelfSigned().Certificate);
        var before = Files(site);
        await site.ExplainAsync(site.Brought(site.Sub.Issue(new Making("Pump 1"))));
        Files(site).ShouldBe(before);
    }

    [Theory]
    [InlineData("AB12", ProblemKind.Usage, "40 (SHA-1) or 64 (SHA-256)")]
    [InlineData("0123456789012345678901234567890123456789", ProblemKind.NotFound, "gateway-agent list")]
    [InlineData("./none.der", ProblemKind.NotFound, "There is no file './none.der'")]
    [InlineData("https://host/x", ProblemKind.Usage, "no opc.tcp URL")]
    [InlineData("opc.tcp://", ProblemKind.Usage, "opc.tcp URL")]
    internal async Task What_cannot_be_asked_is_said_with_its_exit_code(string what, ProblemKind kind, string says)
    {
        await using var site = Site.Create();
        var explained = await site.ExplainAsync(what);
        explained.Code.ShouldBe((int)kind, explained.Output);
        explained.Errors.ShouldContain(says);
        explained.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_application_that_does_not_exist_is_not_found_and_those_that_do_are_named()
    {
        await using var site = Site.Create();
        var explained = await site.ExplainAsync(site.Brought(site.Root.Certificate), "--application", "Gatewya");
        explained.Code.ShouldBe((int)ProblemKind.NotFound);
        explained.Errors.ShouldContain("Gatewya");
        explained.Errors.ShouldContain("Gateway");
    }

    [Fact]
    public async Task A_user_is_nobody_whom_a_gateway_s_folder_judges()
    {
        await using var site = Site.Create();
        (await site.ExplainAsync(site.Brought(site.Root.Certificate), "--as", "User")).Code.ShouldBe((int)ProblemKind.Usage);
    }

    [Fact]
    public void Every_cause_says_what_to_do()
    {
        foreach (var cause in Enum.GetValues<Cause>().Where(c => c != Cause.None)) Advice.For(cause).ShouldEndWith(".", customMessage: cause.ToString());
    }

    private static IReadOnlyList<string> Files(Site site) =>
        [.. Directory.EnumerateFiles(site.Temp.File("pki"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O} {new FileInfo(f).Length}")];
}
