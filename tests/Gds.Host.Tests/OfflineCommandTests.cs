using System.Text.Json;
using Pki;
using Ua.Gds;

namespace Gds.Host.Tests;

/// <summary>Commands while no server runs: they open the data themselves.</summary>
public sealed class OfflineCommandTests : IAsyncLifetime
{
    private readonly GdsProcess _gds = new();
    private JsonElement _made;

    public async ValueTask InitializeAsync() =>
        _made = (await _gds.GoodAsync("init", "--host", "gds.example", "--port", "48000", "--json")).Json;

    public ValueTask DisposeAsync()
    {
        _gds.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Init_makes_everything_once_and_keeps_where_to_listen()
    {
        _made.GetProperty("endpoint").GetString().ShouldBe("opc.tcp://gds.example:48000");
        _made.GetProperty("administrator").GetProperty("password").GetString()!.Length.ShouldBe(20);
        var again = (await _gds.GoodAsync("init", "--json")).Json;
        again.GetProperty("administrator").ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (var same in new[] { "endpoint", "caFingerprint", "caThumbprint", "serverCertificateFingerprint", "dataFolder" })
            again.GetProperty(same).GetString().ShouldBe(_made.GetProperty(same).GetString());
    }

    [Fact]
    public void Only_the_owner_may_look_into_the_data_folder()
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        (File.GetUnixFileMode(_gds.Data) & others).ShouldBe(UnixFileMode.None);
        (File.GetUnixFileMode(_gds.File("secrets", "ca.key-secret")) & others).ShouldBe(UnixFileMode.None);
    }

    [Fact]
    public async Task An_application_is_added_shown_listed_and_removed()
    {
        var added = (await _gds.GoodAsync(
            "app", "add", "--uri", "urn:cli:one", "--name", "One", "--product-uri", "urn:p", "--discovery-url", "opc.tcp://one:1", "--capability", "DA", "--json")).Json;
        var id = added.GetProperty("id").GetString()!;
        (await _gds.GoodAsync("app", "show", id, "--json")).Json.GetProperty("application").GetProperty("applicationUri").GetString().ShouldBe("urn:cli:one");
        (await _gds.GoodAsync("app", "list")).Output.ShouldContain("urn:cli:one");
        (await _gds.RunAsync("app", "add", "--uri", "urn:cli:one", "--name", "One", "--product-uri", "urn:p", "--type", "Client")).ExitCode.ShouldBe(1);
        (await _gds.GoodAsync("app", "remove", "urn:cli:one")).Output.ShouldContain("urn:cli:one");
        (await _gds.RunAsync("app", "show", "urn:cli:one")).ExitCode.ShouldBe(3);
        (await _gds.GoodAsync("app", "list", "--json")).Json.GetArrayLength().ShouldBe(0);
        (await _gds.GoodAsync("audit", "list", "--action", "application.unregister", "--json")).Json[0].GetProperty("who").GetString()!.ShouldStartWith("local:");
    }

    [Fact]
    public async Task How_applications_stand_is_said_in_words_and_in_json()
    {
        await _gds.GoodAsync("app", "add", "--uri", "urn:cli:synced", "--name", "One", "--product-uri", "urn:p", "--type", "Client");
        (await _gds.GoodAsync("app", "list")).Output.ShouldContain("never seen");
        (await _gds.GoodAsync("app", "list", "--state", "NeverSeen", "--json")).Json[0].GetProperty("sync")[0].GetProperty("state").GetString().ShouldBe("NeverSeen");
        (await _gds.GoodAsync("app", "list", "--state", "Failing", "--json")).Json.GetArrayLength().ShouldBe(0);
        (await _gds.GoodAsync("app", "list", "--overdue", "--json")).Json.GetArrayLength().ShouldBe(0);
        (await _gds.RunAsync("app", "list", "--state", "Lost")).ExitCode.ShouldBe(2);
        var shown = await _gds.GoodAsync("app", "show", "urn:cli:synced");
        shown.Output.ShouldContain("never seen since");
        shown.Output.ShouldContain("DefaultApplicationGroup");
        (await _gds.GoodAsync("status")).Output.ShouldContain("1 never seen; 0 overdue");
    }

    [Theory]
    [InlineData("--state 'Lost' is none of Open, Trusted, Dismissed", "inbox", "list", "--state", "Lost")]
    [InlineData("--port 'many' is no whole number", "--port", "many")]
    [InlineData("--since 'soon' is no time", "audit", "list", "--since", "soon")]
    public async Task What_an_option_takes_is_said_in_words(string words, params string[] arguments)
    {
        var said = await _gds.RunAsync(arguments);
        said.ExitCode.ShouldBe(2);
        (said.Output + said.Error).ShouldContain(words);
        (said.Output + said.Error).ShouldNotContain("System.");
    }

