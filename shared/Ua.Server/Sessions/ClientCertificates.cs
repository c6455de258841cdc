using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;
using Ua.Transport;

namespace Ua.Server.Sessions;

/// <summary>What is thought of a client for the sake of its session.</summary>
/// <param name="IsTrusted">It is on a trust list, and its messages are at least signed.</param>
/// <param name="FirstContact">It was let in to present credentials only.</param>
internal readonly record struct ClientStanding(bool IsTrusted, bool FirstContact);

/// <summary>Judges the clients of sessions: their certificate, the application that they say to be, and their signatures.</summary>
internal sealed class ClientCertificates(CertificateValidator validator, TimeProvider time)
{
    /// <summary>How long the look at the trust lists that a channel was opened with is good for its session too; then they are looked at again.</summary>
    private static readonly TimeSpan OneConnect = TimeSpan.FromSeconds(1);

    /// <summary>Fails with what the client may know: Bad_CertificateUriInvalid for a false ApplicationUri, else the code of the validation.</summary>
    public async ValueTask<ClientStanding> JudgeAsync(IServerChannel channel, string? applicationUri, CancellationToken cancellationToken)
    {
        if (channel.ClientCertificate is not { } chain) return default;
        var check = new CertificateCheck(chain, PeerRole.Client)
        {
            ApplicationUri = applicationUri ?? "",
            KeyRule = CertificateKeyRule.ForPolicy(channel.SecurityPolicyUri),
            SeenSince = channel.ConnectedAt is { } connected && time.GetElapsedTime(connected) < OneConnect ? connected : null,
        };
        var verdict = await validator.ValidateAsync(check, cancellationToken).ConfigureAwait(false);
        if (verdict.IsAccepted) return new ClientStanding(verdict is { FirstContact: false, AcceptedUnchecked: false } && channel.SecurityMode != MessageSecurityMode.None, verdict.FirstContact);
        throw verdict.StatusCode == StatusCodes.BadCertificateUriInvalid
            ? new UaException(verdict.StatusCode, verdict.Text)
            : new UaException(verdict.PublicStatusCode, verdict.PublicStatusCode == verdict.StatusCode ? verdict.Text : "The security checks failed.");
    }

    /// <summary>True where the client has signed our certificate and nonce with the key of its channel.</summary>
    public static bool HasSigned(IServerChannel channel, SignatureData signature, byte[] serverNonce)
    {
        var policy = SecurityPolicies.ByUri(channel.SecurityPolicyUri)!;
        if (policy.IsNone) return true;
        return ApplicationSignature.Verify(policy, policy.PublicKeyOf(channel.ClientCertificate), signature, channel.ServerCertificate, serverNonce);
    }

    /// <summary>What counts as one client where limits are shared out: its certificate, else its address.</summary>
    public static string KeyOf(IServerChannel channel) => channel.ClientCertificate is { } chain
        ? Convert.ToHexString(CertificateBytes.Thumbprint(chain))
        : (channel.RemoteEndPoint as System.Net.IPEndPoint)?.Address.ToString() ?? "";

    /// <summary>True where both are the same certificate, with or without its issuers.</summary>
    public static bool AreSame(byte[]? a, byte[]? b)
    {
        if (a is null || b is null || a.Length == 0 || b.Length == 0) return (a is null || a.Length == 0) && (b is null || b.Length == 0);
        return CertificateBytes.Leaf(a).SequenceEqual(CertificateBytes.Leaf(b));
    }
}
