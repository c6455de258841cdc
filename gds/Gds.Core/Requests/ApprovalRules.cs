using Gds.Core.Access;
using Gds.Core.Applications;
using Gds.Core.Certificates;
using Gds.Core.State;

namespace Gds.Core.Requests;

/// <summary>Decides which requests need no person. Whatever no rule covers waits for a RegistrationAuthorityAdmin.</summary>
internal sealed class ApprovalRules(GdsCoreOptions options)
{
    private const GdsRoles Both = GdsRoles.CertificateAuthorityAdmin | GdsRoles.RegistrationAuthorityAdmin;

    /// <summary>The rule that approves, in words for the record; null when a person has to decide.</summary>
    public string? Decide(GdsState state, Caller caller, ApplicationRecord record, GroupState group, HostNames hosts, DateTime now)
    {
        if (caller.IsGds) return "push of the GDS itself";
        if (options.ApproveWithToken && Privileges.Enrols(caller, record, now))
            return $"enrolment token {caller.Enrolment!.TokenId}";
        if (options.ApproveForAdmins && caller.Has(Both))
            return $"asked for by {caller.Who}, who may approve";
        if (options.ApproveRenewals && Renews(state, caller, record, group, hosts, now))
            return "renewal with a valid certificate of this GDS";
        return null;
    }

    // The channel must be held by a certificate of ours in force, and the new names must be ones that were approved before:
    // an application may change its own record, so the record alone proves nothing about its hosts.
    private static bool Renews(GdsState state, Caller caller, ApplicationRecord record, GroupState group, HostNames hosts, DateTime now)
    {
        if (caller.Application is not { } channel || state.ClientApplication(caller) is not { } client) return false;
        if (state.Certificates.Find(channel.Thumbprint) is not { } own || own.ApplicationId != client.Id || !own.IsValidAt(now)) return false;
        if (client.Id != record.Id && !state.Grants.Has(client.Id, record.Id)) return false;
        var open = new HashSet<string>(hosts.All, StringComparer.OrdinalIgnoreCase);
        var held = state.Certificates.Of(record.Id);
        for (var i = held.Count - 1; i >= 0; i--) // the newest usually names them all
        {
            if (held[i].GroupId != group.Id || !held[i].IsValidAt(now)) continue;
            open.ExceptWith(held[i].HostNames);
            if (open.Count == 0) return true;
        }

        return false;
    }
}
