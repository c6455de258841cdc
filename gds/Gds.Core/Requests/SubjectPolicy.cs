using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Gds.Core.Applications;
using Pki;

namespace Gds.Core.Requests;

/// <summary>The subject of a certificate: what the request says, completed by what it leaves out.</summary>
internal static class SubjectPolicy
{
    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";
    private const int LongestCommonName = 64;
    private const int LargestName = 1024;

    /// <summary>The subject of a signing request; an empty one is made from the record, a missing O is the configured one.</summary>
    public static X500DistinguishedName Complete(X500DistinguishedName requested, ApplicationRecord record, string organization)
    {
        if (requested.RawData.Length > LargestName)
            throw GdsProblem.Invalid($"CertificateRequest has a subject of {requested.RawData.Length} bytes; {LargestName} is the limit.");
        if (!requested.EnumerateRelativeDistinguishedNames().Any()) return Default(record, organization);
        if (string.IsNullOrWhiteSpace(SubjectName.CommonNameOf(requested)))
            throw GdsProblem.Invalid($"CertificateRequest has the subject '{requested.Name}', which has no common name (CN).");
        return WithOrganization(requested, organization);
    }

    /// <summary>The SubjectName argument (CN=.../O=...); empty is made from the record.</summary>
    public static X500DistinguishedName Parse(string? subjectName, ApplicationRecord record, string organization)
    {
        if (string.IsNullOrWhiteSpace(subjectName)) return Default(record, organization);
        try
        {
            return WithOrganization(SubjectName.Parse(subjectName), organization);
        }
        catch (PkiException e)
        {
            throw new GdsProblem(ProblemKind.InvalidArgument, $"SubjectName: {e.Message}", e);
        }
    }

    private static X500DistinguishedName Default(ApplicationRecord record, string organization)
    {
        var name = record.DefaultName;
        return SubjectName.Build(name.Length <= LongestCommonName ? name : name[..LongestCommonName], organization);
    }

    private static X500DistinguishedName WithOrganization(X500DistinguishedName name, string organization)
    {
        if (organization.Length == 0) return name;
        var parts = name.EnumerateRelativeDistinguishedNames(reversed: false).ToList();
        if (parts.Exists(p => !p.HasMultipleElements && p.GetSingleElementType().Value == OrganizationOid)) return name;
        var added = new X500DistinguishedNameBuilder();
        added.AddOrganizationName(organization);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            // In the bytes the common name comes last, after the organization.
            var commonName = parts.FindIndex(p => !p.HasMultipleElements && p.GetSingleElementType().Value == CommonNameOid);
            parts.InsertRange(commonName, added.Build().EnumerateRelativeDistinguishedNames());
            foreach (var part in parts) writer.WriteEncodedValue(part.RawData.Span);
        }
        return new X500DistinguishedName(writer.Encode());
    }
}
