using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Hosting;

/// <summary>
/// A part of an application that adds to the address space before the server listens: it loads node tables, adds nodes, and
/// attaches method handlers and value sources. Contributors run in the order in which they were registered.
/// </summary>
public interface INodeSetContributor
{
    /// <summary>Optional nodes of namespace 0 that this part stands behind; others that nobody claims are removed.</summary>
    IEnumerable<NodeId> Claims => [];

    ValueTask ContributeAsync(AddressSpace space, CancellationToken cancellationToken);
}
