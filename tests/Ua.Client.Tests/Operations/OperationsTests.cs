using Ua.Client.Tests.Kit;
using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Client.Tests.Operations;

/// <summary>Read, write, browse, translate and call.</summary>
public sealed class OperationsTests : IAsyncLifetime
{
    private OwnServer _server = null!;
    private UaSession _session = null!;
    private ushort _ns;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private NodeId Plant => new("Plant", _ns);

    private NodeId Number => new("Number", _ns);

    public async ValueTask InitializeAsync()
    {
        _server = await OwnServer.StartAsync(Build, options => options.Operations = options.Operations with { MaxReferencesPerNode = 10 });
        _session = await _server.ConnectAsync();
        _ns = await _session.NamespaceIndexOfAsync(OwnServer.Namespace, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Values_are_read_by_type()
    {
        (await _session.ReadValueAsync<int>(Number, Ct)).ShouldBe(7);
        (await _session.ReadValueAsync<string?[]>(VariableIds.NamespaceArray, Ct)).ShouldContain(OwnServer.Namespace);
        (await _session.ReadStructureAsync<ServerStatusDataType>(VariableIds.ServerStatus, Ct)).BuildInfo.ProductUri.ShouldBe("urn:test");
        var error = await Should.ThrowAsync<UaException>(_session.ReadValueAsync<string>(Number, Ct));
        error.StatusCode.ShouldBe(StatusCodes.BadTypeMismatch);
        error.Message.ShouldContain("Int32");
        (await Should.ThrowAsync<UaException>(_session.ReadStructureAsync<BuildInfo>(VariableIds.ServerStatus, Ct))).StatusCode.ShouldBe(StatusCodes.BadTypeMismatch);
        (await Should.ThrowAsync<UaException>(_session.ReadValueAsync<int>(new NodeId("Nothing", _ns), Ct))).StatusCode.ShouldBe(StatusCodes.BadNodeIdUnknown);
    }

    [Fact]
    public async Task Many_values_have_each_its_own_status()
    {
        var values = await _session.ReadValuesAsync([Number, new NodeId("Nothing", _ns)], Ct);
        values.Select(v => v.Status).ShouldBe([StatusCodes.Good, StatusCodes.BadNodeIdUnknown]);
    }

    [Fact]
    public async Task Values_are_written()
    {
        await _session.WriteValueAsync(Number, 8, Ct);
        (await _session.ReadValueAsync<int>(Number, Ct)).ShouldBe(8);
        (await Should.ThrowAsync<UaException>(_session.WriteValueAsync(Number, "x", Ct))).StatusCode.ShouldBe(StatusCodes.BadTypeMismatch);
        (await Should.ThrowAsync<UaException>(_session.WriteValueAsync(VariableIds.ServerStatusState, 1, Ct))).StatusCode.IsBad.ShouldBeTrue();
    }

    [Fact]
    public async Task A_browse_follows_all_continuation_points()
    {
        var pages = 0;
        _server.Tamper = (request, honest) =>
        {
            if (request is BrowseNextRequest) pages++;
            return honest();
        };
        var references = await _session.BrowseAsync(Plant, cancellationToken: Ct);
        references.Count(r => r.BrowseName.Name!.StartsWith("Item", StringComparison.Ordinal)).ShouldBe(35);
        references.Select(r => r.NodeId).Distinct().Count().ShouldBe(references.Count);
        pages.ShouldBe(3);
        (await _session.BrowseAsync(Plant, nodeClasses: NodeClass.Method, cancellationToken: Ct)).Select(r => r.BrowseName.Name).ShouldBe(["Divide"]);
        (await _session.BrowseAsync(Number, BrowseDirection.Inverse, cancellationToken: Ct)).Single().NodeId.NodeId.ShouldBe(Plant);
        (await Should.ThrowAsync<UaException>(_session.BrowseAsync(new NodeId("Nothing", _ns), cancellationToken: Ct))).StatusCode.ShouldBe(StatusCodes.BadNodeIdUnknown);
    }

    [Fact]
    public async Task A_server_that_continues_without_end_and_without_references_is_given_up()
    {
        _server.Tamper = async (request, honest) => await honest() is var answer && answer is BrowseNextResponse next
            ? next with { Results = [new BrowseResult(StatusCodes.Good, [1], [])] }
            : answer;
        (await Should.ThrowAsync<UaException>(_session.BrowseAsync(Plant, cancellationToken: Ct))).StatusCode.ShouldBe(StatusCodes.BadUnknownResponse);
    }

    [Fact]
    public async Task Paths_are_translated()
    {
        (await _session.TranslateAsync(ObjectIds.ObjectsFolder, [new QualifiedName("Plant", _ns), new QualifiedName("Number", _ns)], Ct)).ShouldBe(Number);
        var error = await Should.ThrowAsync<UaException>(_session.TranslateAsync(ObjectIds.ObjectsFolder, [new QualifiedName("Nothing", _ns)], Ct));
        error.StatusCode.ShouldBe(StatusCodes.BadNoMatch);
        error.Message.ShouldContain($"{_ns}:Nothing");
    }

    [Fact]
    public async Task A_method_gives_its_outputs()
    {
        var outputs = await _session.CallAsync(Plant, new NodeId("Divide", _ns), [7, 2], Ct);
        outputs.Get<int>(0, "Quotient").ShouldBe(3);
        outputs.Get<int>(1, "Remainder").ShouldBe(1);
        Should.Throw<UaException>(() => outputs.Get<int>(2, "More")).Message.ShouldContain("More");
        Should.Throw<UaException>(() => outputs.Get<string>(0, "Quotient")).StatusCode.ShouldBe(StatusCodes.BadUnknownResponse);
    }

    [Fact]
    public async Task A_method_that_fails_says_why()
    {
        var error = await Should.ThrowAsync<UaException>(_session.CallAsync(Plant, new NodeId("Divide", _ns), [7, 0], Ct));
        error.StatusCode.ShouldBe(StatusCodes.BadInvalidState);
        error.Message.ShouldContain("Nothing can be divided by zero");
    }

    [Fact]
    public async Task A_wrong_argument_is_named()
    {
        var error = await Should.ThrowAsync<UaException>(_session.CallAsync(Plant, new NodeId("Divide", _ns), [7, "x"], Ct));
        error.StatusCode.ShouldBe(StatusCodes.BadInvalidArgument);
        error.Message.ShouldContain("argument 1: BadTypeMismatch");
        (await Should.ThrowAsync<UaException>(_session.CallAsync(Plant, new NodeId("Divide", _ns), [7], Ct))).StatusCode.ShouldBe(StatusCodes.BadArgumentsMissing);
    }

    [Fact]
    public async Task Too_few_results_are_noticed()
    {
        _server.Tamper = async (request, honest) => await honest() is var answer && answer is ReadResponse read ? read with { Results = [] } : answer;
        (await Should.ThrowAsync<UaException>(_session.ReadValueAsync<int>(Number, Ct))).StatusCode.ShouldBe(StatusCodes.BadUnknownResponse);
    }

    [Fact]
    public async Task A_namespace_that_the_server_lacks_is_not_found() =>
        (await Should.ThrowAsync<UaException>(_session.NamespaceIndexOfAsync("urn:nobody", Ct))).StatusCode.ShouldBe(StatusCodes.BadNotFound);

    [Fact]
    public async Task A_call_that_is_cancelled_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var arrived = new TaskCompletionSource();
        _server.Tamper = async (request, honest) =>
        {
            if (request is not CallRequest) return await honest();
            arrived.TrySetResult();
            await Task.Delay(TimeSpan.FromSeconds(10), Ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await honest();
        };
        var call = _session.CallAsync(Plant, new NodeId("Divide", _ns), [7, 2], stop.Token);
        await arrived.Task;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
        (await _session.ReadValueAsync<int>(Number, Ct)).ShouldBe(7);
    }

    private static void Build(AddressSpace space)
    {
        var ns = (ushort)space.Namespaces.IndexOf(OwnServer.Namespace);
        var plant = new NodeId("Plant", ns);
        var int32 = new NodeId(6);
        space.AddFolder(ObjectIds.ObjectsFolder, plant, new QualifiedName("Plant", ns));
        var number = space.AddVariable(plant, new VariableNode(new NodeId("Number", ns), new QualifiedName("Number", ns))
        {
            DataType = int32,
            AccessLevel = AccessLevels.CurrentRead | AccessLevels.CurrentWrite,
        });
        number.SetValue(7, space.Created);
        for (var i = 0; i < 35; i++) space.AddFolder(plant, new NodeId($"Item{i}", ns), new QualifiedName($"Item{i}", ns));
        space.AddMethod(
            plant,
            new NodeId("Divide", ns),
            new QualifiedName("Divide", ns),
            [new Argument("Dividend", int32), new Argument("Divisor", int32)],
            [new Argument("Quotient", int32), new Argument("Remainder", int32)],
            (call, _) => Task.FromResult(Divide((int)call.Inputs[0].Value!, (int)call.Inputs[1].Value!)));
    }

    private static MethodResult Divide(int dividend, int divisor) => divisor == 0
        ? throw new UaException(StatusCodes.BadInvalidState, "Nothing can be divided by zero.")
        : MethodResult.Good(dividend / divisor, dividend % divisor);
}
