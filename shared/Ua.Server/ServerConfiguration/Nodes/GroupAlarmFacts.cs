using Ua.Server.Conditions;

namespace Ua.Server.ServerConfiguration;

/// <summary>What the alarms of a group ask, answered from the group itself.</summary>
internal sealed class GroupAlarmFacts(ICertificateGroup group, TimeProvider time) : ICertificateGroupFacts
{
    private readonly DateTime _watchedSince = time.GetUtcNow().UtcDateTime;

    public async ValueTask<IReadOnlyList<CertificateInForce>> CertificatesAsync(CancellationToken cancellationToken)
    {
        var state = await group.ReadAsync(cancellationToken).ConfigureAwait(false);
        return [.. state.Slots.Select(s => new CertificateInForce(s.Type, s.Certificate.Thumbprint, s.Certificate.NotAfter.UtcDateTime))];
    }

    public async ValueTask<byte[]?> ReadAsync(CertificateInForce certificate, CancellationToken cancellationToken)
    {
        var state = await group.ReadAsync(cancellationToken).ConfigureAwait(false);
        return state.Slots.FirstOrDefault(s => s.Certificate.Thumbprint == certificate.Thumbprint)?.Certificate.Der;
    }

    /// <summary>
    /// A trust list is out of date when nobody has looked after it in time, and one UpdateFrequency before a revocation list or an
    /// authority in it ends (Part 12, 7.8.3.1).
    /// </summary>
    public async ValueTask<TrustListFreshness> TrustListAsync(CancellationToken cancellationToken)
    {
        var state = await group.ReadAsync(cancellationToken).ConfigureAwait(false);
        var frequency = group.Facts.UpdateFrequency ?? TimeSpan.Zero;
        var set = state.Lists.ToSet();
        var crls = set.Crls().GroupBy(c => c.Issuer, StringComparer.Ordinal).Select(g => g.MaxBy(c => c.ThisUpdate)!)
            .Where(c => c.NextUpdate is not null)
            .Select(c => new TrustListDue(c.NextUpdate!.Value.UtcDateTime - frequency, $"the revocation list of {c.Issuer} ends at {c.NextUpdate.Value.UtcDateTime:u}"));
        var authorities = set.Certificates().Where(c => c.IsCertificateAuthority).Distinct()
            .Select(c => new TrustListDue(c.NotAfter.UtcDateTime - frequency, $"the authority {c} ends at {c.NotAfter.UtcDateTime:u}"));
        return TrustListFreshness.OfUpdates(state.LastUpdateTime, frequency, _watchedSince, [.. crls, .. authorities]);
    }
}
