using System.Security.Cryptography;
using GatewayAgent.Tests.Kit;
using Pki;
using Ua.Core;
using Ua.Gds;

namespace EndToEnd.Tests.Pushed;

/// <summary>The workflow of a manager for one application (Part 12, 7.7), step by step.</summary>
internal static class Pushing
{
    /// <summary>A new list and a certificate for a new key, applied together.</summary>
    /// <returns>The certificate.</returns>
    public static async Task<ApplicationCertificate> PushAsync(this ServerConfigurationClient target, Authority authority, string applicationUri, CancellationToken cancellationToken, params ApplicationCertificate[] trusted)
    {
        await target.WriteListAsync(authority.TrustList(trusted), cancellationToken);
        var certificate = await target.UpdateAsync(authority, applicationUri, newKey: true, cancellationToken);
        await target.ApplyChangesAsync(cancellationToken);
        return certificate;
    }

    public static async Task<ServerCertificateGroup> GroupAsync(this ServerConfigurationClient target, CancellationToken cancellationToken) =>
        (await target.BrowseGroupsAsync(cancellationToken)).Single(g => g.Name == "DefaultApplicationGroup");

    public static async Task WriteListAsync(this ServerConfigurationClient target, byte[] list, CancellationToken cancellationToken)
    {
        var file = await target.OpenTrustListAsync((await target.GroupAsync(cancellationToken)).TrustList!.Value, cancellationToken);
        (await file.WriteAsync(TrustListContent.Decode(list), cancellationToken: cancellationToken)).ShouldBeTrue("there are transactions");
    }

    public static async Task<ApplicationCertificate> UpdateAsync(this ServerConfigurationClient target, Authority authority, string applicationUri, bool newKey, CancellationToken cancellationToken)
    {
        var group = await target.GroupAsync(cancellationToken);
        var type = group.CertificateTypes[0];
        var request = SigningRequest.Parse(await target.CreateSigningRequestAsync(
            group.NodeId, type, "CN=Gateway/O=Plant", newKey, newKey ? RandomNumberGenerator.GetBytes(32) : null, cancellationToken));
        request.ApplicationUri.ShouldBe(applicationUri);
        var certificate = authority.Issue(applicationUri, request.PublicKey, null, null, "localhost");
        (await target.UpdateCertificateAsync(group.NodeId, type, certificate.Der, [authority.Certificate.Der], cancellationToken)).ShouldBeTrue("there are transactions");
        return certificate;
    }
}
