using System.Net;
using System.Security.Cryptography.X509Certificates;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>CreateSelfSignedCertificate (Part 12, 7.10.6): fills an empty slot with a new key and a certificate that it signed itself.</summary>
internal sealed class CreateSelfSignedCertificate(TransactionDesk desk, TimeProvider time) : IConfigurationMethod
{
    private const int UsualDays = 5 * 365, MostDays = 25 * 366;

    public string Name => "CreateSelfSignedCertificate";

    public async Task<MethodResult> CallAsync(ConfigurationObject target, MethodCall call, CancellationToken cancellationToken)
    {
        var group = target.Group(call.Node(0));
        var type = call.CertificateType(1, group);
        byte[] made = [];
        await desk.ChangeAsync(
            call.Caller.SessionId,
            async transaction =>
            {
                var state = await group.Group.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (transaction.SlotOf(group, type, state) is { } there)
                    throw new UaException(StatusCodes.BadInvalidState, $"The slot has the certificate {there.Certificate}; DeleteCertificate empties it.");
                var own = await CreateAsync(group, type, call, cancellationToken).ConfigureAwait(false);
                made = own.Certificate.Der;
                return transaction.With(group, new SlotChange(type, own));
            },
            cancellationToken).ConfigureAwait(false);
        return MethodResult.Good(made);
    }

    private async Task<IdentityCertificate> CreateAsync(GroupObject group, NodeId type, MethodCall call, CancellationToken cancellationToken)
    {
        var facts = group.Application.Facts;
        var kind = KindOf(type, call.Short(6));
        var lifetime = Lifetime(call.Short(5));
        var (dnsNames, addresses) = (call.Texts(3), Addresses(call.Texts(4)));
        if (dnsNames.Length + addresses.Count == 0) throw new UaException(StatusCodes.BadInvalidArgument, "DnsNames and IpAddresses are empty; a certificate names at least one host.");
        var subject = Subject(call.Text(2), facts);
        var key = await Task.Run(() => KeyPair.Create(kind), cancellationToken).ConfigureAwait(false);
        try
        {
            return new IdentityCertificate(SelfSignedCertificate.Create(facts.ApplicationUri, subject, dnsNames, addresses, key, lifetime, time), key, []);
        }
        catch (PkiException e)
        {
            throw new UaException(StatusCodes.BadInvalidArgument, $"DnsNames: {e.Message}", e);
        }
    }

    private static KeyPairKind KindOf(NodeId type, ushort bits)
    {
        var kinds = CertificateTypes.KindsOf(type);
        if (kinds.Count == 0) throw new UaException(StatusCodes.BadNotSupported, $"No key of the type {type} can be made here.");
        if (bits == 0) return kinds[0];
        foreach (var kind in kinds)
            if (kind.SizeInBits() == bits) return kind;
        throw new UaException(StatusCodes.BadOutOfRange, $"KeySizeInBits is {bits}; the type {type} has {string.Join(", ", kinds.Select(k => k.SizeInBits()))}.");
    }

    private static TimeSpan Lifetime(ushort days) => days <= MostDays
        ? TimeSpan.FromDays(days == 0 ? UsualDays : days)
        : throw new UaException(StatusCodes.BadOutOfRange, $"LifetimeInDays is {days}; at most {MostDays} are given.");

    private static List<IPAddress> Addresses(string[] texts)
    {
        List<IPAddress> addresses = [];
        foreach (var text in texts)
            addresses.Add(IPAddress.TryParse(text, out var address) ? address : throw new UaException(StatusCodes.BadInvalidArgument, $"IpAddresses has '{text}', which is none."));
        return addresses;
    }

    private static X500DistinguishedName Subject(string text, ApplicationFacts facts)
    {
        try
        {
            if (!string.IsNullOrWhiteSpace(text)) return SubjectName.Parse(text);
            var name = facts.ApplicationNames.Select(n => n.Text).FirstOrDefault(n => !string.IsNullOrWhiteSpace(n)) ?? "Application";
            return SubjectName.Build(name[..Math.Min(name.Length, 64)]);
        }
        catch (PkiException e)
        {
            throw new UaException(StatusCodes.BadInvalidArgument, $"SubjectName: {e.Message}", e);
        }
    }
}
