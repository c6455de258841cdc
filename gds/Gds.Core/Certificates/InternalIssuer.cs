using Gds.Authority;
using Pki;

namespace Gds.Core.Certificates;

/// <summary>Issues with the authorities that this GDS holds itself.</summary>
internal sealed class InternalIssuer(CaKeyStore store) : IIssuer
{
    public Task<ApplicationCertificate> OpenOrCreateAuthorityAsync(string keyReference, CancellationToken cancellationToken)
        => GuardAsync(async () => (await store.OpenOrCreateAsync(keyReference, cancellationToken)).Certificate);

    public Task CheckAsync(string keyReference, ApplicationCertificate expected, CancellationToken cancellationToken)
        => GuardAsync(() => OpenAsync(keyReference, expected, cancellationToken));

    public Task<ApplicationCertificate> IssueAsync(IssueOrder order, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(order);
        var authority = await OpenAsync(order.KeyReference, order.Authority, cancellationToken);
        var profile = new CertificateProfile([.. Enum.GetValues<KeyPairKind>().Where(k => CertificateTypes.Fits(order.TypeId, k))], order.Lifetime);
        // A server is a client too, when it registers with a discovery server or pulls from a GDS.
        var use = order.ActsAsServer ? ApplicationUse.ClientAndServer : ApplicationUse.Client;
        var content = new CertificateOrder(order.Subject, order.ApplicationUri, order.DnsNames, order.Addresses, use) { SerialNumber = order.SerialNumber };
        var prepared = order.Request is { } request ? authority.Prepare(profile, request, content) : authority.Prepare(profile, order.PublicKey, content);
        return authority.Issue(prepared);
    });

    public Task<CertificateRevocationList> IssueCrlAsync(CrlOrder order, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(order);
        var authority = await OpenAsync(order.KeyReference, order.Authority, cancellationToken);
        return authority.IssueCrl(order.Revoked, order.Number, order.ThisUpdate, order.NextUpdate);
    });

    private async Task<CertificateAuthority> OpenAsync(string keyReference, ApplicationCertificate expected, CancellationToken cancellationToken)
    {
        var authority = await store.OpenAsync(keyReference, cancellationToken);
        return authority.Certificate.Equals(expected)
            ? authority
            : throw new GdsProblem(ProblemKind.Unavailable,
                $"The CA on disk for '{keyReference}' is {authority.Certificate}, the database knows {expected}; one of them was restored from elsewhere.");
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (AuthorityException e)
        {
            throw new GdsProblem(e.Fault == AuthorityFault.InvalidRequest ? ProblemKind.InvalidArgument : ProblemKind.Unavailable, e.Message, e);
        }
    }
}
