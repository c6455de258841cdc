using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TestKit;

namespace Gds.Authority.Tests;

public sealed class KeyProtectionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_environment_variable_gives_the_secret()
    {
        const string variable = "GDSSUITE_TEST_SECRET";
        var protection = new EnvironmentKeyProtection(variable);
        (await Should.ThrowAsync<AuthorityException>(() => protection.GetSecretAsync(true, default))).Message.ShouldContain(variable);
        Environment.SetEnvironmentVariable(variable, "short");
        (await Should.ThrowAsync<AuthorityException>(() => protection.GetSecretAsync(true, default))).Message.ShouldContain("fewer than 16");
        Environment.SetEnvironmentVariable(variable, " 0123456789abcdef\n");
        (await protection.GetSecretAsync(false, default)).ShouldBe("0123456789abcdef");
        Environment.SetEnvironmentVariable(variable, null);
    }

    [Fact]
    public async Task A_system_credential_gives_the_secret()
    {
        var protection = new SystemCredentialKeyProtection("ca-secret");
        var before = Environment.GetEnvironmentVariable(SystemCredentialKeyProtection.DirectoryVariable);
        try
        {
            Environment.SetEnvironmentVariable(SystemCredentialKeyProtection.DirectoryVariable, null);
            (await Should.ThrowAsync<AuthorityException>(() => protection.GetSecretAsync(true, default))).Message.ShouldContain("LoadCredential=ca-secret");
            Environment.SetEnvironmentVariable(SystemCredentialKeyProtection.DirectoryVariable, _folder.FullPath);
            (await Should.ThrowAsync<AuthorityException>(() => protection.GetSecretAsync(true, default))).Message.ShouldContain("cannot be read");
            _folder.Write("ca-secret", "0123456789abcdef\n");
            (await protection.GetSecretAsync(false, default)).ShouldBe("0123456789abcdef");
        }
        finally
        {
            Environment.SetEnvironmentVariable(SystemCredentialKeyProtection.DirectoryVariable, before);
        }
    }

    [Fact]
    public async Task The_room_opens_an_authority_with_nothing_but_a_folder()
    {
        await using var services = Services([], o => o.Folder = _folder.File("ca"));
        var authority = await services.GetRequiredService<CaKeyStore>().OpenOrCreateAsync("DefaultApplicationGroup");
        authority.Certificate.IsCertificateAuthority.ShouldBeTrue();
    }

    [Fact]
    public void The_configuration_wins_over_the_defaults_and_chooses_the_source()
    {
        using var services = Services(
            new() { ["Authority:Folder"] = _folder.FullPath, ["Authority:SecretEnvironmentVariable"] = "X", ["Authority:CaKeyKind"] = "EccNistP256", ["Authority:CaLifetime"] = "400.00:00:00" },
            o => o.Folder = "elsewhere");
        var options = services.GetRequiredService<IOptions<AuthorityOptions>>().Value;
        options.Folder.ShouldBe(_folder.FullPath);
        options.CaKeyKind.ShouldBe(Pki.KeyPairKind.EccNistP256);
        options.CaLifetime.ShouldBe(TimeSpan.FromDays(400));
        services.GetRequiredService<IKeyProtection>().Source.ShouldBe("environment variable X");
        using var credential = Services(new() { ["Authority:SecretCredential"] = "c" }, null);
        credential.GetRequiredService<IKeyProtection>().Source.ShouldBe("system credential 'c'");
        using var file = Services(new() { ["Authority:SecretFile"] = "f" }, null);
        file.GetRequiredService<IKeyProtection>().Source.ShouldBe("file 'f'");
    }

    [Theory]
    [InlineData("Authority:Folder", " ", "Authority:Folder")]
    [InlineData("Authority:CaLifetime", "00:10:00", "Authority:CaLifetime")]
    [InlineData("Authority:CaKeyKind", "99", "Authority:CaKeyKind")]
    [InlineData("Authority:CaSubjectName", "O=x", "no CN")]
    [InlineData("Authority:SecretCredential", "a/b", "Authority:SecretCredential")]
    [InlineData("Authority:SecretFile", "f", "only one of")]
    public void A_wrong_option_is_refused_at_start_by_its_name(string key, string value, string reason)
    {
        var settings = new Dictionary<string, string?> { [key] = value };
        if (key.EndsWith("SecretFile", StringComparison.Ordinal)) settings["Authority:SecretEnvironmentVariable"] = "X";
        using var services = Services(settings, null);
        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<AuthorityOptions>>().Value).Message.ShouldContain(reason);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings, Action<AuthorityOptions>? defaults) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddGdsAuthority(defaults)
        .BuildServiceProvider(validateScopes: true);
}
