using Gds.Core.Applications;
using Gds.Core.State;
using Gds.Store;

namespace Gds.Core.Certificates;

/// <summary>When a certificate should be replaced (UpdateRequired of GetCertificateStatus).</summary>
internal static class Renewal
{
    public static bool IsDue(GdsState state, ApplicationRecord record, GroupState group, uint typeId, DateTime now)
    {
        if (state.Certificates.Current(record.Id, group.Id, typeId, now) is not { } current) return true;
        if (now >= RenewAt(current)) return true;
        if (group.Authority(current.AuthorityId) is not { State: AuthorityState.Active }) return true;
        // Not one of its hosts is left in the record: whoever connects now finds a name that the certificate does not have.
        var hosts = HostNames.Of(record).All;
        return hosts.Count > 0 && !hosts.Any(h => current.HostNames.Contains(h, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Two thirds of the way from begin to end.</summary>
    public static DateTime RenewAt(CertificateEntry certificate)
        => certificate.NotBefore + (certificate.NotAfter - certificate.NotBefore) * (2.0 / 3.0);
}
