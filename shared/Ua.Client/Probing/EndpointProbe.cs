using Microsoft.Extensions.Logging;
using Pki;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;
using Ua.Transport;

namespace Ua.Client;

/// <summary>
/// Connects to a server step by step as an application, and reports how far it came instead of failing. Goes on whatever the
/// server's certificate is, since judging that is the caller's; so nothing secret is sent, and no user.
/// </summary>
public static class EndpointProbe
{
    private const int HalfOfTheWay = 2;

    /// <param name="own">As whom to connect; null ends after discovery.</param>
    /// <exception cref="UaException">Bad_TcpEndpointUrlInvalid where the URL is none of OPC UA.</exception>
    public static async Task<ProbeReport> RunAsync(string url, ClientApplication? own, DiscoveryOptions? options = null, CancellationToken cancellationToken = default)
    {
        _ = ServerUrl.Parse(url);
        options ??= new DiscoveryOptions();
        var stage = ProbeStage.Connecting;
        var seen = new ProbeReport(stage, null, [], null, null);
        try
        {
            seen = await DiscoverAsync(url, options, s => stage = s, cancellationToken).ConfigureAwait(false);
            stage = ProbeStage.ChoosingEndpoint;
            var target = Choose(seen.Endpoints, own?.Identity);
            seen = seen with { Chosen = target.Endpoint };
            if (own is null || target.Own is null) return seen with { Stage = ProbeStage.Done };
            await ConnectAsync(url, own, target, options, s => stage = s, cancellationToken).ConfigureAwait(false);
            return seen with { Stage = ProbeStage.Done };
        }
        catch (UaException e)
        {
            return seen with { Stage = stage, Failure = e };
        }
        catch (PkiException e)
        {
            return seen with { Stage = stage, Failure = new UaException(StatusCodes.BadCertificateInvalid, e.Message, e) };
        }
    }

    private static async Task<ProbeReport> DiscoverAsync(string url, DiscoveryOptions options, Action<ProbeStage> enter, CancellationToken cancellationToken)
    {
        var channel = await ChannelOpener.OpenUnsecuredAsync(url, options, cancellationToken).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            enter(ProbeStage.Discovering);
            var before = options.Time.GetUtcNow();
            var answer = await channel.SendAsync(new GetEndpointsRequest(RequestHeader.Empty, url, [], [EndpointChoice.UaTcpTransport]), cancellationToken).ConfigureAwait(false);
            var between = before + ((options.Time.GetUtcNow() - before) / HalfOfTheWay);
            var theirs = answer.Header.Timestamp;
            return new(ProbeStage.Discovering, null, answer.Endpoints, null, theirs == DateTime.MinValue ? null : theirs - between.UtcDateTime);
        }
    }

    private static ChosenEndpoint Choose(IReadOnlyList<EndpointDescription> endpoints, IApplicationIdentitySource? own)
    {
        var secured = endpoints
            .Where(e => EndpointChoice.IsUaTcp(e) && SecurityPolicies.ByUri(e.SecurityPolicyUri) is { IsNone: false } && e.SecurityMode is MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt)
            .OrderByDescending(e => e.SecurityMode)
            .ThenByDescending(e => EndpointChoice.Strength(e.SecurityPolicyUri))
            .ToList();
        var fitting = own is null ? secured.FirstOrDefault() : secured.Find(e => own.Current.For(e.SecurityPolicyUri) is not null);
        if (fitting is null)
        {
            var offered = string.Join(", ", endpoints.Select(e => $"{e.SecurityMode}/{SecurityPolicies.ByUri(e.SecurityPolicyUri)?.Name ?? e.SecurityPolicyUri}").Distinct());
            var key = own is null ? "" : $" and fits the own key ({own.Current.Primary.Certificate.PublicKey})";
            throw new UaException(StatusCodes.BadSecurityPolicyRejected, $"The server offers no secured endpoint with a policy that is known here{key}; it offers {(offered.Length == 0 ? "none" : offered)}.");
        }

        var policy = SecurityPolicies.ByUri(fitting.SecurityPolicyUri)!;
        var certificate = own?.Current.For(policy.Uri);
        return new ChosenEndpoint(fitting, [.. endpoints], policy, certificate is null ? null : new OwnCertificate(certificate.ChainBytes, certificate.Key.Rsa));
    }

    private static async Task ConnectAsync(string url, ClientApplication own, ChosenEndpoint target, DiscoveryOptions options, Action<ProbeStage> enter, CancellationToken cancellationToken)
    {
        var session = new SessionOptions
        {
            EndpointUrl = url,
            Application = own,
            SessionName = "explain",
            ConnectTimeout = options.Timeout,
            RequestTimeout = options.Timeout,
            Limits = options.Limits,
            Time = options.Time,
            LoggerFactory = options.LoggerFactory,
        };
        enter(ProbeStage.OpeningChannel);
        if (target.Endpoint.ServerCertificate is not { Length: > 0 }) throw new UaException(StatusCodes.BadCertificateInvalid, $"The endpoint {target.Endpoint.EndpointUrl} shows no server certificate.");
        var channel = await ChannelOpener.OpenAsync(target, session, cancellationToken).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            enter(ProbeStage.CreatingSession);
            var handshake = new SessionHandshake(session, target, channel);
            var ticket = await handshake.CreateAsync(cancellationToken).ConfigureAwait(false);
            enter(ProbeStage.ActivatingSession);
            await handshake.ActivateAsync(ticket, UserIdentity.Anonymous, cancellationToken).ConfigureAwait(false);
            await channel.SendAsync(new CloseSessionRequest(RequestHeader.Empty with { AuthenticationToken = ticket.AuthenticationToken }, DeleteSubscriptions: true), cancellationToken).ConfigureAwait(false);
        }
    }
}
