using System.Security.Cryptography;
using System.Text;
using Gds.Core.Protection;
using Gds.Store;
using Microsoft.Extensions.Logging;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;

namespace Gds.Core.Push;

/// <summary>
/// Opens sessions with push targets: as the GDS, by its application certificate, which the target has to trust, and with
/// the login of the target.
/// </summary>
internal sealed class PushDoor(
    IApplicationIdentitySource? identity, ITrustListSource? trust, CertificateValidationOptions validation, IDataProtection protection,
    PushOptions options, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>A session that a crash of the GDS leaves behind holds its transaction this long.</summary>
    private static readonly TimeSpan s_sessionTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The certificate that targets have to trust.</summary>
    public IdentityCertificate Own => Identity.Current.Primary;

    private IApplicationIdentitySource Identity => identity ?? throw new GdsProblem(ProblemKind.Unavailable, "The GDS has no application certificate of its own here.");

    /// <param name="applicationUri">What the server's certificate has to name: another application, trusted as it may be, gets no login to see.</param>
    /// <exception cref="UaException">Why there is no session.</exception>
    public async Task<UaSession> OpenAsync(PushTarget target, string applicationUri, CancellationToken cancellationToken)
    {
        var source = trust ?? throw new GdsProblem(ProblemKind.Unavailable, "The GDS has no trust list here.");
        return await UaSession.ConnectAsync(
            new SessionOptions
            {
                EndpointUrl = target.EndpointUrl,
                Application = new ClientApplication("GDS", Identity) { ApplicationType = Ua.Core.ApplicationType.ClientAndServer },
                ServerApplicationUri = applicationUri,
                ServerCertificates = ValidatorOf(source, new CertificateValidationOptions { ClockSkew = validation.ClockSkew }),
                PinnedServerCertificates = await PinnedAsync(target, source, cancellationToken),
                SecurityMode = MessageSecurityMode.SignAndEncrypt,
                User = await LoginAsync(target, cancellationToken),
                SessionName = "push",
                SessionTimeout = s_sessionTimeout,
                ConnectTimeout = options.Call,
                RequestTimeout = options.Call,
                KeepAliveInterval = TimeSpan.FromSeconds(4),
                FirstReconnectDelay = options.Look,
                LongestReconnectDelay = options.Look * 4,
                Time = time,
                LoggerFactory = loggers,
            },
            cancellationToken);
    }

    /// <summary>The certificates that a server shows for its endpoints; what it says over this way proves nothing.</summary>
    public async Task<IReadOnlyList<ApplicationCertificate>> ShownAsync(string url, CancellationToken cancellationToken)
    {
        var discovery = new DiscoveryOptions { Timeout = options.Call, Time = time, LoggerFactory = loggers };
        var endpoints = await Discovery.GetEndpointsAsync(url, discovery, cancellationToken);
        return [.. endpoints.Select(e => e.ServerCertificate).OfType<byte[]>().Where(c => c.Length > 0).Select(LeafOf).Distinct()];
    }

    /// <summary>The certificate of the server at the other end of a session.</summary>
    public static ApplicationCertificate ServedBy(UaSession session) => session.Endpoint?.ServerCertificate is { Length: > 0 } chain
        ? LeafOf(chain)
        : throw new UaException(StatusCodes.BadServerNotConnected, "The connection was lost.");

    private static ApplicationCertificate LeafOf(byte[] chain)
    {
        try
        {
            return CertificateChainBytes.Parse(chain)[0];
        }
        catch (PkiException e)
        {
            throw new UaException(StatusCodes.BadCertificateInvalid, $"The server certificate cannot be read: {e.Message}", e);
        }
    }

    /// <summary>
    /// Trusts the one certificate that a person compared: how it was made by whoever made it counts no more. Whatever else the GDS
    /// trusts is judged by the usual rules. Null where the target does not show it, or not any more.
    /// </summary>
    private async Task<CertificateValidator?> PinnedAsync(PushTarget target, ITrustListSource source, CancellationToken cancellationToken)
    {
        if (target.PinnedSha256 is not { } pin) return null;
        if ((await ShownAsync(target.EndpointUrl, cancellationToken)).FirstOrDefault(c => c.Sha256.Equals(pin, StringComparison.OrdinalIgnoreCase)) is not { } pinned) return null;
        var known = await source.CurrentAsync(cancellationToken);
        var lists = new Ua.Security.Certificates.TrustLists(
            [new(pinned, "pinned at the push target")], [], [.. known.TrustedCertificates, .. known.IssuerCertificates], [.. known.TrustedCrls, .. known.IssuerCrls]);
        var rules = new CertificateValidationOptions
        {
            ClockSkew = validation.ClockSkew,
            SuppressHostNameInvalid = true,
            SuppressUseNotAllowed = true,
            SuppressRevocationStatusUnknown = true,
            SuppressIssuerRevocationStatusUnknown = true,
        };
        return ValidatorOf(new PublishedTrustLists(lists), rules);
    }

    private CertificateValidator ValidatorOf(ITrustListSource source, CertificateValidationOptions rules) =>
        new(source, rules, time, loggers.CreateLogger<CertificateValidator>());

    /// <summary>The session keeps the identity, so a key in it is left to the garbage collector.</summary>
    private async Task<UserIdentity> LoginAsync(PushTarget target, CancellationToken cancellationToken)
    {
        if (target.Login == PushLogin.Application) return UserIdentity.Anonymous;
        byte[] secret;
        try
        {
            secret = await protection.UnprotectAsync(PushTargets.SecretPurpose(target.ApplicationId), target.ProtectedSecret, cancellationToken);
        }
        catch (CryptographicException e)
        {
            throw new GdsProblem(ProblemKind.InvalidState, "The login of the push target was sealed under another data protection key and cannot be opened; set it again.", e);
        }
        try
        {
            if (target.Login == PushLogin.UserName) return UserIdentity.Named(target.UserName!, Encoding.UTF8.GetString(secret));
            var key = KeyPair.Import(secret);
            return UserIdentity.WithCertificate(new OwnCertificate(target.UserCertificate!, key.Kind.IsRsa() ? key.Rsa : key.Ecdsa));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
