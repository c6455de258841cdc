using Gds.Core;
using Gds.Core.TrustLists;
using Pki;
using Ua.Security.Certificates;

namespace Gds.OpcUa.Identity;

/// <summary>What the GDS itself trusts: the list of its default group, so its own CA with the CRL of this instant.</summary>
internal sealed class CoreTrust : ITrustListSource, IDisposable
{
    private readonly GroupTrustLists _lists;
    private readonly IDisposable _subscription;
    private volatile Held? _held;

    public CoreTrust(GroupTrustLists lists, GdsEvents events)
    {
        _lists = lists;
        _subscription = events.Subscribe(happened =>
        {
            if (happened is TrustListChanged) Changed?.Invoke();
        });
    }

    public event Action? Changed;

    public ValueTask<TrustLists> CurrentAsync(CancellationToken cancellationToken = default)
    {
        var snapshot = _lists.Peek(group: null);
        var held = _held;
        if (held?.Snapshot == snapshot) return new(held.Lists);
        held = new Held(snapshot, Convert(snapshot));
        _held = held;
        return new(held.Lists);
    }

    public void Dispose() => _subscription.Dispose();

    private static TrustLists Convert(TrustListSnapshot s) => new(
        s.TrustedCertificates.Select(Certificate), s.TrustedCrls.Select(Crl), s.IssuerCertificates.Select(Certificate), s.IssuerCrls.Select(Crl));

    private static TrustListCertificate Certificate(byte[] der) => new(ApplicationCertificate.Parse(der), "trust list of the GDS");

    private static TrustListCrl Crl(byte[] der) => new(CertificateRevocationList.Parse(der), "trust list of the GDS");

    private sealed record Held(TrustListSnapshot Snapshot, TrustLists Lists);
}