    [Fact]
    public async Task A_certificate_is_put_on_the_trust_list_and_taken_off()
    {
        using var key = KeyPair.Create(KeyPairKind.Rsa2048);
        var foreign = SelfSignedCertificate.Create("urn:foreign", SubjectName.Build("Foreign"), ["h"], [], key, TimeSpan.FromDays(30), TimeProvider.System);
        var file = _gds.File("foreign.pem");
        await File.WriteAllTextAsync(file, PemFile.Write(foreign), TestContext.Current.CancellationToken);
        (await _gds.GoodAsync("trust", "list")).Output.ShouldContain("(ours)");
        (await _gds.GoodAsync("trust", "add", file)).Output.ShouldContain(foreign.Thumbprint);
        (await _gds.GoodAsync("trust", "list", "--json")).Json.GetArrayLength().ShouldBe(2);
        (await _gds.GoodAsync("trust", "remove", foreign.Thumbprint)).Output.ShouldContain("off the trust list");
        (await _gds.GoodAsync("trust", "list", "--json")).Json.GetArrayLength().ShouldBe(1);
        (await _gds.RunAsync("trust", "remove", foreign.Thumbprint)).ExitCode.ShouldBe(2);
        (await _gds.RunAsync("trust", "list", "--group", "None")).ExitCode.ShouldBe(2);
        (await _gds.RunAsync("trust", "add", _gds.File("no-such-file"))).ExitCode.ShouldBe(2);
        (await _gds.GoodAsync("audit", "list", "--action", "trustlist.remove", "--json")).Json.GetArrayLength().ShouldBe(2); // the second was refused
    }

