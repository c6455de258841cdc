using Gds.Core.Applications;
using Gds.Core.State;

namespace Gds.Core.Access;

/// <summary>The privileges of the application behind a caller (Part 12, 6.2 and 7.2), looked up in the state of the moment.</summary>
internal static class Privileges
{
    /// <summary>The registered application that the channel's certificate belongs to, or null when it proves nothing.</summary>
    public static ApplicationRecord? ClientApplication(this GdsState state, Caller caller)
    {
        if (caller.Application is not { Trusted: true } channel) return null;
        if (state.Directory.Find(channel.ApplicationUri) is not { } record) return null;
        // A certificate of ours speaks only for the application that it was issued to.
        return state.Certificates.Find(channel.Thumbprint) is { } issued && issued.ApplicationId != record.Id ? null : record;
    }

    /// <summary>ApplicationSelfAdmin: the record is the caller's own.</summary>
    public static bool IsSelfAdmin(this GdsState state, Caller caller, Guid applicationId)
        => state.ClientApplication(caller)?.Id == applicationId;

    /// <summary>ApplicationAdmin: the caller's application was given this one to administer.</summary>
    public static bool IsApplicationAdmin(this GdsState state, Caller caller, Guid applicationId)
        => state.ClientApplication(caller) is { } client && state.Grants.Has(client.Id, applicationId);

    /// <summary>The caller enrols with a token, and the record is one that this token brought in or names in full.</summary>
    public static bool Enrols(Caller caller, ApplicationRecord record, DateTime now)
    {
        if (caller.Enrolment is not { } grant || caller.Application is not { } channel || now >= grant.ExpiresAt) return false;
        var own = record.EnrolledByToken == grant.TokenId && (record.ApplicationUri == channel.ApplicationUri || record.RegisteredBy == channel.ApplicationUri);
        return own || TokenPatterns.NameInFull(grant.Patterns, record.ApplicationUri);
    }

    /// <summary>Self, admin or enrolling: one of the privileges that stand beside the roles in Part 12, 7.9.</summary>
    public static bool ActsFor(this GdsState state, Caller caller, ApplicationRecord record, DateTime now)
        => state.IsSelfAdmin(caller, record.Id) || state.IsApplicationAdmin(caller, record.Id) || Enrols(caller, record, now);

    /// <summary>ApplicationAdmin for something not registered yet: the caller's application may administer URIs of that pattern.</summary>
    public static bool MayRegister(this GdsState state, Caller caller, string applicationUri, DateTime now)
    {
        if (caller.Enrolment is { } grant && now < grant.ExpiresAt
            && (TokenPatterns.Allow(grant.Patterns, applicationUri) || TokenPatterns.IsAgentItself(caller.Application, applicationUri))) return true;
        return state.ClientApplication(caller) is { AdminPattern: { } pattern }
            && Patterns.Parse(pattern, "AdminPattern", ignoreCase: false).Matches(applicationUri);
    }
}
