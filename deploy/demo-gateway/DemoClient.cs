using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Ua.Client;
using Ua.Core;
using Ua.Security.Certificates;

namespace GdsSuite.DemoGateway;

/// <summary>The client side of the gateway: one session with SignAndEncrypt, one value, one line of JSON.</summary>
internal static class DemoClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly JsonSerializerOptions Format = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> ReadAsync(DemoGateway gateway, string url, string node, bool trustAnyServer, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            var value = await ReadAsync(gateway, url, NodeId.Parse(node), trustAnyServer, cancellationToken);
            await output.WriteLineAsync(JsonSerializer.Serialize(new { ok = true, value }, Format));
            return 0;
        }
        catch (UaException e)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new { ok = false, statusCode = e.StatusCode.ToString(), text = e.Message }, Format));
            return 1;
        }
    }

    private static async Task<double> ReadAsync(DemoGateway gateway, string url, NodeId node, bool trustAnyServer, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        using var folder = new TrustFolder(gateway.Pki, TrustFolderLayouts.Find(gateway.Layout), time, NullLogger<TrustFolder>.Instance);
        var options = new ApplicationIdentityOptions();
        gateway.Describe(options);
        using var identity = new FolderApplicationIdentity(folder, options, time, NullLogger<FolderApplicationIdentity>.Instance);
        await identity.OpenAsync(cancellationToken);
        using var rejected = new RejectedCertificates(folder, time, NullLogger<RejectedCertificates>.Instance);
        ITrustListSource trust = trustAnyServer ? new PublishedTrustLists(await OfServerAsync(url, cancellationToken)) : folder;
        var validator = new CertificateValidator(trust, new CertificateValidationOptions(), time, NullLogger<CertificateValidator>.Instance, trustAnyServer ? null : rejected);

        await using var session = await UaSession.ConnectAsync(
            new SessionOptions
            {
                EndpointUrl = url,
                Application = new ClientApplication(gateway.ApplicationName, identity) { ProductUri = DemoGateway.ProductUri, ApplicationType = ApplicationType.ClientAndServer },
                ServerCertificates = validator,
                SecurityMode = MessageSecurityMode.SignAndEncrypt,
                ConnectTimeout = Patience,
                RequestTimeout = Patience,
            },
            cancellationToken);
        return await session.ReadValueAsync<double>(node, cancellationToken);
    }

    /// <summary>Whatever certificates the server shows, trusted for this one call.</summary>
    private static async Task<TrustLists> OfServerAsync(string url, CancellationToken cancellationToken)
    {
        var endpoints = await Discovery.GetEndpointsAsync(url, new DiscoveryOptions { Timeout = Patience }, cancellationToken);
        var shown = endpoints.Where(e => e.ServerCertificate is { Length: > 0 }).Select(e => Pki.CertificateChainBytes.Parse(e.ServerCertificate)[0]).Distinct();
        return new TrustLists(shown.Select(c => new TrustListCertificate(c, "the server itself")), [], [], []);
    }
}
