using Ua.Client;
using Ua.Core;

namespace Gds.Host.Tests;

/// <summary>The server as a process, with commands beside it.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly GdsProcess _gds = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _gds.Dispose();

    [Fact]
    public async Task A_first_start_needs_nothing_and_says_once_what_must_be_known()
    {
        await using (var first = await RunningGds.StartAsync(_gds))
        {
            first.Said.Count.ShouldBe(6);
            first.Said.ShouldContain(l => l.StartsWith("Password", StringComparison.Ordinal));
            var endpoints = await Discovery.GetEndpointsAsync(first.Url, new DiscoveryOptions(), Ct);
            endpoints.Select(e => e.SecurityMode).ShouldContain(MessageSecurityMode.SignAndEncrypt);

            (await _gds.GoodAsync("status", "--json")).Json.GetProperty("endpoint").GetString().ShouldBe(first.Url);
            await _gds.GoodAsync("app", "add", "--uri", "urn:live", "--name", "Live", "--product-uri", "urn:p", "--type", "Client");
            (await _gds.RunAsync("run", "--port", "0")).ExitCode.ShouldBe(5);
            (await _gds.RunAsync("init")).ExitCode.ShouldBe(5);
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(_gds.File("gds.sock")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            (await first.TerminateAsync()).ShouldBe(0);
        }

        File.Exists(_gds.File("gds.sock")).ShouldBeFalse();
        await using var second = await RunningGds.StartAsync(_gds);
        second.Said.Count.ShouldBe(1);
        (await _gds.GoodAsync("app", "list", "--json")).Json.GetArrayLength().ShouldBe(1);
        (await second.TerminateAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_first_password_goes_into_a_file_for_its_owner_where_one_is_named()
    {
        var file = _gds.File("first-password");
        await using var first = await RunningGds.StartAsync(_gds, "--password-file", file);
        var password = (await File.ReadAllTextAsync(file, Ct)).Trim();
        password.Length.ShouldBe(20);
        first.Said.ShouldAllBe(l => !l.Contains(password, StringComparison.Ordinal));
        first.Said.ShouldContain(l => l.EndsWith($"in {file}; delete the file when it was read", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_GDS_that_was_killed_starts_again()
    {
        await using (await RunningGds.StartAsync(_gds))
        {
            // Disposing kills it, without a chance to tidy up.
        }

        await using var again = await RunningGds.StartAsync(_gds);
        (await _gds.GoodAsync("status", "--json")).Json.GetProperty("status").GetString().ShouldBe("ok");
    }
}
