using Ua.Client;
using Ua.Core;

namespace Gds.OpcUa.Tests;

/// <summary>A GDS that lets nobody in who is not known: a person decides by moving files.</summary>
public sealed class ClosedDoorTests(ClosedDoorTests.ClosedGds gds) : IClassFixture<ClosedDoorTests.ClosedGds>
{
    public sealed class ClosedGds : GdsFixture
    {
        protected override Dictionary<string, string?> Settings => new() { ["Endpoint:FirstContact"] = "Closed" };
    }

    [Fact]
    public async Task A_rejected_certificate_that_is_moved_to_trusted_connects()
    {
        var app = new TestApplication("urn:localhost:closed");
        var user = UserIdentity.Named("discovery", GdsFixture.Password);
        (await Should.ThrowAsync<UaException>(gds.ConnectAsync(app, user))).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
        var rejected = System.IO.Directory.GetFiles(Path.Combine(gds.TrustFolder, "rejected", "certs")).Single();
        File.Move(rejected, Path.Combine(gds.TrustFolder, "trusted", "certs", Path.GetFileName(rejected)));
        await using var session = await gds.ConnectAsync(app, user);
        await session.RegisterAsync(app.Record);
    }
}
