using Gds.Core.Applications;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace Gds.OpcUa.Tests;

/// <summary>A GDS that lets everyone in: who came in that way still has no rights.</summary>
public sealed class OpenDoorTests(OpenDoorTests.OpenGds gds) : IClassFixture<OpenDoorTests.OpenGds>
{
    public sealed class OpenGds : GdsFixture
    {
        protected override Dictionary<string, string?> Settings => new() { ["Endpoint:FirstContact"] = "AcceptAll" };
    }

    [Fact]
    public async Task A_stranger_with_the_name_of_an_application_is_not_that_application()
    {
        var app = new TestApplication("urn:localhost:victim");
        NodeId id;
        await using (var admin = await gds.ConnectAsAsync("discovery")) id = await admin.RegisterAsync(app.Record);
        await using var stranger = await gds.ConnectAsync(new TestApplication(app.Uri));
        await stranger.StartAsync(id, app.SigningRequest()).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await stranger.TrustListCallAsync(GroupIds.DefaultApplication.Methods.Open, (byte)1).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await stranger.DirectoryCallAsync(DirectoryMethodIds.UnregisterApplication, id).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        gds.Get<ApplicationDirectory>().Find(app.Uri).ShouldNotBeNull();
        System.IO.Directory.GetFiles(gds.TrustFolder, "*.der", SearchOption.AllDirectories).Length.ShouldBe(1, "only the own certificate is in the folders");
    }
}
