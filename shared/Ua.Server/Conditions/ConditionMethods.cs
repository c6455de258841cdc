using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Nodes;

namespace Ua.Server.Conditions;

/// <summary>Enable, Disable, AddComment and Acknowledge of all conditions (Part 9, 5.5.4 to 5.5.6 and 5.7.3), each call with its audit event.</summary>
internal sealed class ConditionMethods(AddressSpace space, ConditionRegister conditions, AuditEvents audit)
{
    /// <summary>A longer comment is refused, since each one is kept and sent to everybody who watches.</summary>
    public const int LongestComment = 4_096;

    public void Attach()
    {
        Handle(ConditionIds.Enable, ConditionIds.AuditEnableEvent, "Enable", (condition, _, ct) => condition.EnableAsync(ct));
        Handle(ConditionIds.Disable, ConditionIds.AuditEnableEvent, "Disable", (condition, _, ct) => condition.DisableAsync(ct));
        Handle(ConditionIds.AddComment, ConditionIds.AuditCommentEvent, "AddComment", (condition, call, ct) => condition.CommentAsync(EventId(call), Comment(call), User(call), ct));
        Handle(ConditionIds.Acknowledge, ConditionIds.AuditAcknowledgeEvent, "Acknowledge", (condition, call, ct) => condition.AcknowledgeAsync(EventId(call), Comment(call), User(call), ct));
    }

    /// <summary>The handler stands at the declaration of the type, for the methods of all instances.</summary>
    private void Handle(NodeId method, NodeId auditType, string name, Func<AlarmCondition, MethodCall, CancellationToken, Task<StatusCode>> act)
    {
        var node = space.Get<MethodNode>(method);
        node.Handler = async (call, cancellationToken) =>
        {
            var result = await RunAsync(call, act, cancellationToken).ConfigureAwait(false);
            Tell(call, auditType, name, result.Status);
            return result;
        };
        node.Refused = (call, status) => Tell(call, auditType, name, status);
    }

    private async Task<MethodResult> RunAsync(MethodCall call, Func<AlarmCondition, MethodCall, CancellationToken, Task<StatusCode>> act, CancellationToken cancellationToken)
    {
        if (conditions.Find(call.ObjectId) is not { } condition)
            return MethodResult.Bad(StatusCodes.BadNodeIdInvalid) with { Text = $"{call.ObjectId} is not a condition of this server." };
        if (Comment(call).Text?.Length > LongestComment)
            return MethodResult.BadInput(1, call.Inputs.Length, StatusCodes.BadOutOfRange) with { Text = $"Comment: at most {LongestComment} characters are kept." };
        try
        {
            var status = await act(condition, call, cancellationToken).ConfigureAwait(false);
            return status.IsBad ? MethodResult.Bad(status) : MethodResult.Good();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return MethodResult.Bad(StatusCodes.BadResourceUnavailable) with { Text = $"The condition could not be kept: {e.Message}" };
        }
    }

    private void Tell(MethodCall call, NodeId auditType, string name, StatusCode status)
    {
        var e = audit.OfMethod(auditType, call, status, $"{name} of {call.ObjectId}: {status}.", call.ObjectId, $"Method/{name}");
        if (call.Inputs.Length > 1)
        {
            e["ConditionEventId"] = EventId(call);
            e["Comment"] = Comment(call);
        }

        audit.Raise(e);
    }

    private static byte[]? EventId(MethodCall call) => call.Inputs.Length > 0 && call.Inputs[0].TryGet<byte[]>(out var id) ? id : null;

    private static LocalizedText Comment(MethodCall call) => call.Inputs.Length > 1 && call.Inputs[1].TryGet<LocalizedText>(out var text) ? text : default;

    private static string User(MethodCall call) => call.Caller.User is { Kind: not UserIdentityKind.Anonymous, Name: var name } ? name : "Anonymous";
}
