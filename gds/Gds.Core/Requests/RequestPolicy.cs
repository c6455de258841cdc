using System.Net;
using System.Security.Cryptography.X509Certificates;
using Gds.Core.Applications;
using Gds.Core.Certificates;
using Gds.Core.State;
using Gds.Store;
using Pki;

namespace Gds.Core.Requests;

/// <summary>What was checked and is then signed, unchanged. Without a signing request, a key pair is made.</summary>
internal sealed record CheckedRequest(
    uint TypeId,
    X500DistinguishedName Subject,
    SigningRequest? Csr,
    HostNames Hosts);

/// <summary>Decides what a certificate may say (Part 12, 7.9.3 and 7.9.4; Part 6, 6.2.2); the text names the argument and the rule.</summary>
internal sealed class RequestPolicy(GdsCoreOptions options)
{
    /// <summary>Checks a PKCS#10 request against the record of the application.</summary>
    /// <param name="record">The application.</param>
    /// <param name="group">The group that issues.</param>
    /// <param name="typeId">Null lets the key choose.</param>
    /// <param name="csr">The request.</param>
    /// <param name="hostsOfRecord">
    /// For a push: the application was asked to sign and names whatever hosts its present certificate has, so the record decides.
    /// </param>
    public CheckedRequest CheckSigningRequest(ApplicationRecord record, GroupState group, uint? typeId, ReadOnlySpan<byte> csr, bool hostsOfRecord = false)
    {
        var request = Parse(csr);
        if (request.RequestsCertificateAuthority)
            throw GdsProblem.Invalid("CertificateRequest asks for a certificate authority; an application gets no CA certificate.");
        CheckUri(record, request);
        var type = ChooseType(group, typeId, request.PublicKey);
        var asked = hostsOfRecord ? new HostNames([], []) : new HostNames(request.DnsNames, request.IpAddresses);
        return new(type, SubjectPolicy.Complete(request.Name, record, options.Organization), request, CheckHosts(record, asked, "CertificateRequest"));
    }

    /// <summary>Checks the arguments of StartNewKeyPairRequest.</summary>
    public CheckedRequest CheckNewKeyPair(ApplicationRecord record, GroupState group, uint? typeId, string? subjectName, IReadOnlyList<string>? domainNames)
    {
        var type = typeId ?? group.Types[0];
        DemandType(group, type);
        return new(type, SubjectPolicy.Parse(subjectName, record, options.Organization), null, CheckHosts(record, Split(domainNames ?? []), "DomainNames"));
    }

    private static SigningRequest Parse(ReadOnlySpan<byte> csr)
    {
        try
        {
            return SigningRequest.Parse(csr);
        }
        catch (PkiException e)
        {
            throw new GdsProblem(ProblemKind.InvalidArgument, $"CertificateRequest: {e.Message}", e);
        }
    }

    private static void CheckUri(ApplicationRecord record, SigningRequest request)
    {
        var uris = request.AlternativeNames.Uris;
        if (uris.Count == 0)
            throw GdsProblem.Invalid("CertificateRequest has no URI in its SubjectAltName; it must be the ApplicationUri.");
        if (uris.FirstOrDefault(u => !string.Equals(u, record.ApplicationUri, StringComparison.Ordinal)) is { } other)
            throw GdsProblem.Invalid($"CertificateRequest has the URI '{other}' in its SubjectAltName; the registered ApplicationUri is '{record.ApplicationUri}'.");
    }

    private static uint ChooseType(GroupState group, uint? typeId, PublicKeyInfo key)
    {
        if (typeId is { } asked)
        {
            DemandType(group, asked);
            return key.Kind is { } kind && CertificateTypes.Fits(asked, kind)
                ? asked
                : throw GdsProblem.Invalid($"CertificateRequest has the key {key}, which does not fit {CertificateTypes.NameOf(asked)}.");
        }
        foreach (var type in group.Types)
        {
            if (key.Kind is { } kind && CertificateTypes.Fits(type, kind)) return type;
        }
        throw GdsProblem.Invalid($"CertificateRequest has the key {key}, which fits no certificate type of the group {group.Name}.");
    }

    private static void DemandType(GroupState group, uint typeId)
    {
        if (!group.Types.Contains(typeId))
            throw GdsProblem.Invalid($"CertificateTypeId: the group {group.Name} does not issue {CertificateTypes.NameOf(typeId)}.");
    }

    private static HostNames CheckHosts(ApplicationRecord record, HostNames asked, string argument)
    {
        var allowed = HostNames.Of(record);
        // A client that nobody connects to has no URLs to check a host against, and needs no host in its certificate.
        if (asked.IsEmpty || (record.ApplicationType == ApplicationType.Client && allowed.IsEmpty)) return allowed;
        if (asked.FirstOutside(allowed) is { } outside)
            throw GdsProblem.Invalid($"{argument} has the host '{outside}', which is in none of the DiscoveryUrls of '{record.ApplicationUri}'.");
        return asked;
    }

    private static HostNames Split(IReadOnlyList<string> names)
    {
        var addresses = new List<IPAddress>();
        var dns = new List<string>();
        foreach (var name in names.Where(n => !string.IsNullOrWhiteSpace(n)))
        {
            if (IPAddress.TryParse(name, out var address)) addresses.Add(address);
            else dns.Add(name);
        }
        return new(dns, addresses);
    }
}
