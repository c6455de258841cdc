using GatewayAgent.Configuration;
using GatewayAgent.Folders;
using GatewayAgent.Gds;
using Microsoft.Extensions.Logging;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Reload;

/// <summary>Looks at a gateway from outside, as its clients do: which certificate it serves, and whether it lets a trusted client in.</summary>
internal sealed class GatewayProbe(OwnIdentity own, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(5);

    /// <summary>Codes by which a gateway says no to the user, after it has accepted the client's certificate.</summary>
    private static readonly StatusCode[] OfUser = [StatusCodes.BadIdentityTokenRejected, StatusCodes.BadIdentityTokenInvalid, StatusCodes.BadUserAccessDenied];

    /// <summary>Whether the gateway answers at all. Asked before a change: one that is off cannot be made worse by it.</summary>
    public async Task<bool> AnswersAsync(VerifyConfiguration verify, CancellationToken cancellationToken)
    {
        try
        {
            await ServedAsync(verify.EndpointUrl, cancellationToken);
            return true;
        }
        catch (UaException)
        {
            return false; // the answer that was asked for
        }
    }

    /// <summary>Waits until the gateway serves the certificate and lets the agent in.</summary>
    /// <param name="expected">Null where the agent does not manage the certificate: then any will do that the list trusts.</param>
    /// <returns>Null, or what was wrong when the time was up.</returns>
    public async Task<string?> WaitAsync(VerifyConfiguration verify, ApplicationCertificate? expected, TrustSet set, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var problem = await ProblemAsync(verify.EndpointUrl, expected, set, cancellationToken);
            if (problem is null) return null;
            if (time.GetElapsedTime(start) + Pause >= verify.Timeout) return $"{problem} (looked for {verify.Timeout.TotalSeconds:0} s)";
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<string?> ProblemAsync(string url, ApplicationCertificate? expected, TrustSet set, CancellationToken cancellationToken)
    {
        try
        {
            var served = await ServedAsync(url, cancellationToken);
            if (served.Count == 0) return $"the gateway at {url} shows no certificate";
            if (expected is not null && !served.Contains(expected)) return $"the gateway at {url} serves the certificate {served[0]} and not {expected}";
            return await ConnectAsync(url, set, cancellationToken);
        }
        catch (UaException e)
        {
            return $"the gateway at {url} does not answer: {e.Message} ({e.StatusCode})";
        }
        catch (PkiException e)
        {
            return $"the gateway at {url} serves a certificate that cannot be read: {e.Message}";
        }
    }

    private async Task<string?> ConnectAsync(string url, TrustSet set, CancellationToken cancellationToken)
    {
        if (!own.IsOpen) return null; // without a certificate of the agent's own, what is served is all that can be seen

        // The gateway is judged by the list it was given itself; names do not matter, since the agent may reach it by another one.
        var options = new CertificateValidationOptions { SuppressHostNameInvalid = true };
        var validator = new CertificateValidator(new PublishedTrustLists(set.ToTrustLists("the gateway's trust list")), options, time, loggers.CreateLogger<CertificateValidator>());
        try
        {
            await using var session = await UaSession.ConnectAsync(
                new SessionOptions
                {
                    EndpointUrl = url,
                    Application = own.Client,
                    ServerCertificates = validator,
                    SessionName = "gateway-agent verification",
                    ConnectTimeout = Attempt,
                    RequestTimeout = Attempt,
                    Time = time,
                    LoggerFactory = loggers,
                },
                cancellationToken);
            return null;
        }
        catch (UaException e) when (OfUser.Contains(e.StatusCode))
        {
            return null; // it asks for a user, and asked over a channel that both certificates opened
        }
        catch (UaException e)
        {
            return $"the gateway at {url} does not let the agent in: {e.Message} ({e.StatusCode})";
        }
    }

    private async Task<IReadOnlyList<ApplicationCertificate>> ServedAsync(string url, CancellationToken cancellationToken)
    {
        var endpoints = await Discovery.GetEndpointsAsync(url, new DiscoveryOptions { Timeout = Attempt, Time = time, LoggerFactory = loggers }, cancellationToken);
        return [.. endpoints.Where(e => e.ServerCertificate is { Length: > 0 }).Select(e => CertificateChainBytes.Parse(e.ServerCertificate)[0]).Distinct()];
    }
}
