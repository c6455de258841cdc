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

    /// <exception cref="UaException">Why there is no session.</exception>
    public async Task<UaSession> OpenAsync(PushTarget target, CancellationToken cancellationToken)
    {
        return await UaSession.ConnectAsync(
            new SessionOptions
            {
                EndpointUrl = target.EndpointUrl,
                Application = new ClientApplication("GDS", Identity) { ApplicationType = Ua.Core.ApplicationType.ClientAndServer },
                ServerCertificates = await ValidatorAsync(target, cancellationToken),
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

    private async Task<CertificateValidator> ValidatorAsync(PushTarget target, CancellationToken cancellationToken)
    {
        var source = trust ?? throw new GdsProblem(ProblemKind.Unavailable, "The GDS has no trust list here.");
        var rules = new CertificateValidationOptions { ClockSkew = validation.ClockSkew };
        if (target.PinnedSha256 is { } pin
            && (await ShownAsync(target.EndpointUrl, cancellationToken)).FirstOrDefault(c => c.Sha256.Equals(pin, StringComparison.OrdinalIgnoreCase)) is { } pinned)
        {
            // A person compared this very certificate; how it was made by whoever made it counts no more.
            source = new CompositeTrustLists(source, new PublishedTrustLists(new Ua.Security.Certificates.TrustLists([new(pinned, "pinned at the push target")], [], [], [])));
            rules.SuppressHostNameInvalid = rules.SuppressUseNotAllowed = true;
            rules.SuppressRevocationStatusUnknown = rules.SuppressIssuerRevocationStatusUnknown = true;
        }
        return new CertificateValidator(source, rules, time, loggers.CreateLogger<CertificateValidator>());
    }

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
