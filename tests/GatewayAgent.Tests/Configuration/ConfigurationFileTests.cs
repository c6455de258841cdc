using GatewayAgent.Configuration;
using TestKit;
using Ua.Core;

namespace GatewayAgent.Tests.Configuration;

public class ConfigurationFileTests
{
    private const string Whole = """
        {
          // what the gateway in hall 7 needs
          "applications": [
            {
              "name": "Hall 7", "applicationUri": "urn:plant:hall7:gateway", "productUri": "urn:vendor:gateway", "type": "ClientAndServer",
              "discoveryUrls": ["opc.tcp://hall7:4840"], "capabilities": ["DA", "HD"], "preset": "twincat-opcua-gateway",
              "root": "/srv/gateway", "roots": { "client": "/srv/client" },
              "reload": { "kind": "command", "program": "/usr/bin/true", "arguments": ["a"], "timeout": "00:00:05" },
              "verify": { "endpointUrl": "opc.tcp://hall7:4840", "timeout": "00:00:20" },
              "subject": "CN=Hall 7/O=Plant", "hostNames": ["10.0.0.7"], "keySize": 3072,
            },
          ],
          "refreshInterval": "01:00:00", "renewAfter": 0.5,
          "endpoint": { "port": 4899, "listen": "127.0.0.1", "hostNames": ["hall7", "10.0.0.7"], "administrators": ["urn:plant:manager"] },
        }
        """;

