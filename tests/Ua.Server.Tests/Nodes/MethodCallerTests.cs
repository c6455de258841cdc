using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>Calling methods as a client does.</summary>
public sealed class MethodCallerTests
{
    private static readonly NodeId s_directory = new(141, Spaces.Gds);
    private static readonly NodeId s_findApplications = new(143, Spaces.Gds);
    private static readonly NodeId s_findApplicationsOfType = new(15, Spaces.Gds);

    private readonly AddressSpace _space = Spaces.WithGds();

    private Task<MethodResult> Call(NodeId target, NodeId method, params Variant[] inputs) => Call(target, method, TestCaller.Admin, inputs);

    private Task<MethodResult> Call(NodeId target, NodeId method, ICallContext caller, params Variant[] inputs) =>
        new MethodCaller(_space).CallAsync(new MethodCall(target, method, inputs, caller), default);

    private void Handle(NodeId method, MethodHandler handler) => _space.Get<MethodNode>(method).Handler = handler;

    [Fact]
    public async Task The_handler_gets_the_inputs_and_its_outputs_are_returned()
    {
        Handle(s_findApplications, (call, _) => Task.FromResult(MethodResult.Good(call.Inputs[0])));
        var result = await Call(s_directory, s_findApplications, "urn:a");
        result.Status.ShouldBe(StatusCodes.Good);
        result.Outputs.ShouldBe(["urn:a"]);
    }

    [Fact]
    public async Task The_method_of_the_type_stands_for_that_of_the_object()
    {
        NodeId called = default;
        Handle(s_findApplications, (call, _) =>
        {
            called = call.MethodId;
            return Task.FromResult(MethodResult.Good());
        });
        (await Call(s_directory, s_findApplicationsOfType, "urn:a")).Status.ShouldBe(StatusCodes.Good);
        called.ShouldBe(s_findApplications);
    }

    [Fact]
    public async Task An_instance_runs_the_handler_of_its_declaration_until_it_has_its_own()
    {
        var group = _space.AddInstance(Spaces.Objects, Spaces.Id("List"), Spaces.Name("List"), new NodeId(12522));
        var own = (MethodNode)group.Child(new QualifiedName("Open"))!;
        Handle(own.Declaration!.Id, (call, _) => Task.FromResult(MethodResult.Good(call.ObjectId)));
        (await Call(group.Id, own.Id, (byte)1)).Outputs.ShouldBe([group.Id]);
        (await Call(group.Id, own.Declaration.Id, (byte)1)).Outputs.ShouldBe([group.Id]);
        own.Handler = (_, _) => Task.FromResult(MethodResult.Good(7u));
        (await Call(group.Id, own.Declaration.Id, (byte)1)).Outputs.ShouldBe([7u]);
    }

    [Fact]
    public async Task Inputs_are_counted_and_checked_before_the_handler_runs()
    {
        Handle(s_findApplications, (_, _) => throw new InvalidOperationException("must not run"));
        (await Call(s_directory, s_findApplications)).Status.ShouldBe(StatusCodes.BadArgumentsMissing);
        (await Call(s_directory, s_findApplications, "a", "b")).Status.ShouldBe(StatusCodes.BadTooManyArguments);
        var wrong = await Call(s_directory, s_findApplications, 5);
        wrong.Status.ShouldBe(StatusCodes.BadInvalidArgument);
        wrong.InputResults.ShouldBe([StatusCodes.BadTypeMismatch]);
    }

    [Fact]
    public async Task A_null_input_reaches_the_handler()
    {
        Handle(s_findApplications, (call, _) => Task.FromResult(MethodResult.Good(call.Inputs[0].IsNull)));
        (await Call(s_directory, s_findApplications, Variant.Null)).Outputs.ShouldBe([true]);
    }

    [Fact]
    public async Task An_expected_failure_of_the_handler_is_the_status_of_the_call()
    {
        Handle(s_findApplications, (_, _) => throw new UaException(StatusCodes.BadNotFound, "no such application"));
        (await Call(s_directory, s_findApplications, "urn:a")).Status.ShouldBe(StatusCodes.BadNotFound);
        Handle(s_findApplications, (_, _) => Task.FromResult(MethodResult.BadInput(0, 1, StatusCodes.BadOutOfRange)));
        (await Call(s_directory, s_findApplications, "urn:a")).InputResults.ShouldBe([StatusCodes.BadOutOfRange]);
    }

    [Fact]
    public async Task What_cannot_be_called_says_why()
    {
        (await Call(Spaces.Id("none"), s_findApplications)).Status.ShouldBe(StatusCodes.BadNodeIdUnknown);
        (await Call(s_directory, Spaces.Id("none"))).Status.ShouldBe(StatusCodes.BadNodeIdUnknown);
        (await Call(s_directory, Spaces.Objects)).Status.ShouldBe(StatusCodes.BadMethodInvalid);
        (await Call(Spaces.Objects, s_findApplications)).Status.ShouldBe(StatusCodes.BadMethodInvalid);
        (await Call(s_directory, s_findApplications, "urn:a")).Status.ShouldBe(StatusCodes.BadNotExecutable);
        var register = new NodeId(146, Spaces.Gds);
        (await Call(s_directory, register, new TestCaller(MessageSecurityMode.None))).Status.ShouldBe(StatusCodes.BadSecurityModeInsufficient);
        (await Call(new NodeId(12637), new NodeId(12740), new TestCaller())).Status.ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task An_added_method_has_its_arguments_and_runs()
    {
        var method = _space.AddMethod(
            Spaces.Objects,
            Spaces.Id("Add"),
            Spaces.Name("Add"),
            [new Argument("A", new NodeId(7)), new Argument("B", new NodeId(7))],
            [new Argument("Sum", new NodeId(7))],
            (call, _) => Task.FromResult(MethodResult.Good((uint)call.Inputs[0].Value! + (uint)call.Inputs[1].Value!)));
        method.InputArguments().Select(a => a.Name).ShouldBe(["A", "B"]);
        method.OutputArguments().Single().Name.ShouldBe("Sum");
        (await Call(Spaces.Objects, method.Id, 1u, 2u)).Outputs.ShouldBe([3u]);
    }
}
