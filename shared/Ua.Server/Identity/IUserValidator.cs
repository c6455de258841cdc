using System.Net;

namespace Ua.Server.Identity;

/// <summary>Knows the users of the application. It is asked once for each activation with a user name, and slows down guessing itself.</summary>
public interface IUserValidator
{
    /// <summary>Says whether the password is that of the user. Refusals are verdicts; the client learns no more than that it was refused.</summary>
    ValueTask<UserVerdict> ValidateAsync(UserLogin login, CancellationToken cancellationToken);
}

/// <summary>A user name and password as they came in, decrypted, with where they came from.</summary>
/// <param name="Name">The user name.</param>
/// <param name="Password">The password in clear; never to be logged.</param>
/// <param name="ClientApplicationUri">The URI of the client application.</param>
/// <param name="ClientCertificate">Its certificate as it was sent; null on policy None.</param>
/// <param name="RemoteEndPoint">The address of its machine.</param>
/// <param name="FirstContact">True where the client's certificate is not trusted yet.</param>
public sealed record UserLogin(
    string Name,
    string Password,
    string? ClientApplicationUri,
    byte[]? ClientCertificate,
    EndPoint? RemoteEndPoint,
    bool FirstContact)
{
    public override string ToString() => $"{Name} from {RemoteEndPoint}";
}
