using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;
using Ua.Transport;

namespace Ua.Client;

/// <summary>
/// Keeps a server registered with a Local Discovery Server: at once, then again and again, and off at the end. Uses
/// RegisterServer2, and RegisterServer where the LDS knows only that (Part 4, 5.5.5 and 5.5.6).
/// </summary>
public sealed class LdsRegistration(LdsRegistrationOptions options)
{
    private readonly ILogger _logger = options.LoggerFactory.CreateLogger<LdsRegistration>();
    private bool _knowsOnlyOld;

    /// <summary>Runs until cancelled; an LDS that is away is asked again, sooner at first.</summary>
    /// <param name="describe">The server as it is now; IsOnline is set here.</param>
    /// <param name="stopping">Ends the registration: the server is reported as offline.</param>
    public async Task RunAsync(Func<RegisteredServer> describe, CancellationToken stopping)
    {
        var delays = new ReconnectDelays(options.FirstRetry, options.Interval);
        var registered = false;
        try
        {
            while (true)
            {
                if (await TryRegisterAsync(describe() with { IsOnline = true }, stopping).ConfigureAwait(false))
                {
                    registered = true;
                    delays.Reset();
                    await Task.Delay(options.Interval, options.Time, stopping).ConfigureAwait(false);
                }
                else
                {
                    await Task.Delay(delays.Next(), options.Time, stopping).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            if (registered) await TryRegisterAsync(describe() with { IsOnline = false }, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Registers once.</summary>
    /// <exception cref="UaException">Why not.</exception>
    public async Task RegisterAsync(RegisteredServer server, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(options.Timeout, options.Time, cancellationToken);
        try
        {
            var target = await ChooseAsync(limit.Token).ConfigureAwait(false);
            var channel = await ClientChannel.OpenAsync(ChannelTo(target), limit.Token).ConfigureAwait(false);
            await using (channel.ConfigureAwait(false)) await SendAsync(channel, server, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limit.HasPassed)
        {
            throw limit.Exceeded($"{options.LdsUrl} did not take the registration", e);
        }
    }

    private async Task<bool> TryRegisterAsync(RegisteredServer server, CancellationToken cancellationToken)
    {
        try
        {
            await RegisterAsync(server, cancellationToken).ConfigureAwait(false);
            Log.Registered(_logger, options.LdsUrl, _knowsOnlyOld ? "RegisterServer" : "RegisterServer2");
            return true;
        }
        catch (UaException e)
        {
            Log.NotRegistered(_logger, options.LdsUrl, e.StatusCode, e.Message);
            return false;
        }
    }

    private async Task SendAsync(ClientChannel channel, RegisteredServer server, CancellationToken cancellationToken)
    {
        if (!_knowsOnlyOld)
        {
            try
            {
                var mdns = new MdnsDiscoveryConfiguration(server.ServerNames.FirstOrDefault().Text, [.. options.ServerCapabilities]);
                await channel.SendAsync(new RegisterServer2Request(RequestHeader.Empty, server, [ExtensionObject.Of(mdns)]), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (UaException e) when (e.StatusCode == StatusCodes.BadServiceUnsupported)
            {
                _knowsOnlyOld = true;
            }
        }

        await channel.SendAsync(new RegisterServerRequest(RequestHeader.Empty, server), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The strongest endpoint of the LDS whose certificate is trusted; without any, the one without security, which some LDS take.</summary>
    private async Task<ChosenEndpoint> ChooseAsync(CancellationToken cancellationToken)
    {
        var discovery = new DiscoveryOptions { Timeout = options.Timeout, Time = options.Time, LoggerFactory = options.LoggerFactory };
        var endpoints = await Discovery.GetEndpointsAsync(options.LdsUrl, discovery, cancellationToken).ConfigureAwait(false);
        var usable = endpoints
            .Where(e => EndpointChoice.IsUaTcp(e) && SecurityPolicies.ByUri(e.SecurityPolicyUri) is { IsNone: false })
            .Where(e => options.Identity.Current.For(e.SecurityPolicyUri) is not null)
            .OrderByDescending(e => e.SecurityMode)
            .ThenByDescending(e => EndpointChoice.Strength(e.SecurityPolicyUri));
        if (usable.FirstOrDefault() is not { } endpoint)
            return endpoints.FirstOrDefault(e => EndpointChoice.IsUaTcp(e) && e.SecurityMode == MessageSecurityMode.None) is { } open
                ? new ChosenEndpoint(open, endpoints, SecurityPolicies.None, null)
                : throw new UaException(StatusCodes.BadSecurityPolicyRejected, $"The discovery server {options.LdsUrl} has no endpoint that can be used.");
        await CheckAsync(endpoint, cancellationToken).ConfigureAwait(false);
        var own = options.Identity.Current.For(endpoint.SecurityPolicyUri)!;
        return new ChosenEndpoint(endpoint, endpoints, SecurityPolicies.ByUri(endpoint.SecurityPolicyUri)!, new OwnCertificate(own.ChainBytes, own.Key.Rsa));
    }

    private async Task CheckAsync(EndpointDescription endpoint, CancellationToken cancellationToken)
    {
        var check = new CertificateCheck(endpoint.ServerCertificate ?? [], PeerRole.Server)
        {
            ApplicationUri = endpoint.Server.ApplicationUri,
            HostName = ServerUrl.Parse(options.LdsUrl).Host,
            KeyRule = CertificateKeyRule.ForPolicy(endpoint.SecurityPolicyUri),
        };
        (await options.LdsCertificates.ValidateAsync(check, cancellationToken).ConfigureAwait(false)).ThrowIfRefused();
    }

    private ClientChannelOptions ChannelTo(ChosenEndpoint target) => new()
    {
        EndpointUrl = options.LdsUrl,
        Policy = target.Policy,
        Mode = target.Endpoint.SecurityMode,
        Certificate = target.Own,
        ServerCertificate = target.Endpoint.ServerCertificate,
        ConnectTimeout = options.Timeout,
        RequestTimeout = options.Timeout,
        Time = options.Time,
        Logger = options.LoggerFactory.CreateLogger<ClientChannel>(),
    };
}
