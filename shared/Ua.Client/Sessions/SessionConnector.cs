using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Pki;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;
using Ua.Transport;

namespace Ua.Client;

/// <summary>One attempt to connect: discovery, choice of endpoint, the server's certificate, channel, session.</summary>
internal sealed class SessionConnector(SessionOptions options, ILogger logger)
{
    /// <summary>Takes up the session of the ticket where there is one and the server still has it; makes a new one otherwise.</summary>
    /// <exception cref="UaException">Why it did not work; Bad_Timeout where it took too long.</exception>
    public async Task<SessionConnection> ConnectAsync(SessionTicket? ticket, UserIdentity user, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(options.ConnectTimeout, options.Time, cancellationToken);
        try
        {
            return await ConnectOnceAsync(ticket, user, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limit.HasPassed)
        {
            throw limit.Exceeded($"No session with {options.EndpointUrl}", e);
        }
        catch (Exception e) when (e is PkiException or CryptographicException or IOException)
        {
            throw new UaException(StatusCodes.BadConfigurationError, $"No session with {options.EndpointUrl} can be made: {e.Message}", e);
        }
    }

    private async Task<SessionConnection> ConnectOnceAsync(SessionTicket? ticket, UserIdentity user, CancellationToken cancellationToken)
    {
        var target = await ChooseAsync(cancellationToken).ConfigureAwait(false);
        await CheckServerCertificateAsync(target, user, cancellationToken).ConfigureAwait(false);
        var channel = await ChannelOpener.OpenAsync(target, options, cancellationToken).ConfigureAwait(false);
        try
        {
            var handshake = new SessionHandshake(options, target, channel);
            var resumed = ticket is null ? null : await TryResumeAsync(handshake, ticket, user, cancellationToken).ConfigureAwait(false);
            var active = resumed ?? await handshake.ActivateAsync(await handshake.CreateAsync(cancellationToken).ConfigureAwait(false), user, cancellationToken).ConfigureAwait(false);
            return new SessionConnection(channel, handshake, target.Endpoint, active, isResumed: resumed is not null, options);
        }
        catch
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<ChosenEndpoint> ChooseAsync(CancellationToken cancellationToken)
    {
        var discovery = new DiscoveryOptions { Timeout = options.ConnectTimeout, Limits = options.Limits, Time = options.Time, LoggerFactory = options.LoggerFactory };
        var discovered = await Discovery.GetEndpointsAsync(options.EndpointUrl, discovery, cancellationToken).ConfigureAwait(false);
        var endpoint = EndpointChoice.Choose(discovered, options);
        var policy = SecurityPolicies.ByUri(endpoint.SecurityPolicyUri)!;
        var own = policy.IsNone ? null : options.Application.Identity!.Current.For(policy.Uri);
        return new ChosenEndpoint(endpoint, discovered, policy, own is null ? null : new OwnCertificate(own.ChainBytes, own.Key.Rsa));
    }

    private async Task CheckServerCertificateAsync(ChosenEndpoint target, UserIdentity user, CancellationToken cancellationToken)
    {
        var endpoint = target.Endpoint;
        if (target.Policy.IsNone && !user.NeedsServerCertificate(endpoint)) return;
        if (options.ServerCertificates is not { } validator)
            throw new UaException(StatusCodes.BadConfigurationError, "ServerCertificates is not set: nothing says which server certificates are trusted.");
        if (endpoint.ServerCertificate is not { Length: > 0 } chain)
            throw new UaException(StatusCodes.BadCertificateInvalid, $"The endpoint {endpoint.EndpointUrl} shows no server certificate.");
        var check = new CertificateCheck(chain, PeerRole.Server)
        {
            ApplicationUri = options.ServerApplicationUri ?? endpoint.Server.ApplicationUri,
            HostName = ServerUrl.Parse(options.EndpointUrl).Host,
            KeyRule = CertificateKeyRule.ForPolicy(endpoint.SecurityPolicyUri),
        };
        if (options.PinnedServerCertificates is { } pinned && (await pinned.ExplainAsync(check, cancellationToken).ConfigureAwait(false)).IsAccepted) return;
        (await validator.ValidateAsync(check, cancellationToken).ConfigureAwait(false)).ThrowIfRefused();
    }

    private async Task<SessionTicket?> TryResumeAsync(SessionHandshake handshake, SessionTicket ticket, UserIdentity user, CancellationToken cancellationToken)
    {
        try
        {
            return await handshake.ActivateAsync(ticket, user, cancellationToken).ConfigureAwait(false);
        }
        catch (UaException e) when (ConnectionErrors.IsFromService(e))
        {
            Log.SessionNotResumed(logger, ticket.SessionId, e.StatusCode, e.Message);
            return null;
        }
    }
}