    [Fact]
    public async Task Without_a_file_the_defaults_count()
    {
        using var temp = new TempFolder();
        var configuration = await new ConfigurationFile(temp.File("agent.json")).ReadAsync();
        configuration.Applications.ShouldBeEmpty();
        configuration.RefreshInterval.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Every_key_is_read()
    {
        var configuration = await ReadAsync(Whole);
        configuration.RefreshInterval.ShouldBe(TimeSpan.FromHours(1));
        configuration.RenewAfter.ShouldBe(0.5);
        var application = configuration.Applications.ShouldHaveSingleItem();
        application.Type.ShouldBe(ApplicationType.ClientAndServer);
        application.Capabilities.ShouldBe(["DA", "HD"]);
        application.Reload.Kind.ShouldBe(ReloadKind.Command);
        application.Reload.Timeout.ShouldBe(TimeSpan.FromSeconds(5));
        application.Verify!.EndpointUrl.ShouldBe("opc.tcp://hall7:4840");
        application.KeySize.ShouldBe(3072);
        application.HostNames.ShouldBe(["10.0.0.7"]);
        application.Pull.ShouldBeTrue();
        var endpoint = configuration.Endpoint.ShouldNotBeNull();
        endpoint.ListenUrl().ShouldBe("opc.tcp://127.0.0.1:4899");
        endpoint.NamedUrls().ShouldBe(["opc.tcp://hall7:4899", "opc.tcp://10.0.0.7:4899"]);
        endpoint.Administrators.ShouldBe(["urn:plant:manager"]);
    }

    [Fact]
    public async Task The_agent_listens_only_where_it_is_told_to()
    {
        (await ReadAsync("{}")).Endpoint.ShouldBeNull();
        (await ReadAsync("""{ "endpoint": {} }""")).Endpoint!.Port.ShouldBe(58811);
    }

    [Fact]
    public async Task A_preset_with_two_stores_has_both_and_a_root_of_its_own_wins()
    {
        var application = (await ReadAsync(Whole)).Applications[0];
        application.Stores().ToDictionary(s => s.Store, s => s.Path).ShouldBe(new Dictionary<string, string>
        {
            ["client"] = Path.GetFullPath("/srv/client"),
            ["server"] = Path.GetFullPath("/srv/gateway/pkiserver"),
        }, ignoreOrder: true);
    }

    [Fact]
    public async Task Stores_of_other_certificate_groups_are_left_alone()
    {
        var application = (await ReadAsync("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "discoveryUrls": ["opc.tcp://a"], "preset": "open62541-filestore", "root": "/srv/a" } ] }""")).Applications[0];
        application.Stores().Select(s => s.Store).ShouldBe(["application"]);
    }

    [Theory]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "discoveryUrls": ["opc.tcp://a"], "pkiFolder": "/srv/a" } ] }""", "applications[0].pkiFolder", "root")]
    [InlineData("""{ "refreshIntervall": "00:10:00" }""", "refreshIntervall", "did you mean 'refreshInterval'?")]
    [InlineData("""{ "RefreshInterval": "00:10:00" }""", "RefreshInterval", "did you mean 'refreshInterval'?")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "root": "/a", "reload": { "knid": "none" } } ] }""", "applications[0].reload.knid", "did you mean 'kind'?")]
    [InlineData("""{ "timeout": "00:00:10", "timeout": "00:00:20" }""", "timeout", "twice")]
    public async Task A_key_that_is_not_known_is_an_error_with_its_name(string json, string key, string hint)
    {
        var problem = await Should.ThrowAsync<AgentProblem>(() => ReadAsync(json));
        problem.Kind.ShouldBe(ProblemKind.Usage);
        problem.Message.ShouldContain(key);
        problem.Message.ShouldContain(hint);
    }

    [Theory]
    [InlineData("""{ "refreshInterval": "00:00:00" }""", "refreshInterval")]
    [InlineData("""{ "renewAfter": 1 }""", "renewAfter")]
    [InlineData("""{ "jitter": 0.9 }""", "jitter")]
    [InlineData("""{ "finishAttempts": 0 }""", "finishAttempts")]
    [InlineData("""{ "retryInterval": "00:20:00", "longestRetryInterval": "00:10:00" }""", "longestRetryInterval")]
    [InlineData("""{ "applications": [ { "name": "", "applicationUri": "urn:a:b", "root": "/a", "discoveryUrls": ["opc.tcp://a"] } ] }""", "applications[0].name")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "nothing", "root": "/a", "discoveryUrls": ["opc.tcp://a"] } ] }""", "applications[0].applicationUri")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "root": "/a" } ] }""", "applications[0].discoveryUrls")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "root": "/a", "discoveryUrls": ["http://a"] } ] }""", "applications[0].discoveryUrls")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "discoveryUrls": ["opc.tcp://a"] } ] }""", "applications[0].root")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "root": "/a", "preset": "none", "discoveryUrls": ["opc.tcp://a"] } ] }""", "applications[0].preset")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "roots": { "sevrer": "/a" }, "discoveryUrls": ["opc.tcp://a"] } ] }""", "applications[0].roots")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "root": "/a", "discoveryUrls": ["opc.tcp://a"], "verify": { "endpointUrl": "http://a" } } ] }""", "applications[0].verify.endpointUrl")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "root": "/a", "discoveryUrls": ["opc.tcp://a"], "reload": { "kind": "service" } } ] }""", "applications[0].reload.service")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "root": "/a", "discoveryUrls": ["opc.tcp://a"], "reload": { "program": "x" } } ] }""", "applications[0].reload.program")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "root": "/a", "discoveryUrls": ["opc.tcp://a"], "subject": "O=x" } ] }""", "applications[0].subject")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "root": "/a", "discoveryUrls": ["opc.tcp://a"], "keySize": 1024 } ] }""", "applications[0].keySize")]
    [InlineData("""{ "applications": [ { "name": "agent", "applicationUri": "urn:a:b", "root": "/a", "discoveryUrls": ["opc.tcp://a"] } ] }""", "agent")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "root": "/a", "discoveryUrls": ["opc.tcp://a"] }, { "name": "b", "applicationUri": "urn:a:c", "root": "/a/", "discoveryUrls": ["opc.tcp://a"] } ] }""", "trust folder")]
    [InlineData("""{ "applications": [ { "name": "a", "applicationUri": "urn:a:b", "root": "/a", "discoveryUrls": ["opc.tcp://a"] }, { "name": "A", "applicationUri": "urn:a:c", "root": "/b", "discoveryUrls": ["opc.tcp://a"] } ] }""", "twice")]
    [InlineData("""{ "applications": [ { "applicationUri": "urn:a:b" } ] }""", "name")]
    [InlineData("""{ "refreshInterval": "soon" }""", "refreshInterval")]
    [InlineData("""{ "endpoint": { "port": 0 } }""", "endpoint.port")]
    [InlineData("""{ "endpoint": { "listen": "everywhere" } }""", "endpoint.listen")]
    [InlineData("""{ "endpoint": { "hostNames": ["no name"] } }""", "endpoint.hostNames")]
    [InlineData("""{ "endpoint": { "administrators": ["me"] } }""", "endpoint.administrators")]
    [InlineData("""{ "applications": [ ] """, "line")]
    public async Task A_value_that_makes_no_sense_is_an_error_that_names_its_key(string json, string key)
    {
        var problem = await Should.ThrowAsync<AgentProblem>(() => ReadAsync(json));
        problem.Kind.ShouldBe(ProblemKind.Usage);
        problem.Message.ShouldContain(key);
    }

    [Fact]
    public async Task An_application_is_added_and_what_was_there_stays()
    {
        using var temp = new TempFolder();
        var file = new ConfigurationFile(temp.Write("agent.json", Whole));
        await file.AddAsync(Application("urn:a:new", temp.File("new")));
        var after = await file.ReadAsync();
        after.Applications.Select(a => a.ApplicationUri).ShouldBe(["urn:plant:hall7:gateway", "urn:a:new"]);
        after.RefreshInterval.ShouldBe(TimeSpan.FromHours(1));
        File.ReadAllText(temp.File("agent.json.before")).ShouldBe(Whole);
    }

    [Fact]
    public async Task Adding_the_same_application_again_changes_nothing()
    {
        using var temp = new TempFolder();
        var file = new ConfigurationFile(temp.File("agent.json"));
        await file.AddAsync(Application("urn:a:new", temp.File("new")));
        var written = File.ReadAllText(file.FilePath);
        await file.AddAsync(Application("urn:a:new", temp.File("new")));
        File.ReadAllText(file.FilePath).ShouldBe(written);
        File.Exists(file.FilePath + ".before").ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_written_says_only_what_differs_from_the_defaults()
    {
        using var temp = new TempFolder();
        var file = new ConfigurationFile(temp.File("agent.json"));
        await file.AddAsync(Application("urn:a:new", temp.File("new")));
        var written = File.ReadAllText(file.FilePath);
        written.ShouldContain("urn:a:new");
        foreach (var key in new[] { "refreshInterval", "reload", "keySize", "hostNames" }) written.ShouldNotContain(key);
    }

    private static ApplicationConfiguration Application(string uri, string root) => new() { Name = "New", ApplicationUri = uri, Root = root, DiscoveryUrls = ["opc.tcp://localhost:4840"] };

    private static async Task<AgentConfiguration> ReadAsync(string json)
    {
        using var temp = new TempFolder();
        return await new ConfigurationFile(temp.Write("agent.json", json)).ReadAsync();
    }
}
