using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.ServerConfiguration;

/// <summary>The setup of a server that has never trusted anyone (Part 12, Annex G).</summary>
public sealed class ApplicationSetupTests
{
    private static readonly QualifiedName s_inSetup = new("InApplicationSetup");

    [Fact]
    public async Task The_first_administrator_brings_the_first_trust_list_and_ends_the_setup()
    {
        await using var server = await StartUntrustingAsync();
        await Should.ThrowAsync<UaException>(() => server.ConnectAsync(UserIdentity.Anonymous));
        await Should.ThrowAsync<UaException>(() => server.ConnectAsync(UserIdentity.Named("admin", "wrong")));
        await using var admin = await server.AdminAsync();
        (await InSetupAsync(admin)).ShouldBeTrue();
        (await admin.ReadValueAsync<int>(VariableIds.ServerStatusState)).ShouldBe(2, "NoConfiguration");
        await admin.WriteListAsync(Pushing.Trusted(server.Live.Client.Der));
        await admin.ApplyAsync();
        (await InSetupAsync(admin)).ShouldBeFalse();
        (await admin.ReadValueAsync<int>(VariableIds.ServerStatusState)).ShouldBe(0);
        var stranger = new TestIdentity("stranger", "b", TimeProvider.System);
        (await Should.ThrowAsync<UaException>(() => server.ConnectAsync(UserIdentity.Named("admin", "secret"), client: stranger))).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
        await using var known = await server.ConnectAsync(UserIdentity.Anonymous);
    }

    [Fact]
    public async Task Trust_that_comes_by_a_file_ends_the_setup_too()
    {
        await using var server = await StartUntrustingAsync();
        await using var admin = await server.AdminAsync();
        (await InSetupAsync(admin)).ShouldBeTrue();
        await File.WriteAllBytesAsync(server.Live.TrustedFile, server.Live.Client.Der);
        for (var attempt = 0; attempt < 600 && await InSetupAsync(admin); attempt++) await Task.Delay(100);
        (await InSetupAsync(admin)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_trusts_someone_is_in_no_setup()
    {
        await using var server = await PushedServer.StartAsync(o => o.AllowApplicationSetup = true);
        await using var admin = await server.AdminAsync();
        (await InSetupAsync(admin)).ShouldBeFalse();
        File.Exists(Path.Combine(server.Folder.Paths.Root, ".server-configuration", "setup-done")).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_the_option_nobody_comes_in()
    {
        await using var server = await PushedServer.StartAsync();
        File.Delete(server.Live.TrustedFile);
        (await Should.ThrowAsync<UaException>(() => server.AdminAsync())).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
    }

    [Fact]
    public async Task A_reset_repeats_the_setup()
    {
        await using var server = await StartUntrustingAsync();
        await using var admin = await server.AdminAsync();
        await admin.WriteListAsync(Pushing.Trusted(server.Live.Client.Der));
        await admin.ApplyAsync();
        await admin.ResetAsync();
        await using var again = await server.AdminAsync();
        (await InSetupAsync(again)).ShouldBeTrue();
        (await again.ReadListAsync()).TrustedCertificates.ShouldBeEmpty();
    }

    private static async Task<bool> InSetupAsync(UaSession session) => await session.ReadValueAsync<bool>(await session.TranslateAsync(PushedServer.Configuration, [s_inSetup]));

    private static async Task<PushedServer> StartUntrustingAsync() => await PushedServer.StartAsync(o => o.AllowApplicationSetup = true, trustsClient: false);
}
