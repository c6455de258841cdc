using Ua.Core;

namespace Ua.Server.Identity;

/// <summary>The roles of namespace 0 (Part 18, 4.3).</summary>
public static class WellKnownRoles
{
    public static readonly NodeId Anonymous = new(15644);
    public static readonly NodeId AuthenticatedUser = new(15656);
    public static readonly NodeId TrustedApplication = new(18625);
    public static readonly NodeId Observer = new(15668);
    public static readonly NodeId Operator = new(15680);
    public static readonly NodeId Supervisor = new(15692);
    public static readonly NodeId Engineer = new(16036);
    public static readonly NodeId ConfigureAdmin = new(15716);
    public static readonly NodeId SecurityAdmin = new(15704);
}
