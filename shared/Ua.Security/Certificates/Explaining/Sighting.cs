using Pki;

namespace Ua.Security.Certificates;

/// <summary>Where a file lies that does not count for a judgement.</summary>
public enum SightingPlace
{
    /// <summary>In the right directory, under a name or in a format that the product does not read.</summary>
    Unread,

    /// <summary>In another store of the same product.</summary>
    OtherStore,

    /// <summary>Among the rejected ones.</summary>
    Rejected,

    /// <summary>In a directory of the folder that the product does not look into.</summary>
    Elsewhere,

    /// <summary>In the right directory, but nobody can read it.</summary>
    Unreadable,
}

/// <summary>A file that would matter if it lay elsewhere, or could be read.</summary>
/// <param name="Why">The end of a sentence that begins with the file's name.</param>
public sealed record Sighting(SightingPlace Place, string File, string Why, ApplicationCertificate? Certificate = null, CertificateRevocationList? Crl = null)
{
    internal Cause Cause => Place switch
    {
        SightingPlace.OtherStore => Cause.OnlyInOtherStore,
        SightingPlace.Rejected => Cause.OnlyRejected,
        SightingPlace.Unreadable => Cause.FileUnreadable,
        _ => Cause.FileNotRead,
    };

    internal string Sentence => $"The file {File} {Why}.";
}
