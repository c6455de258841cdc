namespace Ua.Server.Identity;

/// <summary>Judges the certificates of users against a trust list of their own (Part 4, 6.1.3; DefaultUserTokenGroup of Part 12).</summary>
public interface IUserCertificateValidator
{
    /// <summary>Says whether the certificate is that of a known user; that the client holds its key has been proven.</summary>
    ValueTask<UserVerdict> ValidateAsync(byte[] certificate, CancellationToken cancellationToken);
}
