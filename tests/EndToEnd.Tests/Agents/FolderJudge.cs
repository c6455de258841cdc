using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using TestKit;
using Ua.Security.Certificates;

namespace EndToEnd.Tests.Agents;

/// <summary>Looks at a trust folder as the gateway that reads it just now, and by openssl.</summary>
internal static class FolderJudge
{
    /// <summary>Certificate and key belong together, and the certificate is valid by the folder's own lists: chain, dates, revocation.</summary>
    public static async Task<ApplicationCertificate> ExpectSoundAsync(string root, string applicationUri)
    {
        using var folder = new TrustFolder(root, TrustFolderLayouts.SpecAnnexF, TimeProvider.System, NullLogger<TrustFolder>.Instance);
        var own = await OwnAsync(folder);
        own.Key.Matches(own.Certificate.PublicKey).ShouldBeTrue();
        var lists = await folder.CurrentAsync();
        lists.Skipped.ShouldBeEmpty();
        var validator = new CertificateValidator(new PublishedTrustLists(lists), new CertificateValidationOptions(), TimeProvider.System, NullLogger<CertificateValidator>.Instance);
        var verdict = await validator.ExplainAsync(new CertificateCheck(own.Certificate.Der, PeerRole.Client) { ApplicationUri = applicationUri });
        verdict.IsAccepted.ShouldBeTrue($"{verdict.StatusCode}: {verdict.Text}");
        return own.Certificate;
    }

    /// <summary>openssl says so too, with the revocation list.</summary>
    public static async Task ExpectOpenSslAsync(string root)
    {
        using var temp = new TempFolder();
        using var folder = new TrustFolder(root, TrustFolderLayouts.SpecAnnexF, TimeProvider.System, NullLogger<TrustFolder>.Instance);
        var lists = await folder.CurrentAsync();
        var own = await OwnAsync(folder);
        var authorities = temp.Write("ca.pem", PemFile.Write(lists.TrustedCertificates.Select(c => c.Certificate).Where(c => c.IsCertificateAuthority)) + string.Concat(lists.TrustedCrls.Select(c => PemFile.WriteCrl(c.Crl))));
        var leaf = temp.Write("own.pem", PemFile.Write(own.Certificate));
        (await OpenSsl.RunAsync("verify", "-crl_check", "-CAfile", authorities, leaf)).ShouldContain("OK");
    }

    private static async Task<IdentityCertificate> OwnAsync(TrustFolder folder)
    {
        using var identity = new FolderApplicationIdentity(folder, new ApplicationIdentityOptions { CreateIfMissing = false }, TimeProvider.System, NullLogger<FolderApplicationIdentity>.Instance);
        return (await identity.OpenAsync()).Primary;
    }
}
