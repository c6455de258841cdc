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

    /// <summary>Enrols and gives the thumbprint of the gateway's certificate.</summary>
    public static async Task<string> EnrolledThumbprintAsync(this TestAgent agent)
    {
        var enrolled = await agent.EnrolAsync();
        enrolled.ExitCode.ShouldBe(0, enrolled.Said);
        return (await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri)).Thumbprint;
    }
}
