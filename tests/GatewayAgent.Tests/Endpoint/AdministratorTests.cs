using System.Net;
using GatewayAgent.Configuration;
using GatewayAgent.Endpoint;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TestKit;
using Ua.Server.Identity;

namespace GatewayAgent.Tests.Endpoint;

public class AdministratorTests
{
    private const string Password = "correct horse";

    [Fact]
    public async Task The_right_name_and_password_make_a_security_administrator()
    {
        using var temp = new TempFolder();
        using var users = await UsersAsync(temp, new FakeTimeProvider());
        var verdict = await users.ValidateAsync(Login("admin", Password), CancellationToken.None);
        verdict.IsAccepted.ShouldBeTrue();
        verdict.Roles.ShouldBe([WellKnownRoles.SecurityAdmin]);
        (await users.ValidateAsync(Login("admin", Password + " "), CancellationToken.None)).IsAccepted.ShouldBeFalse();
        (await users.ValidateAsync(Login("Admin", Password), CancellationToken.None)).IsAccepted.ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_password_nobody_comes_in()
    {
        using var temp = new TempFolder();
        var data = Data(temp);
        using var users = new AgentUsers(data, new SignInThrottle(new FakeTimeProvider()), NullLogger<AgentUsers>.Instance);
        (await users.ValidateAsync(Login("admin", ""), CancellationToken.None)).Reason.ShouldContain("no password is set");
    }

    [Fact]
    public async Task Guessing_becomes_slow_from_that_place_only()
    {
        using var temp = new TempFolder();
        var time = new FakeTimeProvider();
        using var users = await UsersAsync(temp, time);
        for (var guess = 0; guess < SignInThrottle.FreeAttempts; guess++) (await users.ValidateAsync(Login("admin", $"wrong{guess}"), CancellationToken.None)).IsAccepted.ShouldBeFalse();
        (await users.ValidateAsync(Login("admin", Password), CancellationToken.None)).Reason.ShouldContain("too many");
        (await users.ValidateAsync(Login("admin", Password, "10.0.0.2"), CancellationToken.None)).IsAccepted.ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(2));
        (await users.ValidateAsync(Login("admin", Password), CancellationToken.None)).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public void The_throttle_holds_a_bounded_number_of_places()
    {
        var throttle = new SignInThrottle(new FakeTimeProvider());
        for (var guess = 0; guess < 6; guess++) throttle.Failed("last");
        for (var place = 0; place < 1_500; place++) throttle.Failed($"{place}");
        throttle.Wait("last").ShouldBe(TimeSpan.Zero, "the one that was silent longest made room");
    }

    [Fact]
    public async Task The_file_holds_no_password_and_is_its_owners()
    {
        using var temp = new TempFolder();
        using var users = await UsersAsync(temp, new FakeTimeProvider());
        var data = Data(temp);
        (await File.ReadAllTextAsync(data.Administrator, CancellationToken.None)).ShouldNotContain(Password);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(data.Administrator).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("admin", "short", "8 to 1024")]
    [InlineData("", "long enough", "1 to 64")]
    public void A_name_or_password_that_breaks_a_rule_is_told(string name, string password, string rule) =>
        Should.Throw<AgentProblem>(() => Administrator.Create(name, password)).Message.ShouldContain(rule);

    private static DataFolder Data(TempFolder temp)
    {
        var data = new DataFolder(temp.File("data"));
        data.Create();
        return data;
    }

    private static async Task<AgentUsers> UsersAsync(TempFolder temp, TimeProvider time)
    {
        var data = Data(temp);
        await Administrator.Create("admin", Password).WriteAsync(data, CancellationToken.None);
        return new AgentUsers(data, new SignInThrottle(time), NullLogger<AgentUsers>.Instance);
    }

    private static UserLogin Login(string name, string password, string address = "10.0.0.1") =>
        new(name, password, null, null, new IPEndPoint(IPAddress.Parse(address), 50_000), FirstContact: false);
}
