using Gds.Core.Applications;
using Gds.Store;

namespace Gds.Core.Tests;

public sealed class RegistrationRulesTests
{
    private static readonly ApplicationRegistration Server = Sample.Server();

    private static readonly ApplicationRegistration Both = Server with { ApplicationType = ApplicationType.ClientAndServer };

    private static readonly Dictionary<string, (ApplicationRegistration Given, string Text)> Wrong = new()
    {
        ["no uri"] = (Server with { ApplicationUri = null }, "ApplicationUri is empty"),
        ["blank uri"] = (Server with { ApplicationUri = "  " }, "ApplicationUri is empty"),
        ["relative uri"] = (Server with { ApplicationUri = "gateway" }, "not an absolute URI"),
        ["path as uri"] = (Server with { ApplicationUri = "/etc/gateway" }, "not an absolute URI"),
        ["padded uri"] = (Server with { ApplicationUri = "urn:a " }, "white space"),
        ["control in uri"] = (Server with { ApplicationUri = "urn:a\nb" }, "U+000A"),
        ["umlaut in uri"] = (Server with { ApplicationUri = "urn:anläge" }, "U+00E4"),
        ["long uri"] = (Server with { ApplicationUri = "urn:" + new string('a', 1021) }, "1025 characters"),
        ["type"] = (Server with { ApplicationType = (ApplicationType)4 }, "ApplicationType is 4"),
        ["no names"] = (Server with { Names = [] }, "ApplicationNames is empty"),
        ["null names"] = (Server with { Names = null }, "ApplicationNames is empty"),
        ["empty name"] = (Server with { Names = [new("en", "")] }, "ApplicationNames[0] is empty"),
        ["empty second name"] = (Server with { Names = [new("en", "a"), new("de", " ")] }, "ApplicationNames[1] is empty"),
        ["long name"] = (Server with { Names = [new("en", new string('n', 513))] }, "ApplicationNames[0] has 513"),
        ["many names"] = (Server with { Names = [.. Enumerable.Repeat(new ApplicationName("en", "a"), 65)] }, "ApplicationNames has 65"),
        ["no product"] = (Server with { ProductUri = "" }, "ProductUri is empty"),
        ["server without url"] = (Server with { DiscoveryUrls = [] }, "at least one URL"),
        ["server null urls"] = (Server with { DiscoveryUrls = null }, "at least one URL"),
        ["empty url"] = (Server with { DiscoveryUrls = [""] }, "DiscoveryUrls[0] is empty"),
        ["bad url"] = (Server with { DiscoveryUrls = ["opc.tcp://a:4840", "gateway:4840/x y"] }, "DiscoveryUrls[1]"),
        ["url without host"] = (Server with { DiscoveryUrls = ["opc.tcp:///path"] }, "DiscoveryUrls[0]"),
        ["many urls"] = (Server with { DiscoveryUrls = [.. Enumerable.Repeat("opc.tcp://a:1", 65)] }, "DiscoveryUrls has 65"),
        ["server without capability"] = (Server with { ServerCapabilities = [] }, "ServerCapabilities of a Server"),
        ["empty capability"] = (Server with { ServerCapabilities = [""] }, "ServerCapabilities[0] is empty"),
        ["NA with others"] = (Server with { ServerCapabilities = ["NA", "DA"] }, "NA beside others"),
        ["LDS with others"] = (Server with { ServerCapabilities = ["DA", "LDS"] }, "LDS beside others"),
        ["reverse url of a server"] = (Server with { DiscoveryUrls = ["opc.tcp://a:1", "rcp+opc.tcp://a:1"] }, "must not begin with rcp+"),
        ["only reverse url"] = (Both with { DiscoveryUrls = ["rcp+opc.tcp://a:1"], ServerCapabilities = ["RCP"] }, "at least one URL that clients connect to"),
        ["reverse url without RCP"] = (Both with { DiscoveryUrls = ["opc.tcp://a:1", "rcp+opc.tcp://a:1"] }, "must contain RCP"),
        ["client url without RCP"] = (Sample.Client() with { DiscoveryUrls = ["rcp+opc.tcp://a:1"] }, "must contain RCP"),
        ["client with plain url"] = (Sample.Client() with { DiscoveryUrls = ["opc.tcp://a:1"], ServerCapabilities = ["RCP"] }, "must all begin with rcp+"),
    };

    private static readonly Dictionary<string, ApplicationRegistration> Right = new()
    {
        ["server"] = Server,
        ["uri with blanks inside"] = Server with { ApplicationUri = "urn:host:Vendor:UA Server" },
        ["http uri"] = Server with { ApplicationUri = "http://vendor.example/server/1" },
        ["ip v6 url"] = Server with { DiscoveryUrls = ["opc.tcp://[fe80::1]:4840/x"] },
        ["underscore host"] = Server with { DiscoveryUrls = ["opc.tcp://line_1:4840"] },
        ["client with nothing"] = Sample.Client(),
        ["client with nulls"] = Sample.Client() with { DiscoveryUrls = null, ServerCapabilities = null },
        ["reverse client"] = Sample.Client() with { DiscoveryUrls = ["rcp+opc.tcp://a:1"], ServerCapabilities = ["RCP"] },
        ["both ways"] = Both with { DiscoveryUrls = ["opc.tcp://a:1", "rcp+opc.tcp://a:1"], ServerCapabilities = ["DA", "RCP"] },
        ["NA alone"] = Server with { ServerCapabilities = ["NA"] },
        ["discovery server"] = Server with { ApplicationType = ApplicationType.DiscoveryServer, ServerCapabilities = ["LDS"] },
        ["name without locale"] = Server with { Names = [new(null, "a"), new("", "b")] },
    };

    public static TheoryData<string> WrongCases => [.. Wrong.Keys];
    public static TheoryData<string> RightCases => [.. Right.Keys];

    [Theory]
    [MemberData(nameof(WrongCases))]
    public void A_record_that_breaks_a_rule_is_refused_with_the_field_named(string name)
        => new Action(() => RegistrationRules.Check(Wrong[name].Given)).ShouldBeRefused(ProblemKind.InvalidArgument, Wrong[name].Text);

    [Theory]
    [MemberData(nameof(RightCases))]
    public void A_record_that_keeps_the_rules_is_taken(string name) => Should.NotThrow(() => RegistrationRules.Check(Right[name]));

    [Fact]
    public void Hosts_are_those_of_the_urls_each_once()
        => RegistrationRules.Hosts(["opc.tcp://Line_1:4840", "opc.tcp://line_1:4841/x", "rcp+opc.tcp://10.0.0.5:1", "https://[FE80::1]/"])
            .ShouldBe(["line_1", "10.0.0.5", "fe80::1"]);
}
