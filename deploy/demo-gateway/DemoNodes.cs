using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Nodes;

namespace GdsSuite.DemoGateway;

/// <summary>The one variable of the gateway: a sine over a minute, ns=1;s=Value.</summary>
internal sealed class DemoNodes : INodeSetContributor
{
    private static readonly NodeId Objects = new(85);
    private static readonly NodeId Double = new(11);

    public ValueTask ContributeAsync(AddressSpace space, CancellationToken cancellationToken)
    {
        space.AddVariable(Objects, new VariableNode(new NodeId("Value", 1), new QualifiedName("Value", 1))
        {
            DataType = Double,
            ValueSource = context => new DataValue(At(context.Now), SourceTimestamp: context.Now),
        });
        return ValueTask.CompletedTask;
    }

    private static double At(DateTime now) => Math.Sin(now.TimeOfDay.TotalMinutes * 2 * Math.PI);
}
