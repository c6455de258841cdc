using Gds.Core.Groups;
using Ua.Core;
using Ua.Gds;

namespace Gds.OpcUa;

/// <summary>Which node stands for which certificate group of the core (Part 12, 7.8.3).</summary>
internal sealed class GroupNodes(GdsNamespace ns)
{
    private static readonly Dictionary<string, GroupIds> s_standard = new(StringComparer.Ordinal)
    {
        [CertificateGroups.Default] = GroupIds.DefaultApplication,
        ["DefaultHttpsGroup"] = GroupIds.DefaultHttps,
        ["DefaultUserTokenGroup"] = GroupIds.DefaultUserToken,
    };

    /// <summary>The name of a group; null for the null id, and for an id that is no group a text that the core finds nothing under.</summary>
    public string? NameOf(NodeId group)
    {
        if (group.IsNull) return null;
        foreach (var (name, ids) in s_standard)
            if (ids.GroupNode(ns.Index) == group) return name;
        return group.ToString();
    }

    public NodeId GroupOf(string name) => IdsOf(name).GroupNode(ns.Index);

    public NodeId TrustListOf(string name) => IdsOf(name).TrustListNode(ns.Index);

    public static GroupIds IdsOf(string name) => s_standard.GetValueOrDefault(name)
        ?? throw new UaException(StatusCodes.BadInternalError, $"The certificate group '{name}' has no node.");
}
