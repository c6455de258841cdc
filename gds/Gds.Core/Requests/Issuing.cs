using System.Text;
using Gds.Core.Applications;
using Gds.Core.Audit;
using Gds.Core.Certificates;
using Gds.Core.Protection;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Pki;

namespace Gds.Core.Requests;

/// <summary>A certificate that is signed and not stored yet, with the private key if we made it.</summary>
internal sealed record Signed(ReservedSerial Serial, ApplicationCertificate Certificate, CheckedRequest Request, byte[]? ProtectedPrivateKey);

/// <summary>How a key pair that we make is to be wrapped.</summary>
internal sealed record KeyWrapping(string Format, string? Password);

/// <summary>Signs what was checked, outside of the write gate, and records it inside.</summary>
internal sealed class Issuing(IIssuer issuer, SerialReserve serials, IDataProtection protection, GdsCoreOptions options)
{
    public async Task<Signed> SignAsync(
        Guid requestId, GroupState group, ApplicationRecord record, CheckedRequest request, KeyWrapping? wrapping, CancellationToken cancellationToken)
    {
        var authority = group.Issuer ?? throw new GdsProblem(ProblemKind.Unavailable, $"The group {group.Name} has no active CA yet.");
        var serial = await serials.TakeAsync(authority.Id, cancellationToken);
        if (request.Csr is { } csr)
        {
            var certificate = await issuer.IssueAsync(Order(authority, serial, record, request, csr.PublicKey), cancellationToken);
            return new(serial, certificate, request, null);
        }
        ArgumentNullException.ThrowIfNull(wrapping);
        using var key = await Task.Run(() => KeyPair.Create(CertificateTypes.NewKey(request.TypeId, options.NewKeySize)), cancellationToken);
        var issued = await issuer.IssueAsync(Order(authority, serial, record, request, key.PublicKey), cancellationToken);
        var wrapped = Wrap(issued, key, authority.Certificate, wrapping);
        return new(serial, issued, request, await protection.ProtectAsync(PrivateKeyPurpose(requestId), wrapped, cancellationToken));
    }

    /// <summary>Stores the certificate and completes the request, in the unit of its caller.</summary>
    public static void Record(WriteScope scope, Deed deed, IssueRequest request, Signed signed)
    {
        var record = scope.State.Directory.Find(request.ApplicationId) ?? throw NotRegisteredAnyMore(request.ApplicationId);
        if (scope.State.Groups[request.GroupId].Authority(signed.Serial.AuthorityId) is not { State: AuthorityState.Active })
            throw new GdsProblem(ProblemKind.Unavailable, "The CA was replaced while the certificate was signed; try again.");
        var row = signed.Serial.Row();
        scope.Db.Attach(row); // as the reservation stored it; the update fails where it is not there
        var certificate = signed.Certificate;
        row.Issue(
            record.Id, record.ApplicationUri, request.GroupId, request.TypeId, certificate.Der, certificate.Thumbprint, certificate.Subject,
            signed.Request.Hosts.All, certificate.NotBefore.UtcDateTime, certificate.NotAfter.UtcDateTime, scope.Now);
        request.Complete(row.Id, signed.ProtectedPrivateKey, scope.Now);
        scope.Moved(request);
        scope.State = scope.State with { Certificates = scope.State.Certificates.With(CertificateEntry.Of(row)) };
        scope.Audit(deed with { Action = "certificate.issue", Target = AuditText.Of(record.Id, record.ApplicationUri) },
            $"serial {row.SerialNumber}, request {request.Id}, until {row.NotAfter:u}");
    }

    public static string PrivateKeyPurpose(Guid requestId) => $"request-private-key:{requestId}";

    public static string PasswordPurpose(Guid requestId) => $"request-password:{requestId}";

    public static GdsProblem NotRegisteredAnyMore(Guid applicationId)
        => new(ProblemKind.RequestNotAllowed, $"The application {applicationId} is not registered any more.");

    private IssueOrder Order(AuthorityEntry authority, ReservedSerial serial, ApplicationRecord record, CheckedRequest request, PublicKeyInfo key) => new()
    {
        KeyReference = authority.KeyReference,
        Authority = authority.Certificate,
        SerialNumber = serial.SerialNumber,
        Subject = request.Subject,
        PublicKey = key,
        Request = request.Csr,
        TypeId = request.TypeId,
        ApplicationUri = record.ApplicationUri,
        DnsNames = request.Hosts.Dns,
        Addresses = request.Hosts.Addresses,
        ActsAsServer = record.ApplicationType != ApplicationType.Client,
        Lifetime = options.CertificateLifetime,
    };

    private static byte[] Wrap(ApplicationCertificate certificate, KeyPair key, ApplicationCertificate authority, KeyWrapping wrapping)
    {
        if (wrapping.Format == PrivateKeyFormats.Pfx) return PfxFile.Build(certificate, key, [authority], wrapping.Password ?? "");
        return Encoding.ASCII.GetBytes(string.IsNullOrEmpty(wrapping.Password) ? key.ExportPem() : key.ExportEncryptedPem(wrapping.Password));
    }
}

/// <summary>The formats that every certificate manager supports (Part 12, 7.9.4).</summary>
internal static class PrivateKeyFormats
{
    public const string Pfx = "PFX", Pem = "PEM";

    public static string Check(string? format) => format?.ToUpperInvariant() switch
    {
        Pfx => Pfx,
        Pem => Pem,
        null or "" => throw GdsProblem.Invalid("PrivateKeyFormat is empty; it must be PFX or PEM."),
        _ => throw GdsProblem.Invalid($"PrivateKeyFormat is '{AuditText.Of(format)}'; it must be PFX or PEM."),
    };
}
