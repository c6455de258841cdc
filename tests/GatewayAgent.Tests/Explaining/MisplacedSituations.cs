using System.Text;
using Pki;
using Ua.Security.Certificates;

namespace GatewayAgent.Tests.Explaining;

/// <summary>Sound certificates and lists that lie in the wrong place, or in a form that does not count.</summary>
internal static class MisplacedSituations
{
    private static readonly Making s_pump = new("Pump 1");

    private static ApplicationCertificate Self { get; } = s_pump.SelfSigned().Certificate;

    public static IReadOnlyList<Situation> All { get; } =
    [
        new("nobody trusts it", Cause.NotTrusted, site => Asked.Of(site.Brought(Self), Self.Thumbprint)),
        new("among the issuers only", Cause.OnlyInIssuers, site =>
        {
            var file = site.Put("issuer/certs/pump.der", Self);
            return Asked.Of(site.Brought(Self), file, Self.Thumbprint);
        }),
        new("rejected only, asked by its thumbprint", Cause.OnlyRejected, site =>
        {
            var file = site.Put("rejected/certs/pump.der", Self);
            return Asked.Of(Self.Thumbprint, file);
        }),
        new("in the store of the other side", Cause.OnlyInOtherStore, site =>
        {
            var file = site.Put("pkiclient/trusted/certs/pump.der", Self);
            return Asked.Of(site.Brought(Self), file, "'client'");
        }, Preset: "twincat-opcua-gateway"),
        new("revocation list in the store of the other side", Cause.OnlyInOtherStore, site =>
        {
            site.Put("pkiserver/trusted/certs/root.der", site.Root.Certificate);
            var file = site.Put("pkiclient/trusted/crl/root.crl", site.Root.Crl().Der);
            return Asked.Of(site.Brought(site.Root.Issue(s_pump)), file);
        }, Preset: "twincat-opcua-gateway"),
        new("damaged file", Cause.FileUnreadable, site =>
        {
            var file = site.Put($"trusted/certs/Pump 1 [{Self.Thumbprint}].der", Self.Der[..^30]);
            return Asked.Of(site.Brought(Self), file);
        }),
        new("file that cannot be read", Cause.FileUnreadable, site =>
        {
            var file = Unreadable(site, $"trusted/certs/Pump 1 [{Self.Thumbprint}].der");
            return Asked.Of(site.Brought(Self), file, "cannot be read");
        }),
        new("damaged file that may be anything", Cause.FileUnreadable, site =>
        {
            site.Put("trusted/certs/root.der", site.Root.Certificate);
            var file = site.Put("trusted/crl/x.crl", Encoding.ASCII.GetBytes("nothing that means anything"));
            return Asked.Of(site.Brought(site.Root.Issue(s_pump)), file);
        }, Warns: true),
        new("extension that the product does not read", Cause.FileNotRead, site =>
        {
            var file = site.Put("trusted/certs/pump.cer", Self);
            return Asked.Of(site.Brought(Self), file, "'.cer'");
        }, Preset: "ua-netstandard"),
        new("PEM under the name of DER", Cause.FileNotRead, site =>
        {
            var file = site.Put("trusted/certs/pump.der", Encoding.ASCII.GetBytes(PemFile.Write(Self)));
            return Asked.Of(site.Brought(Self), file, "PEM");
        }, Preset: "ua-netstandard"),
        new("one directory too high", Cause.FileNotRead, site =>
        {
            var file = site.Put("trusted/pump.der", Self);
            return Asked.Of(site.Brought(Self), file);
        }),
        new("authority one directory too high", Cause.FileNotRead, site =>
        {
            site.Put("trusted/certs/root.der", site.Root.Certificate);
            site.Put("trusted/crl/root.crl", site.Root.Crl().Der);
            var file = site.Put("issuer/sub.der", site.Sub.Certificate);
            return Asked.Of(site.Brought(site.Sub.Issue(s_pump)), file);
        }),
        new("old certificate still there", Cause.OldCertificateInFolder, site =>
        {
            site.TrustPlant();
            var old = (s_pump with { From = TimeSpan.FromDays(-400) }).SelfSigned().Certificate;
            var file = site.Put("trusted/certs/old.der", old);
            return Asked.Of(site.Brought(site.Sub.Issue(s_pump)), file, old.Thumbprint);
        }, Warns: true),
        new("two certificates for one ApplicationUri", Cause.SeveralCertificatesForUri, site =>
        {
            site.TrustPlant();
            var other = (s_pump with { From = TimeSpan.FromDays(-1) }).SelfSigned().Certificate;
            var file = site.Put("trusted/certs/other.der", other);
            return Asked.Of(site.Brought(site.Sub.Issue(s_pump)), file, Making.PumpUri);
        }, Warns: true),
    ];

    /// <summary>Without rights; on Windows held by another. Root has all rights, so for root a file whose reading the system refuses.</summary>
    private static string Unreadable(Site site, string path)
    {
        var file = site.Put(path, Self);
        if (OperatingSystem.IsWindows())
        {
            site.Keep(new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
            return file;
        }

        if (!Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(file, UnixFileMode.None);
            return file;
        }

        File.Delete(file);
        File.CreateSymbolicLink(file, "/proc/self/mem");
        return file;
    }
}
