using System.Numerics;
using Pki;

namespace EndToEnd.Tests.Kill;

/// <summary>Holds what the clients received against what the GDS has on disk.</summary>
internal sealed class GdsVerdict(GdsRecords records, ApplicationCertificate authority)
{
    private long _highestCrl;

    /// <summary>Everything that must hold at any moment, also while requests go on.</summary>
    /// <param name="known">What the clients held before now.</param>
    /// <param name="revoked">Serial numbers whose revocation was answered before now.</param>
    public void MustHold(IReadOnlyCollection<HandedOut> known, IReadOnlyCollection<string> revoked)
    {
        var (certificates, recordedAsRevoked) = records.Certificates();
        foreach (var each in known)
        {
            var serial = each.Certificate.SerialNumber;
            certificates.ShouldContainKey(serial, $"{each.Application} holds a certificate that the database does not know");
            certificates[serial].ShouldBe(each.Certificate.Der);
        }

        revoked.Except(recordedAsRevoked).ShouldBeEmpty("answered revocations that the database does not know");
        records.RepeatedSerialNumbers().ShouldBeEmpty();
        records.StuckRequests().ShouldBeEmpty();
        CrlMustHold(revoked);
    }

    /// <summary>One row for each certificate that was made, that was collected and that was revoked.</summary>
    public void AuditMustTell(IReadOnlyCollection<HandedOut> known, IReadOnlyCollection<string> revoked)
    {
        var issued = records.AuditDetails("certificate.issue").Select(SerialOf).ToHashSet();
        var delivered = records.AuditDetails("certificate.deliver").Select(SerialOf).ToHashSet();
        var taken = records.AuditTargets("certificate.revoke").Select(t => t.Split(' ')[0]).ToHashSet();
        var serials = known.Select(c => c.Certificate.SerialNumber).ToList();
        serials.Except(issued).ShouldBeEmpty("certificates without an audit row of their issue");
        serials.Except(delivered).ShouldBeEmpty("certificates without an audit row of their delivery");
        revoked.Except(taken).ShouldBeEmpty("revocations without an audit row");
    }

    private void CrlMustHold(IReadOnlyCollection<string> revoked)
    {
        var (number, der) = records.RevocationLists().Last();
        number.ShouldBeGreaterThanOrEqualTo(_highestCrl, "the CRL number went back");
        _highestCrl = number;
        var crl = CertificateRevocationList.Parse(der);
        crl.Number.ShouldBe(new BigInteger(number));
        crl.IsFrom(authority).ShouldBeTrue();
        crl.IsSignedBy(authority).ShouldBeTrue();
        crl.NextUpdate.ShouldNotBeNull().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
        revoked.Except(crl.Entries.Select(e => e.SerialNumber)).ShouldBeEmpty("revoked certificates that the newest CRL does not name");
    }

    /// <summary>"serial 4F..., request ..." or "serial 4F...".</summary>
    private static string SerialOf(string detail) => detail["serial ".Length..].Split(',')[0];
}
