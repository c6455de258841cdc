using Ua.Server.Identity;

namespace Ua.Server.Tests.Kit;

/// <summary>Knows one user, "admin" with "secret", who is SecurityAdmin, and one without roles.</summary>
internal sealed class TestUsers : IUserValidator, IUserCertificateValidator
{
    public List<UserLogin> Logins { get; } = [];

    public byte[]? TrustedUser { get; set; }

    public ValueTask<UserVerdict> ValidateAsync(UserLogin login, CancellationToken cancellationToken)
    {
        Logins.Add(login);
        return new((login.Name, login.Password) switch
        {
            ("admin", "secret") => UserVerdict.Accepted(WellKnownRoles.SecurityAdmin),
            ("guest", "gäst") => UserVerdict.Accepted(),
            _ => UserVerdict.Refused("wrong password"),
        });
    }

    public ValueTask<UserVerdict> ValidateAsync(byte[] certificate, CancellationToken cancellationToken) =>
        new(TrustedUser is { } trusted && trusted.AsSpan().SequenceEqual(certificate) ? UserVerdict.Accepted(WellKnownRoles.Engineer) : UserVerdict.Refused("unknown user"));
}
