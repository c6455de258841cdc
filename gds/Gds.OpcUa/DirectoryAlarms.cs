using System.Collections.Concurrent;
using Gds.Core;
using Gds.Core.Groups;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Conditions;

namespace Gds.OpcUa;

/// <summary>Gives the Directory's certificate groups their alarms, and has them judged again after what concerns them.</summary>
internal sealed class DirectoryAlarms(CertificateGroupAlarms alarms, GroupOutlook outlook, GroupNodes nodes, GdsNamespace ns)
{
    /// <summary>A thousand members that renew are looked at together.</summary>
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(1);

    private readonly ConcurrentBag<GroupAlarms> _attached = [];

    public async Task AttachAsync(string group, CancellationToken cancellationToken)
    {
        var options = new CertificateGroupAlarmOptions
        {
            Settling = s_settling,
            Roles = new ConditionRoles().And(ns.Node(GdsIds.CertificateAuthorityAdminRole)),
        };
        _attached.Add(await alarms.AttachAsync(nodes.GroupOf(group), new Facts(group, outlook), options, cancellationToken));
    }

    public void Heard(GdsEvent happened)
    {
        if (happened is TokenRevoked or UserChanged) return;
        foreach (var group in _attached) group.Changed();
    }

    /// <summary>A group of the Directory: the certificates are those of its members.</summary>
    private sealed class Facts(string group, GroupOutlook outlook) : ICertificateGroupFacts
    {
        public ValueTask<IReadOnlyList<CertificateInForce>> CertificatesAsync(CancellationToken cancellationToken) =>
            new([.. outlook.Certificates(group).Select(c => new CertificateInForce(new NodeId(c.TypeId), c.Thumbprint, c.NotAfter, c.ApplicationUri))]);

        public async ValueTask<byte[]?> ReadAsync(CertificateInForce certificate, CancellationToken cancellationToken) =>
            await outlook.CertificateAsync(certificate.Thumbprint, cancellationToken);

        public ValueTask<TrustListFreshness> TrustListAsync(CancellationToken cancellationToken)
        {
            var list = outlook.TrustList(group);
            return new(new TrustListFreshness(list.LastUpdateTime, list.UpdateFrequency, [.. list.Concerns.Select(c => new TrustListDue(c.From, c.What))]));
        }
    }
}
