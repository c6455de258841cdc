using System.Globalization;
using System.Reflection;
using Ua.Gds.Nodes;

namespace Ua.Gds.Tests.Ids;

/// <summary>Every id in code is the one that the standard node of that name has.</summary>
public sealed class IdsAgreeWithTheNodeTable
{
    /// <summary>Browse name and parent (by its numeric id) of the nodes of the GDS namespace.</summary>
    private static readonly Dictionary<uint, (string Name, string References)> s_nodes = ReadTable();

    [Theory]
    [InlineData(typeof(DirectoryMethodIds), "47<1:141")]
    [InlineData(typeof(DirectoryTypeMethodIds), "47<1:13 47<1:63")]
    public void Methods(Type ids, string parents)
    {
        foreach (var (name, id) in Constants(ids))
        {
            s_nodes[id].Name.ShouldBe(name);
            s_nodes[id].References.Split(' ').Intersect(parents.Split(' ')).ShouldHaveSingleItem($"{name} is component of {s_nodes[id].References}");
        }
    }

    [Theory]
    [InlineData(GdsIds.ApplicationRecordDataType, "ApplicationRecordDataType")]
    [InlineData(GdsIds.ApplicationRecordBinaryEncoding, "Default Binary")]
    [InlineData(GdsIds.DirectoryType, "DirectoryType")]
    [InlineData(GdsIds.CertificateDirectoryType, "CertificateDirectoryType")]
    [InlineData(GdsIds.Directory, "Directory")]
    [InlineData(GdsIds.DirectoryApplications, "Applications")]
    [InlineData(GdsIds.CertificateGroups, "CertificateGroups")]
    [InlineData(GdsIds.ApplicationRegistrationChangedAuditEventType, "ApplicationRegistrationChangedAuditEventType")]
    [InlineData(GdsIds.CertificateRevokedAuditEventType, "CertificateRevokedAuditEventType")]
    [InlineData(GdsIds.CertificateRequestedAuditEventType, "CertificateRequestedAuditEventType")]
    [InlineData(GdsIds.CertificateDeliveredAuditEventType, "CertificateDeliveredAuditEventType")]
    [InlineData(GdsIds.DiscoveryAdminRole, "DiscoveryAdmin")]
    [InlineData(GdsIds.CertificateAuthorityAdminRole, "CertificateAuthorityAdmin")]
    [InlineData(GdsIds.RegistrationAuthorityAdminRole, "RegistrationAuthorityAdmin")]
    [InlineData(GdsIds.KeyCredentialAdminRole, "KeyCredentialAdmin")]
    [InlineData(GdsIds.AuthorizationServiceAdminRole, "AuthorizationServiceAdmin")]
    public void Nodes(uint id, string name) => s_nodes[id].Name.ShouldBe(name);

    [Fact]
    public void Default_groups()
    {
        string[] names = ["DefaultApplicationGroup", "DefaultHttpsGroup", "DefaultUserTokenGroup"];
        foreach (var (group, name) in GroupIds.All.Zip(names))
        {
            s_nodes[group.Group].Name.ShouldBe(name);
            s_nodes[group.TrustList].ShouldBe(("TrustList", s_nodes[group.TrustList].References));
            s_nodes[group.TrustList].References.ShouldContain($"47<1:{group.Group}");
            s_nodes[group.CertificateTypes].Name.ShouldBe("CertificateTypes");
            s_nodes[group.CertificateTypes].References.ShouldContain($"46<1:{group.Group}");
            foreach (var member in typeof(TrustListIds).GetProperties().Where(p => p.PropertyType == typeof(uint)))
            {
                var id = (uint)member.GetValue(group.Methods)!;
                s_nodes[id].Name.ShouldBe(member.Name);
                s_nodes[id].References.ShouldContain($"<1:{group.TrustList}");
            }
        }
    }

    private static IEnumerable<(string Name, uint Id)> Constants(Type ids) =>
        ids.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (f.Name, (uint)f.GetRawConstantValue()!));

    private static Dictionary<uint, (string Name, string References)> ReadTable()
    {
        using var reader = new StreamReader(GdsNodeTable.Open());
        return reader.ReadToEnd().Split('\n')
            .Where(line => line.StartsWith("1:", StringComparison.Ordinal))
            .Select(line => line.Split('\t'))
            .ToDictionary(
                columns => uint.Parse(columns[0][2..], CultureInfo.InvariantCulture),
                columns => (columns[2].StartsWith("1:", StringComparison.Ordinal) ? columns[2][2..] : columns[2], columns[3]));
    }
}
