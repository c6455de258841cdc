using System.Text.Json.Nodes;
using Pki;

namespace EndToEnd.Tests.Agents;

/// <summary>Steps that several tests begin with.</summary>
internal static class AgentSteps
{
    /// <summary>A certificate that no GDS knows, as a file beside the agent's folders.</summary>
    public static async Task<(string File, string Thumbprint)> SelfSignedAsync(this TestAgent agent)
    {
        using var key = KeyPair.Create(KeyPairKind.Rsa2048);
        var certificate = SelfSignedCertificate.Create(agent.ApplicationUri, SubjectName.Build(agent.Name), ["localhost"], [], key, TimeSpan.FromDays(30), TimeProvider.System);
        Directory.CreateDirectory(agent.TrustFolder);
        var file = Path.Combine(agent.TrustFolder, "peer.der");
        await File.WriteAllBytesAsync(file, certificate.Der);
        return (file, certificate.Thumbprint);
    }

    /// <summary>Asks again and again until it is so; a busy machine may take its time.</summary>
    public static Task UntilAsync(Func<Task<bool>> condition, string what) => UntilAsync(condition, () => what);

    /// <summary>The same where what was seen last is told too.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string> what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await condition())
        {
            limit.IsCancellationRequested.ShouldBeFalse(what());
            await Task.Delay(100, CancellationToken.None);
        }
    }

    /// <summary>Waits until a running agent says that it listens to the GDS.</summary>
    public static Task UntilListeningAsync(this TestAgent agent, bool listening = true) => UntilAsync(
        async () => (await agent.StatusAsync()) is var status && status.GetProperty("listening").GetBoolean() == listening, $"the agent {(listening ? "listens" : "listens no longer")}");

    /// <summary>Adds an application that no token brought.</summary>
    public static (string Uri, string Root) AddSecond(this TestAgent agent, string name)
    {
        var uri = $"urn:localhost:tests:{name}";
        var root = Path.Combine(agent.TrustFolder, "..", name);
        agent.Configure(c => c["applications"]!.AsArray().Add(new JsonObject
        {
            ["name"] = name,
            ["applicationUri"] = uri,
            ["root"] = root,
            ["discoveryUrls"] = new JsonArray("opc.tcp://localhost:4841"),
        }));
        return (uri, root);
    }

    /// <summary>The id of the request of an application that waits for a person.</summary>
    public static async Task<string> OpenRequestAsync(this AgentPlant plant, string uri) =>
        (await plant.GdsAsync("request", "list", "--state", "New")).EnumerateArray().Single(r => r.GetProperty("applicationUri").GetString() == uri).GetProperty("id").GetString()!;

    /// <summary>Enrols and gives the thumbprint of the gateway's certificate.</summary>
    public static async Task<string> EnrolledThumbprintAsync(this TestAgent agent)
    {
        var enrolled = await agent.EnrolAsync();
        enrolled.ExitCode.ShouldBe(0, enrolled.Said);
        return (await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri)).Thumbprint;
    }
}
