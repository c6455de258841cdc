using Ua.Core;

namespace Ua.Gds.Tests.Directory;

/// <summary>The typed client of the directory methods: what goes out and what comes in (Part 12, 6.5).</summary>
public sealed class DirectoryClientTests : IAsyncLifetime
{
    private static readonly NodeId s_application = new("app", 3);
    private static readonly DateTime s_reset = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private static readonly ApplicationRecord s_record =
        new(s_application, "urn:a", ApplicationType.Server, [new LocalizedText("en", "A")], "urn:p", ["opc.tcp://a:4840"], ["DA"]);

    private ScriptedDirectory _gds = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gds = await ScriptedDirectory.StartAsync();

    public ValueTask DisposeAsync() => _gds.DisposeAsync();

    [Fact]
    public async Task Applications_are_found_by_their_uri()
    {
        _gds.On(DirectoryMethodIds.FindApplications, inputs => inputs[0].Value is "urn:a" ? [Wrapped([s_record])] : [Wrapped([])]);
        UaWriter.ToBytes((await _gds.Client.FindApplicationsAsync("urn:a", Ct)).Single()).ShouldBe(UaWriter.ToBytes(s_record));
        (await _gds.Client.FindApplicationsAsync("urn:b", Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_application_is_registered_updated_read_and_removed()
    {
        ApplicationRecord? kept = null;
        _gds.On(DirectoryMethodIds.RegisterApplication, inputs =>
        {
            kept = Unwrapped(inputs[0]);
            return [s_application];
        });
        _gds.On(DirectoryMethodIds.UpdateApplication, inputs =>
        {
            kept = Unwrapped(inputs[0]);
            return [];
        });
        _gds.On(DirectoryMethodIds.GetApplication, inputs => inputs[0].Value is NodeId id && id == s_application ? [kept!.ToExtensionObject(_gds.NamespaceIndex)] : []);
        _gds.On(DirectoryMethodIds.UnregisterApplication, inputs =>
        {
            if (inputs[0].Value is NodeId id && id == s_application) kept = null;
            return [];
        });
        (await _gds.Client.RegisterApplicationAsync(s_record, Ct)).ShouldBe(s_application);
        (await _gds.Client.GetApplicationAsync(s_application, Ct)).ApplicationUri.ShouldBe("urn:a");
        await _gds.Client.UpdateApplicationAsync(s_record with { ProductUri = "urn:q" }, Ct);
        (await _gds.Client.GetApplicationAsync(s_application, Ct)).ProductUri.ShouldBe("urn:q");
        await _gds.Client.UnregisterApplicationAsync(s_application, Ct);
        kept.ShouldBeNull();
    }

    [Fact]
    public async Task A_refusal_carries_the_status_and_the_text_of_the_GDS()
    {
        _gds.On(DirectoryMethodIds.RegisterApplication, _ => throw new UaException(StatusCodes.BadEntryExists, "The ApplicationUri urn:a is registered already."));
        var error = await Should.ThrowAsync<UaException>(_gds.Client.RegisterApplicationAsync(s_record, Ct));
        error.StatusCode.ShouldBe(StatusCodes.BadEntryExists);
        error.Message.ShouldContain("registered already");
    }

    [Fact]
    public async Task A_query_has_its_conditions_in_order()
    {
        Variant[]? asked = null;
        var found = new ApplicationDescription("urn:a", "urn:p", new LocalizedText("A"), ApplicationType.Client, null, null, []);
        _gds.On(DirectoryMethodIds.QueryApplications, inputs =>
        {
            asked = inputs;
            return [s_reset, 9u, (ExtensionObject[])[ExtensionObject.Of(found)]];
        });
        var page = await _gds.Client.QueryApplicationsAsync(new ApplicationQuery(5, 10, "A%", "urn:%", 2, "urn:p", ["DA", "RCP"]), Ct);
        asked!.Select(v => v.Value).Take(6).ShouldBe([5u, 10u, "A%", "urn:%", 2u, "urn:p"]);
        asked![6].Value.ShouldBe(new string?[] { "DA", "RCP" });
        page.LastCounterResetTime.ShouldBe(s_reset);
        page.NextRecordId.ShouldBe(9u);
        page.Applications.Single().ApplicationType.ShouldBe(ApplicationType.Client);
    }

    [Fact]
    public async Task A_query_of_servers_has_no_type()
    {
        Variant[]? asked = null;
        _gds.On(DirectoryMethodIds.QueryServers, inputs =>
        {
            asked = inputs;
            return [s_reset, (ExtensionObject[])[ExtensionObject.Of(new ServerOnNetwork(7, "A", "opc.tcp://a:4840", ["DA"]))]];
        });
        var page = await _gds.Client.QueryServersAsync(new ApplicationQuery(ApplicationName: "A", ApplicationType: 2), Ct);
        asked!.Length.ShouldBe(6);
        asked[2].Value.ShouldBe("A");
        page.Servers.Single().RecordId.ShouldBe(7u);
    }

    [Fact]
    public async Task A_structure_of_another_type_is_refused()
    {
        _gds.Server.Tamper = async (request, honest) => await honest() is var answer && answer is CallResponse call && request is CallRequest
            ? call with { Results = [call.Results[0] with { StatusCode = StatusCodes.Good, OutputArguments = [ExtensionObject.Of(new Argument("x", NodeId.Null))] }] }
            : answer;
        (await Should.ThrowAsync<UaException>(_gds.Client.GetApplicationAsync(s_application, Ct))).StatusCode.ShouldBe(StatusCodes.BadUnknownResponse);
    }

    private Variant Wrapped(ApplicationRecord[] records) => records.Select(r => r.ToExtensionObject(_gds.NamespaceIndex)).ToArray();

    private ApplicationRecord Unwrapped(Variant value)
    {
        ApplicationRecord.TryFrom((ExtensionObject)value.Value!, _gds.NamespaceIndex, out var record).ShouldBeTrue();
        return record!;
    }
}
