using Gds.Core.Applications;
using Gds.Core.State;

namespace Gds.Core.Access;

/// <summary>What a method demands of the channel and of the caller; the only place where access is refused.</summary>
internal static class Demands
{
    /// <summary>"Authenticated": Sign or SignAndEncrypt.</summary>
    public static void Signed(Caller caller, string method)
    {
        if (caller.Channel == ChannelMode.None)
            throw new GdsProblem(ProblemKind.SecurityModeInsufficient, $"{method} needs a channel in the mode Sign or SignAndEncrypt.");
    }

    /// <summary>"Encrypted": SignAndEncrypt.</summary>
    public static void Encrypted(Caller caller, string method)
    {
        if (caller.Channel != ChannelMode.SignAndEncrypt)
            throw new GdsProblem(ProblemKind.SecurityModeInsufficient, $"{method} needs a channel in the mode SignAndEncrypt.");
    }

    public static void Role(Caller caller, GdsRoles role, string method)
    {
        if (!caller.Has(role)) throw GdsProblem.Denied($"{method} needs the role {role}.");
    }

    public static void AnyRole(Caller caller, GdsRoles roles, string method)
    {
        if ((caller.Roles & roles) == 0) throw GdsProblem.Denied($"{method} needs one of the roles {roles}.");
    }

    /// <summary>The record, when the caller holds the role or a privilege for it; NotFound when there is none.</summary>
    /// <remarks>A caller without rights learns nothing about which ids exist.</remarks>
    public static ApplicationRecord RoleOrPrivilege(GdsState state, Caller caller, GdsRoles role, Guid applicationId, DateTime now, string method)
    {
        var record = state.Directory.Find(applicationId);
        if (!caller.Has(role) && (record is null ? !IsKnown(state, caller) : !state.ActsFor(caller, record, now)))
            throw GdsProblem.Denied($"{method} needs the role {role}, or the privilege ApplicationSelfAdmin or ApplicationAdmin for the application {applicationId}.");
        return record ?? throw NoSuchApplication(applicationId);
    }

    public static GdsProblem NoSuchApplication(Guid applicationId)
        => GdsProblem.NotFound($"ApplicationId {applicationId} is not registered.");

    // Whoever administers or enrols something may be told that an id is gone, so that it registers again.
    private static bool IsKnown(GdsState state, Caller caller) => caller.Enrolment is not null || state.ClientApplication(caller) is not null;
}
