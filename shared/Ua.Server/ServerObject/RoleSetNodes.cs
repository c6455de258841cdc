using Ua.Core;
using Ua.Server.Identity;
using Ua.Server.Nodes;

namespace Ua.Server.ServerObject;

/// <summary>Shows by which rules the roles are given (Part 18, 4.4). The rules are configuration: what would change them is taken out.</summary>
internal sealed class RoleSetNodes(AddressSpace space, IRoleMapper mapper)
{
    private static readonly NodeId s_roleSet = new(15606);
    private static readonly QualifiedName s_identities = new("Identities");

    public void Attach()
    {
        var rules = (mapper as RuleRoleMapper)?.Rules ?? [];
        foreach (var role in space.Get<ObjectNode>(s_roleSet).Children().OfType<ObjectNode>())
        {
            foreach (var member in role.Children().Where(m => m.BrowseName != s_identities).ToList()) space.Remove(member.Id);
            if (role.Child(s_identities) is VariableNode identities) identities.SetValue(Identities(role.Id, rules), space.Created);
        }
    }

    private static ExtensionObject[] Identities(NodeId role, IReadOnlyList<RoleRule> rules) =>
        [.. rules.Concat(RuleRoleMapper.Standard).Where(r => r.Role == role).Select(r => ExtensionObject.Of(new IdentityMappingRuleType((int)r.Criterion, r.Criteria)))];
}

/// <summary>An identity that has a role (Part 18, 4.4.2).</summary>
internal sealed record IdentityMappingRuleType(int CriteriaType, string? Criteria) : IUaEncodable<IdentityMappingRuleType>
{
    public static uint BinaryEncodingId => 15736;

    public void Write(ref UaWriter w)
    {
        w.Int32(CriteriaType);
        w.String(Criteria);
    }

    public static IdentityMappingRuleType Read(ref UaReader r) => new(CriteriaType: r.Int32(), Criteria: r.String());
}
