namespace Gds.Host.Tests;

public sealed class OpenDoorWarningTests : IDisposable
{
    private readonly GdsProcess _gds = new();

    public void Dispose() => _gds.Dispose();

    [Fact]
    public async Task The_health_report_is_loud_about_a_door_that_is_open_to_all()
    {
        System.IO.Directory.CreateDirectory(_gds.Data);
        await File.WriteAllTextAsync(_gds.File("gds.json"), """{ "Endpoint": { "FirstContact": "AcceptAll" } }""", TestContext.Current.CancellationToken);
        await _gds.GoodAsync("init");
        (await _gds.GoodAsync("status")).Output.ShouldContain("WARNING: Endpoint:FirstContact is AcceptAll");
        (await _gds.GoodAsync("status", "--json")).Json.GetProperty("status").GetString().ShouldBe("degraded");
    }
}
