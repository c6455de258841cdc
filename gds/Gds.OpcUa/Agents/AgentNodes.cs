using Ua.Core;
using Ua.Gds.Agents;
using Ua.Server.Hosting;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Agents;

/// <summary>Loads the namespace of agent reports and attaches its methods.</summary>
internal sealed class AgentNodes(ReportState state, ReportFindings findings) : INodeSetContributor
{
    public ValueTask ContributeAsync(AddressSpace space, CancellationToken cancellationToken)
    {
        space.Load(AgentNodeTable.Open());
        var ns = space.Namespaces.Add(AgentIds.NamespaceUri);
        space.Get<VariableNode>(new NodeId(AgentIds.LastDecisionTime, ns)).SetValue(DateTime.MinValue, space.Created);
        Attach(space, new NodeId(AgentIds.ReportState, ns), state.CallAsync);
        Attach(space, new NodeId(AgentIds.ReportFindings, ns), (call, ct) => findings.CallAsync(call, ns, ct));
        return ValueTask.CompletedTask;
    }

    /// <summary>Who may report is decided by the core, by privileges that no role carries.</summary>
    private static void Attach(AddressSpace space, NodeId method, MethodHandler handler)
    {
        var node = space.Get<MethodNode>(method);
        node.AccessDecidedByHandler = true;
        node.Handler = handler.Answering();
    }
}
