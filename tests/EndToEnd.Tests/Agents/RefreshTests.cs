using System.Text.Json;
using System.Text.Json.Nodes;
using TestKit.Processes;

namespace EndToEnd.Tests.Agents;

/// <summary>What happens to gateways after enrolment: renewal, approval, revocation, a GDS that is away.</summary>
[Collection(AgentCollection.Name)]
public class RefreshTests(AgentPlant plant)
{
    /// <summary>A part of a certificate's life that has passed already when it is issued, since it is back-dated.</summary>
    private const double AtOnce = 0.000001;

    [Fact]
    public async Task A_certificate_is_renewed_with_a_new_key_and_stands_alone_in_the_folder()
    {
        var agent = plant.Agent("renewal");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        var before = await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri);
        agent.Configure(c => c["renewAfter"] = AtOnce);
        var synced = await agent.SyncAsync();
        synced.ExitCode.ShouldBe(0, synced.Said);
        var after = await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri);
        after.Thumbprint.ShouldNotBe(before.Thumbprint);
        after.PublicKey.ShouldNotBe(before.PublicKey);
        Directory.GetFiles(Path.Combine(agent.TrustFolder, "own", "private")).Length.ShouldBe(1);
        Directory.GetFiles(Path.Combine(agent.DataFolder, "state"), "*.key.pem", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_has_not_changed_is_not_touched_on_disk()
    {
        var agent = plant.Agent("quiet");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        var before = Files(agent.TrustFolder);
        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        Files(agent.TrustFolder).ShouldBe(before);
    }

    [Fact]
    public async Task An_application_that_no_token_brought_waits_for_a_person_and_goes_on_when_it_is_approved()
    {
        var agent = plant.Agent("approval");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        var (uri, root) = agent.AddSecond("approved");
        agent.Configure(c => c["finishAttempts"] = 1);

        var waiting = await agent.SyncAsync();
        waiting.ExitCode.ShouldBe(0, waiting.Said);
        var second = Application(waiting.Json(), uri);
        second.GetProperty("state").GetString().ShouldBe("WaitingForApproval");
        Directory.GetFiles(Path.Combine(root, "trusted", "crl")).Length.ShouldBe(1, "the list does not wait for the certificate");

        // The agent itself is not renewed meanwhile: the request could not be finished with another certificate.
        agent.Configure(c => c["renewAfter"] = AtOnce);
        var own = (await agent.StatusAsync()).GetProperty("applications")[0].GetProperty("certificate").GetProperty("thumbprint").GetString();
        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        (await agent.StatusAsync()).GetProperty("applications")[0].GetProperty("certificate").GetProperty("thumbprint").GetString().ShouldBe(own);

        await plant.GdsAsync("request", "approve", await plant.OpenRequestAsync(uri));
        var approved = await agent.SyncAsync();
        approved.ExitCode.ShouldBe(0, approved.Said);
        Application(approved.Json(), uri).GetProperty("state").GetString().ShouldBe("InSync");
        await FolderJudge.ExpectSoundAsync(root, uri);
    }

    [Fact]
    public async Task A_rejected_request_is_told_and_only_a_person_makes_another_at_once()
    {
        var agent = plant.Agent("rejection");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        var (uri, _) = agent.AddSecond("rejected");
        agent.Configure(c => c["finishAttempts"] = 1);
        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        await plant.GdsAsync("request", "reject", await plant.OpenRequestAsync(uri), "--reason", "not ours");

        var told = await agent.SyncAsync();
        told.ExitCode.ShouldBe(1, told.Said);
        Application(JsonDocument.Parse(told.Output).RootElement, uri).GetProperty("lastError").GetString()!.ShouldContain("not ours");

        var again = await agent.SyncAsync();
        again.ExitCode.ShouldBe(0, again.Said);
        Application(again.Json(), uri).GetProperty("state").GetString().ShouldBe("WaitingForApproval");
    }

    [Fact]
    public async Task A_revoked_gateway_asks_for_another_certificate_and_its_agent_goes_on()
    {
        var agent = plant.Agent("revoked");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        var revoked = await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri);
        await plant.GdsAsync("cert", "revoke", revoked.Thumbprint, "--reason", "keyCompromise");
        agent.Configure(c => c["finishAttempts"] = 1);
        var synced = await agent.SyncAsync();
        synced.ExitCode.ShouldBe(0, synced.Said);
        Application(synced.Json(), agent.ApplicationUri).GetProperty("state").GetString().ShouldBe("WaitingForApproval");
        await plant.GdsAsync("request", "approve", await plant.OpenRequestAsync(agent.ApplicationUri));
        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        (await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri)).Thumbprint.ShouldNotBe(revoked.Thumbprint);
    }

    [Fact]
    public async Task An_agent_whose_own_certificate_is_revoked_says_that_it_must_enrol_again_and_can()
    {
        var agent = plant.Agent("revoked-agent");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        var status = await agent.StatusAsync();
        await plant.GdsAsync("cert", "revoke", status.GetProperty("applications")[0].GetProperty("certificate").GetProperty("thumbprint").GetString()!);
        var refused = await agent.SyncAsync();
        refused.ExitCode.ShouldBe(1, refused.Said);
        refused.Errors.ShouldContain("enrol again");
        (await agent.StatusAsync()).GetProperty("applications")[0].GetProperty("state").GetString().ShouldBe("NeedsEnrolment");
        await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri);

        var uri = status.GetProperty("applications")[0].GetProperty("applicationUri").GetString()!;
        refused.Errors.ShouldContain($"gds token create --application {uri}");
        var again = await agent.RunAsync("enroll", await plant.TokenAsync(uri, uses: 1), "--json");
        again.ExitCode.ShouldBe(0, again.Said);
        Application(again.Json(), uri).GetProperty("state").GetString().ShouldBe("InSync");
        (await agent.SyncAsync()).ExitCode.ShouldBe(0, "the agent still administers its gateway");
    }

    [Fact]
    public async Task What_a_technician_decides_outlives_the_next_list()
    {
        var agent = plant.Agent("local");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        var peer = await plant.Agent("local-peer").SelfSignedAsync();
        (await agent.RunAsync("trust", peer.File)).ExitCode.ShouldBe(0);
        await plant.GdsAsync("cert", "revoke", (await plant.Agent("local-victim").EnrolledThumbprintAsync()));
        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        (await ListAsync(agent)).ShouldContain(("trusted", "local", peer.Thumbprint));
        (await agent.RunAsync("reject", peer.Thumbprint)).ExitCode.ShouldBe(0);
        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        (await ListAsync(agent)).ShouldContain(("rejected", "local", peer.Thumbprint));
    }

    [Fact]
    public async Task A_gateway_is_looked_at_after_a_change_and_one_that_stays_with_its_old_certificate_gets_its_folder_back()
    {
        var agent = plant.Agent("verified");
        var port = FreePort.Find();
        await using var gateway = AgentPlant.GatewayProgram.Start("serve", "--name", agent.Name, "--pki", agent.TrustFolder, "--port", $"{port}");
        await gateway.WaitForLineAsync("ready", TimeSpan.FromSeconds(60), CancellationToken.None);
        (await agent.EnrolAsync(discoveryUrl: $"opc.tcp://localhost:{port}")).ExitCode.ShouldBe(0);

        agent.Configure(c => c["renewAfter"] = AtOnce);
        agent.ConfigureGateway(g => g["verify"] = new JsonObject { ["endpointUrl"] = $"opc.tcp://localhost:{port}", ["timeout"] = "00:00:30" });
        var good = await agent.SyncAsync();
        good.ExitCode.ShouldBe(0, good.Said);
        Application(good.Json(), agent.ApplicationUri).GetProperty("note").ValueKind.ShouldBe(JsonValueKind.Null);
        var inForce = (await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri)).Thumbprint;

        // A server that is not this gateway never serves the new certificate.
        agent.ConfigureGateway(g => g["verify"] = new JsonObject { ["endpointUrl"] = plant.EndpointUrl, ["timeout"] = "00:00:02" });
        var bad = await agent.SyncAsync();
        bad.ExitCode.ShouldBe(1, bad.Said);
        Application(JsonDocument.Parse(bad.Output).RootElement, agent.ApplicationUri).GetProperty("lastError").GetString()!.ShouldContain("rolled back");
        (await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri)).Thumbprint.ShouldBe(inForce);
    }

    private static JsonElement Application(JsonElement report, string uri) =>
        report.GetProperty("applications").EnumerateArray().Single(a => a.GetProperty("applicationUri").GetString() == uri);

    private static async Task<IReadOnlyList<(string, string, string)>> ListAsync(TestAgent agent) =>
        [.. (await agent.RunAsync("list", "--json")).Json().EnumerateArray().Select(i => (i.GetProperty("place").GetString()!, i.GetProperty("origin").GetString()!, i.GetProperty("thumbprint").GetString()!))];

    private static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !f.Contains(".gds-suite", StringComparison.Ordinal)).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}").Order()];
}
