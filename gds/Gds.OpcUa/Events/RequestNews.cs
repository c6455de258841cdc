using Ua.Core;
using Ua.Gds.Agents;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Events;

/// <summary>
/// Lets waiting agents know that some request was decided, by a time in our namespace that they can watch. Whose it was and
/// how it ended only FinishRequest tells, and only whom it concerns.
/// </summary>
internal sealed class RequestNews(AddressSpace space, TimeProvider time)
{
    public void Decided()
    {
        var now = time.GetUtcNow().UtcDateTime;
        var index = space.Namespaces.IndexOf(AgentIds.NamespaceUri);
        if (index > 0 && space.Find(new NodeId(AgentIds.LastDecisionTime, (ushort)index)) is VariableNode variable) variable.SetValue(now, now);
    }
}
