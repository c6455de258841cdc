using Ua.Core;
using Ua.Server.Nodes;
using Ua.Server.Sessions;
using Ua.Server.Subscriptions;

namespace Ua.Server.ServerObject;

/// <summary>The methods of the Server object: GetMonitoredItems and ResendData (Part 5, 9.1 and 9.2), for subscriptions of the caller's session.</summary>
internal sealed class ServerMethods(AddressSpace space, SessionTable sessions)
{
    public void Attach()
    {
        space.Get<MethodNode>(new NodeId(11492)).Handler = GetMonitoredItems;
        space.Get<MethodNode>(new NodeId(12873)).Handler = ResendData;
    }

    private Task<MethodResult> GetMonitoredItems(MethodCall call, CancellationToken cancellationToken)
    {
        var (server, client) = SubscriptionsOf(call).ListItems(IdOf(call));
        return Task.FromResult(MethodResult.Good(server, client));
    }

    private Task<MethodResult> ResendData(MethodCall call, CancellationToken cancellationToken)
    {
        SubscriptionsOf(call).Resend(IdOf(call));
        return Task.FromResult(MethodResult.Good());
    }

    private SessionSubscriptions SubscriptionsOf(MethodCall call) => sessions.ById(call.Caller.SessionId)?.Subscriptions
        ?? throw new UaException(StatusCodes.BadUserAccessDenied, "Only a session has subscriptions.");

    private static uint IdOf(MethodCall call) => call.Inputs[0].TryGet<uint>(out var id)
        ? id
        : throw new UaException(StatusCodes.BadInvalidArgument, "SubscriptionId is missing.");
}