    [Fact]
    public async Task An_application_is_granted_the_administration_of_another()
    {
        foreach (var name in new[] { "agent", "gateway" }) await _gds.GoodAsync("app", "add", "--uri", $"urn:cli:{name}", "--name", name, "--product-uri", "urn:p", "--type", "Client");
        (await _gds.GoodAsync("app", "admin", "grant", "urn:cli:agent", "urn:cli:gateway")).Output.ShouldContain("urn:cli:agent administers urn:cli:gateway");
        (await _gds.GoodAsync("app", "show", "urn:cli:agent", "--json")).Json.GetProperty("application").GetProperty("administers").GetArrayLength().ShouldBe(1);
        await _gds.GoodAsync("app", "admin", "revoke", "urn:cli:agent", "urn:cli:gateway");
        (await _gds.GoodAsync("app", "show", "urn:cli:agent", "--json")).Json.GetProperty("application").GetProperty("administers").GetArrayLength().ShouldBe(0);
        (await _gds.RunAsync("app", "admin", "grant", "urn:cli:agent", "urn:cli:agent")).ExitCode.ShouldBe(2);
        (await _gds.RunAsync("app", "admin", "grant", "urn:cli:agent", "urn:cli:nobody")).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task The_inbox_is_empty_at_first_and_names_what_is_not_in_it()
    {
        (await _gds.GoodAsync("inbox", "list", "--all")).Output.ShouldContain("(none)");
        foreach (var verb in new[] { "show", "trust", "dismiss" }) (await _gds.RunAsync("inbox", verb, "00AA")).ExitCode.ShouldBe(3);
        (await _gds.RunAsync("inbox", "trust", "00AA", "--crl", _gds.File("none.crl"))).ExitCode.ShouldBe(2);
        (await _gds.RunAsync("inbox", "list", "--state", "Lost")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Two_applications_are_explained_with_the_verdict_first_and_the_exit_code_of_the_answer()
    {
        await _gds.GoodAsync("app", "add", "--uri", "urn:cli:server", "--name", "Server", "--product-uri", "urn:p", "--discovery-url", "opc.tcp://one:1", "--capability", "DA");
        await _gds.GoodAsync("app", "add", "--uri", "urn:cli:client", "--name", "Client", "--product-uri", "urn:p", "--type", "Client");
        var explained = await _gds.RunAsync("explain", "urn:cli:server", "urn:cli:client");
        explained.ExitCode.ShouldBe(1);
        explained.Output.ShouldStartWith("NO   urn:cli:server and urn:cli:client do not accept each other: CertificateNeverIssued.");
        explained.Output.ShouldContain("  DO     Let the application request a certificate");
        (await _gds.RunAsync("explain", "urn:cli:server", "urn:cli:nobody")).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task A_token_carries_endpoint_and_fingerprint()
    {
        var made = (await _gds.GoodAsync("token", "create", "--application", "urn:plant:*", "--uses", "3", "--expires", "90m", "--json")).Json;
        EnrolmentString.TryParse(made.GetProperty("token").GetString(), out var token, out var fault).ShouldBeTrue(fault);
        token!.EndpointUrl.ShouldBe("opc.tcp://gds.example:48000");
        Convert.ToHexString(token.CertificateSha256).ShouldBe(_made.GetProperty("serverCertificateFingerprint").GetString());
        made.GetProperty("expires").GetDateTime().ShouldBe(DateTime.UtcNow + TimeSpan.FromMinutes(90), TimeSpan.FromMinutes(5));
        var listed = (await _gds.GoodAsync("token", "list", "--json")).Json[0];
        listed.GetProperty("applications")[0].GetString().ShouldBe("urn:plant:*");
        listed.GetProperty("maxUses").GetInt32().ShouldBe(3);
        await _gds.GoodAsync("token", "revoke", token.TokenId.ToString());
        (await _gds.GoodAsync("token", "list", "--json")).Json[0].GetProperty("revokedAt").ValueKind.ShouldBe(JsonValueKind.String);
        (await _gds.RunAsync("token", "revoke", Guid.NewGuid().ToString())).ExitCode.ShouldBe(3);
        (await _gds.RunAsync("token", "create", "--expires", "soon")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Users_get_their_passwords_unseen()
    {
        (await _gds.RunAsync(["user", "add", "eve", "--role", "DiscoveryAdmin"], "a good password")).ExitCode.ShouldBe(0);
        (await _gds.RunAsync(["user", "add", "eve"], "a good password")).ExitCode.ShouldBe(1);
        (await _gds.RunAsync(["user", "add", "bob"], "short")).Error.ShouldContain("8");
        (await _gds.RunAsync(["user", "passwd", "eve"], "another password")).ExitCode.ShouldBe(0);
        (await _gds.RunAsync("user", "passwd", "eve")).ExitCode.ShouldBe(2);
        (await _gds.GoodAsync("user", "add", "ann", "--generate", "--json")).Json.GetProperty("password").GetString()!.Length.ShouldBe(20);
        (await _gds.GoodAsync("user", "list")).Output.ShouldContain("DiscoveryAdmin");
        (await _gds.RunAsync("user", "add", "joe", "--generate", "--role", "King")).Error.ShouldContain("King");
        await _gds.GoodAsync("user", "remove", "ann");
        (await _gds.RunAsync("user", "remove", "ann")).ExitCode.ShouldBe(3);
        (await _gds.RunAsync("user", "remove", "admin")).Error.ShouldContain("SecurityAdmin");
    }

    [Fact]
    public async Task The_ca_and_its_crl_are_exported()
    {
        var pem = await _gds.GoodAsync("ca", "export");
        var certificate = PemFile.ReadCertificates(System.Text.Encoding.ASCII.GetBytes(pem.Output)).Single();
        certificate.Sha256.ShouldBe(_made.GetProperty("caFingerprint").GetString());
        await _gds.GoodAsync("ca", "export", "--crl", "--format", "der", "--out", _gds.File("ca.crl"));
        CertificateRevocationList.Parse(await File.ReadAllBytesAsync(_gds.File("ca.crl"), TestContext.Current.CancellationToken)).IsSignedBy(certificate).ShouldBeTrue();
        (await _gds.GoodAsync("ca", "show")).Output.ShouldContain(certificate.Thumbprint);
        (await _gds.RunAsync("ca", "export", "--group", "none")).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_not_there_is_3_and_what_cannot_be_said_is_2()
    {
        (await _gds.RunAsync("cert", "show", "00AA")).ExitCode.ShouldBe(3);
        (await _gds.RunAsync("cert", "revoke", "00AA", "--reason", "keyCompromise")).ExitCode.ShouldBe(3);
        (await _gds.RunAsync("cert", "revoke", "00AA", "--reason", "boredom")).ExitCode.ShouldBe(2);
        (await _gds.RunAsync("request", "approve", Guid.NewGuid().ToString())).ExitCode.ShouldBe(3);
        (await _gds.RunAsync("request", "approve", "x")).ExitCode.ShouldBe(2);
        (await _gds.RunAsync("nonsense")).ExitCode.ShouldBe(2);
        (await _gds.GoodAsync("request", "list", "--state", "New", "--json")).Json.GetArrayLength().ShouldBe(0);
        (await _gds.GoodAsync("status", "--json")).Json.GetProperty("listening").GetBoolean().ShouldBeFalse();
    }
}
