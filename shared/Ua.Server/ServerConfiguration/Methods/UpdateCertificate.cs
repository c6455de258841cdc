using System.Text;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// UpdateCertificate (Part 12, 7.10.5) in its forms: for a key that waits here, for the key that is in use, or with a key from outside
/// as PFX or PEM. The certificate is queued; ApplyChanges is always required.
/// </summary>
internal sealed class UpdateCertificate(TransactionDesk desk, CertificateReview review, PendingKeys pendingKeys, ConfigurationAudit audit) : IConfigurationMethod
{
    public string Name => "UpdateCertificate";

    public async Task<MethodResult> CallAsync(ConfigurationObject target, MethodCall call, CancellationToken cancellationToken)
    {
        var group = target.Group(call.Node(0));
        await audit.CertificateUpdateAsync(call, group, () => desk.ChangeAsync(
            call.Caller.SessionId, transaction => QueuedAsync(transaction, group, call, cancellationToken), cancellationToken)).ConfigureAwait(false);
        return MethodResult.Good(true);
    }

    private async Task<Transaction> QueuedAsync(Transaction transaction, GroupObject group, MethodCall call, CancellationToken cancellationToken)
    {
        var type = call.CertificateType(1, group);
        var certificate = MethodArguments.Certificate(call.Bytes(2), "Certificate");
        CheckIssuers(call);
        if (!CertificateTypes.Allows(type, certificate.PublicKey))
            throw new UaException(StatusCodes.BadCertificateInvalid, $"Certificate has the key {certificate.PublicKey}, which is none of the type {type}.");

        var state = await group.Group.ReadAsync(cancellationToken).ConfigureAwait(false);
        var key = call.Bytes(5) is { Length: > 0 } brought
            ? KeyFromOutside(group.Application.Facts, call.Text(4), brought, certificate)
            : await KeyAtHandAsync(transaction.SlotOf(group, type, state), group, type, certificate, cancellationToken).ConfigureAwait(false);
        var issuers = await review.CheckOwnAsync(certificate, transaction.ListOf(group, state), ChangeExecution.UriOf(group.Application), cancellationToken).ConfigureAwait(false);
        return transaction.With(group, new SlotChange(type, new IdentityCertificate(certificate, key, issuers)));
    }

    /// <summary>What is validated is the trust list; here they only have to be certificates.</summary>
    private static void CheckIssuers(MethodCall call)
    {
        if (call.Inputs[3].Value is not byte[]?[] issuers) return;
        for (var i = 0; i < issuers.Length; i++) MethodArguments.Certificate(issuers[i] ?? [], $"IssuerCertificates[{i}]");
    }

    private async Task<KeyPair> KeyAtHandAsync(CertificateSlot? slot, GroupObject group, NodeId type, ApplicationCertificate certificate, CancellationToken cancellationToken)
    {
        var pending = await pendingKeys.FindAsync(group.Application.Key, group.Name, type, cancellationToken).ConfigureAwait(false);
        if (pending?.Matches(certificate.PublicKey) == true) return pending;
        pending?.Dispose();
        if (slot?.Key is { } current && current.Matches(certificate.PublicKey)) return current;
        throw new UaException(StatusCodes.BadSecurityChecksFailed, "No private key here belongs to Certificate: neither the one in use nor one that a signing request was made for; PrivateKey has to be given.");
    }

    private static KeyPair KeyFromOutside(ApplicationFacts facts, string format, byte[] content, ApplicationCertificate certificate)
    {
        if (!facts.PrivateKeyFormats.Contains(format, StringComparer.OrdinalIgnoreCase))
            throw new UaException(StatusCodes.BadNotSupported, $"PrivateKeyFormat is '{format}'; taken are {string.Join(", ", facts.PrivateKeyFormats.DefaultIfEmpty("none"))}.");
        try
        {
            var key = format.Equals("PFX", StringComparison.OrdinalIgnoreCase) ? PfxFile.Read(content, "").Key : KeyPair.ImportPem(Encoding.ASCII.GetString(content));
            if (key.Matches(certificate.PublicKey)) return key;
            key.Dispose();
        }
        catch (PkiException e)
        {
            throw new UaException(StatusCodes.BadSecurityChecksFailed, $"PrivateKey is no private key in the format {format}: {e.Message}", e);
        }

        throw new UaException(StatusCodes.BadSecurityChecksFailed, "PrivateKey does not belong to Certificate.");
    }
}
