namespace Gds.Core;

/// <summary>Rights of a person or program, given by role (Part 12, 6.2 and 7.2).</summary>
[Flags]
public enum GdsRoles
{
    None = 0,

    /// <summary>Registers, updates and removes any application.</summary>
    DiscoveryAdmin = 1,

    /// <summary>Requests and revokes any certificate, changes any trust list.</summary>
    CertificateAuthorityAdmin = 2,

    /// <summary>Approves and rejects requests.</summary>
    RegistrationAuthorityAdmin = 4,

    /// <summary>Changes the security configuration of the GDS itself: users, privileges.</summary>
    SecurityAdmin = 8,

    All = DiscoveryAdmin | CertificateAuthorityAdmin | RegistrationAuthorityAdmin | SecurityAdmin,
}

/// <summary>Protection of the way a call came in; a local console or a TLS connection counts as SignAndEncrypt.</summary>
public enum ChannelMode
{
    None = 0,
    Sign = 1,
    SignAndEncrypt = 2,
}

/// <summary>The application at the other end of a secure channel, as its certificate names it.</summary>
/// <param name="ApplicationUri">The URI in the certificate, compared by the stack with the client's description.</param>
/// <param name="Thumbprint">SHA-1 of the certificate, upper-case hex.</param>
/// <param name="Trusted">False for a certificate that was let in only to present a user name or a token, or by AcceptAll.</param>
public sealed record ChannelIdentity(string ApplicationUri, string Thumbprint, bool Trusted);

/// <summary>Who calls, from where, with what rights; the privileges of its application are looked up at each call.</summary>
public sealed record Caller
{
    /// <summary>User name, ApplicationUri or token name; stands in the audit rows.</summary>
    public required string Who { get; init; }

    /// <summary>Address without port, or the name of a local door; stands in the audit rows.</summary>
    public required string Origin { get; init; }

    public GdsRoles Roles { get; init; }
    public ChannelMode Channel { get; init; }
    public ChannelIdentity? Application { get; init; }

    /// <summary>Set when the session was opened with an enrolment token.</summary>
    public EnrolmentGrant? Enrolment { get; init; }

    public bool Has(GdsRoles role) => (Roles & role) == role;

    /// <summary>The GDS itself: jobs and start-up.</summary>
    internal static Caller Gds { get; } = new() { Who = "gds", Origin = "gds", Roles = GdsRoles.All, Channel = ChannelMode.SignAndEncrypt, IsGds = true };

    /// <summary>No name that a user may have makes a caller the GDS.</summary>
    internal bool IsGds { get; private init; }
}

/// <summary>What an enrolment token lets its bearer do in one session.</summary>
public sealed record EnrolmentGrant(Guid TokenId, DateTime ExpiresAt, IReadOnlyList<string> Patterns);
