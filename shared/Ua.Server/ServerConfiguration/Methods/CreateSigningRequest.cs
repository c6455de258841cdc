using System.Security.Cryptography.X509Certificates;
using Pki;
using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// CreateSigningRequest (Part 12, 7.10.10): a request with the fields of the certificate in use, over its key or over a new one that
/// is kept until its certificate comes.
/// </summary>
internal sealed class CreateSigningRequest(TransactionDesk desk, PendingKeys pendingKeys) : IConfigurationMethod
{
    private const int LeastNonce = 32;

    public string Name => "CreateSigningRequest";

    public async Task<MethodResult> CallAsync(ConfigurationObject target, MethodCall call, CancellationToken cancellationToken)
    {
        var group = target.Group(call.Node(0));
        var type = call.CertificateType(1, group);
        var state = await group.Group.ReadAsync(cancellationToken).ConfigureAwait(false);
        var slot = desk.Peek(call.Caller.SessionId).SlotOf(group, type, state);
        var subject = Subject(call.Text(2), slot);
        if (!call.Flag(3)) return MethodResult.Good(Request(subject, CurrentKey(slot), group, slot));

        using var key = await NewKeyAsync(call, group, type, slot, cancellationToken).ConfigureAwait(false);
        var request = Request(subject, key, group, slot);
        await pendingKeys.SaveAsync(group.Application.Key, group.Name, type, key, cancellationToken).ConfigureAwait(false);
        return MethodResult.Good(request);
    }

    private static X500DistinguishedName Subject(string text, CertificateSlot? slot)
    {
        if (string.IsNullOrWhiteSpace(text))
            return slot?.Certificate.Name ?? throw new UaException(StatusCodes.BadInvalidArgument, "SubjectName is empty, and there is no certificate to take it from.");
        try
        {
            return SubjectName.Parse(text);
        }
        catch (PkiException e)
        {
            throw new UaException(StatusCodes.BadInvalidArgument, $"SubjectName: {e.Message}", e);
        }
    }

    private static KeyPair CurrentKey(CertificateSlot? slot)
    {
        if (slot is null) throw new UaException(StatusCodes.BadInvalidArgument, "RegeneratePrivateKey is false, and there is no certificate whose key could be used.");
        return slot.Key ?? throw new UaException(StatusCodes.BadNotSupported, "RegeneratePrivateKey is false, and the key in use cannot be used from here.");
    }

    /// <summary>A key like the one in use; where there is none, the usual one of the type.</summary>
    private static Task<KeyPair> NewKeyAsync(MethodCall call, GroupObject group, NodeId type, CertificateSlot? slot, CancellationToken cancellationToken)
    {
        var nonce = call.Bytes(4);
        if (nonce.Length < LeastNonce) throw new UaException(StatusCodes.BadInvalidArgument, $"Nonce has {nonce.Length} bytes; a new key needs {LeastNonce}.");
        if (group.Application.Facts.HasSecureElement) throw new UaException(StatusCodes.BadNotSupported, "The keys of this application live in hardware; none is made here.");
        var kinds = CertificateTypes.KindsOf(type);
        if (kinds.Count == 0) throw new UaException(StatusCodes.BadNotSupported, $"No key of the type {type} can be made here.");
        var kind = slot?.Certificate.PublicKey.Kind is { } like && kinds.Contains(like) ? like : kinds[0];
        return Task.Run(() => KeyPair.Create(kind, nonce), cancellationToken);
    }

    private static byte[] Request(X500DistinguishedName subject, KeyPair key, GroupObject group, CertificateSlot? slot)
    {
        var names = slot?.Certificate;
        return SigningRequest.Create(subject, key, names?.ApplicationUri ?? group.Application.Facts.ApplicationUri, names?.DnsNames ?? [], names?.IpAddresses ?? []);
    }
}
