using System.Text.Json;
using Ua.Gds;

namespace EndToEnd.Tests.Agents;

/// <summary>First contact of real agents with a real GDS.</summary>
[Collection(AgentCollection.Name)]
public class EnrolmentTests(AgentPlant plant)
{
    [Fact]
    public async Task An_enrolled_gateway_holds_a_certificate_and_a_list_that_hold()
    {
        var agent = plant.Agent("enrolled");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri);
        await FolderJudge.ExpectOpenSslAsync(agent.TrustFolder);

        var status = await agent.StatusAsync();
        status.GetProperty("enrolled").GetBoolean().ShouldBeTrue();
        status.GetProperty("applications").EnumerateArray().Select(a => a.GetProperty("state").GetString()).ShouldAllBe(s => s == "InSync");
        status.GetProperty("applications")[0].GetProperty("name").GetString().ShouldBe("agent");
        await FolderJudge.ExpectSoundAsync(Path.Combine(agent.DataFolder, "pki"), status.GetProperty("applications")[0].GetProperty("applicationUri").GetString()!);
    }

    [Fact]
    public async Task Nothing_secret_of_the_enrolment_string_stays_on_the_disk()
    {
        var agent = plant.Agent("secret");
        var token = await plant.TokenAsync();
        (await agent.EnrolAsync(token)).ExitCode.ShouldBe(0);
        EnrolmentString.TryParse(token, out var parsed, out _).ShouldBeTrue();
        var files = Directory.EnumerateFiles(agent.DataFolder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".sock", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        files.ShouldNotBeEmpty();
        files.ShouldAllBe(content => !content.Contains(token, StringComparison.Ordinal) && !content.Contains(parsed!.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Enrolling_again_with_the_same_string_changes_nothing()
    {
        var agent = plant.Agent("again");
        var token = await plant.TokenAsync();
        (await agent.EnrolAsync(token)).ExitCode.ShouldBe(0);
        var before = (await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri)).Thumbprint;
        var again = await agent.EnrolAsync(token);
        again.ExitCode.ShouldBe(0, again.Said);
        (await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri)).Thumbprint.ShouldBe(before);
        (await plant.GdsAsync("app", "list")).EnumerateArray().Count(a => a.GetProperty("applicationUri").GetString() == agent.ApplicationUri).ShouldBe(1);
    }

    [Fact]
    public async Task A_further_gateway_is_let_in_by_a_new_token_and_waits_for_a_person_without_one()
    {
        var agent = plant.Agent("further");
        var used = await plant.TokenAsync(uses: 1);
        (await agent.EnrolAsync(used)).ExitCode.ShouldBe(0);

        (await EnrolAnotherAsync("second", await plant.TokenAsync(uses: 1))).ShouldBe("InSync");
        await FolderJudge.ExpectSoundAsync(Path.Combine(agent.TrustFolder, "..", "second"), "urn:localhost:tests:further-second");
        var token = await plant.TokenAsync(uses: 1);
        (await plant.Agent("further-other").EnrolAsync(token)).ExitCode.ShouldBe(0);
        (await EnrolAnotherAsync("third", token)).ShouldBe("WaitingForApproval");

        async Task<string?> EnrolAnotherAsync(string name, string text)
        {
            var uri = $"urn:localhost:tests:further-{name}";
            var done = await agent.RunAsync(
                "enroll", text, "--application-name", name, "--application-uri", uri, "--discovery-url", "opc.tcp://localhost:4842",
                "--preset", "spec-annex-f", "--root", Path.Combine(agent.TrustFolder, "..", name), "--json");
            done.ExitCode.ShouldBe(0, done.Said);
            return done.Json().GetProperty("applications").EnumerateArray().Single(a => a.GetProperty("applicationUri").GetString() == uri).GetProperty("state").GetString();
        }
    }

    [Fact]
    public async Task A_server_with_another_certificate_is_refused_before_anything_is_sent_and_both_fingerprints_are_told()
    {
        var agent = plant.Agent("mismatch");
        EnrolmentString.TryParse(await plant.TokenAsync(), out var real, out _).ShouldBeTrue();
        var wrong = new EnrolmentString(real!.EndpointUrl, new byte[32], real.TokenId, real.Secret);
        var result = await agent.EnrolAsync(wrong.ToText());
        result.ExitCode.ShouldBe(1, result.Said);
        result.Errors.ShouldContain(Convert.ToHexString(real.CertificateSha256));
        result.Errors.ShouldContain(new string('0', 64));
        (await plant.GdsAsync("app", "list")).EnumerateArray().ShouldAllBe(a => a.GetProperty("applicationUri").GetString() != agent.ApplicationUri);
    }

    [Fact]
    public async Task A_token_that_the_GDS_does_not_know_is_told_with_what_to_do()
    {
        var agent = plant.Agent("unknown-token");
        EnrolmentString.TryParse(await plant.TokenAsync(), out var real, out _).ShouldBeTrue();
        var wrong = new EnrolmentString(real!.EndpointUrl, real.CertificateSha256, real.TokenId, new byte[32]);
        var result = await agent.EnrolAsync(wrong.ToText());
        result.ExitCode.ShouldBe(1, result.Said);
        result.Errors.ShouldContain("gds token create");
    }

    [Fact]
    public async Task A_used_up_token_is_told_and_what_it_did_stays()
    {
        var token = await plant.TokenAsync(uses: 1);
        (await plant.Agent("first").EnrolAsync(token)).ExitCode.ShouldBe(0);
        var late = await plant.Agent("late").EnrolAsync(token);
        late.ExitCode.ShouldBe(1, late.Said);
        (await plant.Agent("first").SyncAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_GDS_that_is_not_there_is_told_with_its_own_exit_code()
    {
        var agent = plant.Agent("nobody");
        EnrolmentString.TryParse(await plant.TokenAsync(), out var real, out _).ShouldBeTrue();
        var nowhere = new EnrolmentString($"opc.tcp://localhost:{TestKit.Processes.FreePort.Find()}", real!.CertificateSha256, real.TokenId, real.Secret);
        var result = await agent.EnrolAsync(nowhere.ToText());
        result.ExitCode.ShouldBe(5, result.Said);
        result.Errors.ShouldContain("does not answer");
    }

    [Fact]
    public async Task An_enrolment_that_is_killed_is_taken_up_by_the_same_string()
    {
        var agent = plant.Agent("killed-enrolment");
        var token = await plant.TokenAsync();
        var random = new Random(7);
        for (var kill = 0; kill < 6; kill++)
        {
            await using var running = AgentPlant.AgentProgram.Start(
                "--data", agent.DataFolder, "enroll", token, "--application-name", "Gateway killed-enrolment", "--application-uri", agent.ApplicationUri,
                "--application-type", "ClientAndServer", "--discovery-url", "opc.tcp://localhost:4840", "--preset", "spec-annex-f", "--root", agent.TrustFolder);
            await Task.Delay(random.Next(300, 1800), CancellationToken.None);
            if (!running.HasExited) await running.KillAsync();
        }

        var result = await agent.EnrolAsync(token);
        result.ExitCode.ShouldBe(0, result.Said);
        await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri);
        (await plant.GdsAsync("app", "list")).EnumerateArray().Count(a => a.GetProperty("applicationUri").GetString() == agent.ApplicationUri).ShouldBe(1);
    }

    [Fact]
    public async Task A_running_agent_is_enrolled_through_its_door()
    {
        var agent = plant.Agent("running");
        await using var running = await agent.StartReadyAsync();
        if (!OperatingSystem.IsWindows()) Pki.OwnerOnlyDirectory.IsReadableByOthers(Path.Combine(agent.DataFolder, "agent.sock")).ShouldBeFalse("the door is its owner's");
        (await agent.RunAsync("status", "--check")).ExitCode.ShouldBe(1, "not enrolled yet");
        var result = await agent.EnrolAsync();
        result.ExitCode.ShouldBe(0, result.Said);
        result.Json().GetProperty("running").GetBoolean().ShouldBeTrue();
        await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri);
        var synced = (await agent.SyncAsync()).Json();
        synced.GetProperty("ok").ValueKind.ShouldBe(JsonValueKind.True);
        (await agent.RunAsync("status", "--check")).ExitCode.ShouldBe(0);
    }
}
