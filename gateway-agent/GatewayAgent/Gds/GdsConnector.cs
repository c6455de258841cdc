using GatewayAgent.Configuration;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Gds;

/// <summary>
/// Opens sessions with the GDS. Its certificate is judged before the channel: at first contact by the fingerprint of the
/// enrolment string and nothing else, later by that same certificate or by the agent's own trust folder.
/// </summary>
internal sealed class GdsConnector(OwnIdentity own, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>How often the GDS may announce news: what lies between a change there and the agent's hearing of it.</summary>
    public static readonly TimeSpan PublishingInterval = TimeSpan.FromSeconds(1);

    /// <summary>The certificate that the GDS shows, checked against the fingerprint. Nothing secret is sent for that.</summary>
    /// <exception cref="AgentProblem">Not reachable, or another certificate: then both fingerprints are told.</exception>
    public async Task<byte[]> FindPinnedAsync(string url, string fingerprint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var shown = await ShownAsync(url, timeout, cancellationToken);
        var wanted = Fingerprint(fingerprint);
        if (shown.FirstOrDefault(c => Leaf(url, c).Sha256 == wanted) is { } pinned) return pinned;
        throw new AgentProblem(
            ProblemKind.Refused,
            $"The server at {url} is not the GDS of the enrolment string, or somebody stands between. Its certificate has the SHA-256 fingerprint {string.Join(" or ", shown.Select(c => Leaf(url, c).Sha256))}; the string names {wanted}. Nothing was sent. Compare with 'gds ca show' at the GDS.");
    }

    /// <summary>A session for an enrolment token over an encrypted channel with exactly this server certificate.</summary>
    public async Task<UaSession> EnrolAsync(string url, byte[] pinned, UserIdentity token, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await UaSession.ConnectAsync(Options(url, PinnedValidator(url, pinned), token, timeout), cancellationToken);
        }
        catch (UaException e)
        {
            throw GdsErrors.OfEnrolment(url, e);
        }
    }

    /// <summary>A session with the agent's own certificate and no user: the application is who counts (Part 12, 7.2).</summary>
    /// <returns>The session, and whether the GDS was known by the pinned certificate alone.</returns>
    public async Task<(UaSession Session, bool ByPin)> ConnectAsync(EnrolmentState enrolment, AgentConfiguration configuration, CancellationToken cancellationToken)
    {
        var url = enrolment.EndpointUrl;
        try
        {
            var usual = enrolment.PinnedCertificate is { } known ? PinnedValidator(url, known) : FolderValidator(configuration.ClockSkew);
            return (await UaSession.ConnectAsync(Lasting(url, usual, configuration), cancellationToken), enrolment.PinnedCertificate is not null);
        }
        catch (UaException e) when (GdsErrors.RefusesCertificate(e))
        {
            return await LookAndConnectAsync(enrolment, configuration, cancellationToken);
        }
        catch (UaException e)
        {
            throw GdsErrors.OfConnection(url, own.Client.ApplicationUri, e);
        }
    }

    /// <summary>One side did not like the other's certificate: a look at what the GDS shows finds its new one, or says which side it was.</summary>
    private async Task<(UaSession Session, bool ByPin)> LookAndConnectAsync(EnrolmentState enrolment, AgentConfiguration configuration, CancellationToken cancellationToken)
    {
        var url = enrolment.EndpointUrl;
        var shown = await ShownAsync(url, configuration.Timeout, cancellationToken);
        var pinned = enrolment.PinnedCertificate is { } pin ? shown.FirstOrDefault(c => Leaf(url, c).Equals(Leaf(url, pin))) : null;
        var validator = pinned is null ? await FolderValidatorAsync(url, shown, configuration.ClockSkew, cancellationToken) : PinnedValidator(url, pinned);
        try
        {
            return (await UaSession.ConnectAsync(Lasting(url, validator, configuration), cancellationToken), pinned is not null);
        }
        catch (UaException e)
        {
            throw GdsErrors.OfConnection(url, own.Client.ApplicationUri, e);
        }
    }

    private static string Fingerprint(string text) => string.Concat(text.Where(char.IsAsciiHexDigit)).ToUpperInvariant();

    private static ApplicationCertificate Leaf(string url, byte[] chain)
    {
        try
        {
            return CertificateChainBytes.Parse(chain)[0];
        }
        catch (PkiException e)
        {
            throw new AgentProblem(ProblemKind.Refused, $"The server at {url} shows a certificate that cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The certificates of the encrypted endpoints behind the URL, each once, strongest endpoints as the server lists them.</summary>
    private async Task<IReadOnlyList<byte[]>> ShownAsync(string url, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            var options = new DiscoveryOptions { Timeout = timeout, Time = time, LoggerFactory = loggers };
            var endpoints = await Discovery.GetEndpointsAsync(url, options, cancellationToken);
            var shown = endpoints.Where(e => e.SecurityMode == MessageSecurityMode.SignAndEncrypt && e.ServerCertificate is { Length: > 0 }).Select(e => e.ServerCertificate!).DistinctBy(Convert.ToHexString).ToList();
            return shown.Count > 0 ? shown : throw new AgentProblem(ProblemKind.Refused, $"The server at {url} offers no encrypted endpoint.");
        }
        catch (UaException e)
        {
            throw GdsErrors.OfConnection(url, own.Client.ApplicationUri, e);
        }
    }

    /// <summary>Trusts one certificate and no other. How it was issued, and which names it carries, does not matter then.</summary>
    private CertificateValidator PinnedValidator(string url, byte[] chain)
    {
        const string source = "the enrolment string";
        var leaf = Leaf(url, chain);
        var lists = new TrustLists(
            [new TrustListCertificate(leaf, source)], [], CertificateChainBytes.Parse(chain).Skip(1).Select(c => new TrustListCertificate(c, source)), []);
        var options = new CertificateValidationOptions
        {
            SuppressHostNameInvalid = true,
            SuppressRevocationStatusUnknown = true,
            SuppressIssuerRevocationStatusUnknown = true,
        };
        return new CertificateValidator(new PublishedTrustLists(lists), options, time, loggers.CreateLogger<CertificateValidator>());
    }

    private async Task<CertificateValidator> FolderValidatorAsync(string url, IReadOnlyList<byte[]> shown, TimeSpan clockSkew, CancellationToken cancellationToken)
    {
        var validator = FolderValidator(clockSkew);
        var verdict = await validator.ExplainAsync(new CertificateCheck(shown[0], PeerRole.Server) { HostName = DiscoveryUrl.HostOf(url) }, cancellationToken);
        return verdict.IsAccepted
            ? validator
            : throw new AgentProblem(ProblemKind.Refused, $"The agent does not trust the server at {url}: {verdict.Text} ({verdict.StatusCode}) If the GDS was set up anew, enrol again with a new enrolment string.");
    }

    private CertificateValidator FolderValidator(TimeSpan clockSkew) =>
        new(own.Folder, new CertificateValidationOptions { ClockSkew = clockSkew }, time, loggers.CreateLogger<CertificateValidator>());

    /// <summary>A session that may be kept and listened on: it stays quiet, and does not come again by itself.</summary>
    private SessionOptions Lasting(string url, CertificateValidator validator, AgentConfiguration configuration) =>
        Options(url, validator, UserIdentity.Anonymous, configuration.Timeout, configuration);

    private SessionOptions Options(string url, CertificateValidator validator, UserIdentity user, TimeSpan timeout, AgentConfiguration? lasting = null) => new()
    {
        EndpointUrl = url,
        Application = own.Client,
        ServerCertificates = validator,
        SecurityMode = MessageSecurityMode.SignAndEncrypt,
        User = user,
        SessionName = "gateway-agent",
        RequestTimeout = timeout,
        ConnectTimeout = timeout,
        Reconnects = false,
        KeepAliveInterval = lasting?.ListenKeepAlive ?? TimeSpan.FromSeconds(5),
        SessionTimeout = (lasting?.ListenKeepAlive ?? TimeSpan.FromSeconds(20)) * 3,
        ChannelLifetime = lasting?.ChannelLifetime ?? TimeSpan.FromHours(1),
        Time = time,
        LoggerFactory = loggers,
    };
}
