using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>The namespaces of a server by index (Part 5, NamespaceArray). It only grows; readers see whole arrays.</summary>
public sealed class NamespaceTable
{
    public const string OpcUa = "http://opcfoundation.org/UA/";

    private readonly Lock _changes = new();
    private string[] _uris = [OpcUa];

    /// <summary>The URIs by index; never changed once handed out.</summary>
    public string[] Uris => Volatile.Read(ref _uris);

    /// <summary>The index of a namespace, added at the end where it is new.</summary>
    public ushort Add(string uri)
    {
        ArgumentException.ThrowIfNullOrEmpty(uri);
        lock (_changes)
        {
            var index = Array.IndexOf(_uris, uri);
            if (index >= 0) return (ushort)index;
            if (_uris.Length > ushort.MaxValue) throw new UaException(StatusCodes.BadTooManyOperations, "A server cannot have more than 65,536 namespaces.");
            Volatile.Write(ref _uris, [.. _uris, uri]);
            return (ushort)(_uris.Length - 1);
        }
    }

    /// <summary>The index of a namespace; -1 where the server does not have it.</summary>
    public int IndexOf(string uri) => Array.IndexOf(Uris, uri);

    /// <summary>The local id that an expanded id stands for; false where it lives in another server or namespace.</summary>
    public bool TryResolve(ExpandedNodeId id, out NodeId local)
    {
        local = id.NodeId;
        if (id.ServerIndex != 0) return false;
        if (string.IsNullOrEmpty(id.NamespaceUri)) return true;
        var index = IndexOf(id.NamespaceUri);
        if (index < 0) return false;
        local = id.NodeId.Identifier switch
        {
            string text => new NodeId(text, (ushort)index),
            Guid guid => new NodeId(guid, (ushort)index),
            byte[] opaque => new NodeId(opaque, (ushort)index),
            _ => new NodeId(id.NodeId.Numeric, (ushort)index),
        };
        return true;
    }
}
