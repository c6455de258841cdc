using EndToEnd.Tests.Agents;
using Pki;
using Ua.Client;

namespace EndToEnd.Tests.Push;

/// <summary>The GDS as its own push target: it gives itself a certificate of its CA, and those who know the old one follow.</summary>
public sealed class SelfPushTests(AgentPlant plant) : IClassFixture<AgentPlant>
{
    [Fact]
    public async Task The_GDS_gives_itself_a_certificate_of_its_CA_and_no_agent_has_to_enrol_again()
    {
        var before = await ShownAsync();
        before.IsSelfSigned.ShouldBeTrue();
        var early = plant.Agent("early");
        (await early.EnrolAsync()).ExitCode.ShouldBe(0);
        early.Configure(c => c["refreshInterval"] = "01:00:00");

        await plant.GdsAsync(
            "app", "add", "--uri", before.ApplicationUri!, "--name", "GDS", "--product-uri", "urn:gdssuite", "--discovery-url", plant.EndpointUrl, "--capability", "GDS");
        (await plant.Gds.CommandWithInputAsync(
            plant.Account.Password, TestContext.Current.CancellationToken,
            "push", "target", "add", before.ApplicationUri!, "--user", plant.Account.Name, "--fingerprint", before.Sha256, "--json")).Json();
        var pushed = await plant.GdsAsync("push", "run", before.ApplicationUri!, "--renew");
        pushed.GetProperty("state").GetString().ShouldBe("Succeeded", pushed.ToString());

        var after = await ShownAsync();
        after.Thumbprint.ShouldNotBe(before.Thumbprint);
        after.Issuer.ShouldContain("GDS CA");
        after.ApplicationUri.ShouldBe(before.ApplicationUri);

        var followed = await early.SyncAsync();
        followed.ExitCode.ShouldBe(0, followed.Said);
        (await plant.Agent("late").EnrolAsync()).ExitCode.ShouldBe(0, "the string carries the new fingerprint");

        await plant.StopGdsAsync();
        await plant.StartGdsAsync();
        (await ShownAsync()).Thumbprint.ShouldBe(after.Thumbprint);
        (await early.SyncAsync()).ExitCode.ShouldBe(0);
    }

    private async Task<ApplicationCertificate> ShownAsync()
    {
        var endpoints = await Discovery.GetEndpointsAsync(plant.EndpointUrl);
        return CertificateChainBytes.Parse(endpoints.First(e => e.ServerCertificate is { Length: > 0 }).ServerCertificate!)[0];
    }
}
