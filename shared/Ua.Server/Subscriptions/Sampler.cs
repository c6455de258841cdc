using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Subscriptions;

/// <summary>How a subscription samples: it reads as the user of its session at that moment, so that rights that were lost stop the values too.</summary>
internal sealed record Sampler(AddressSpace Space, AttributeReader Reader, DueTimer Timer, TimeProvider Time, Func<ICallContext> Caller)
{
    public DataValue Read(ReadValueId watched) =>
        Reader.Read(watched.NodeId, watched.AttributeId, watched.IndexRange, watched.DataEncoding, Caller());
}
