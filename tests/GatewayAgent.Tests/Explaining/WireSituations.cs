using GatewayAgent.Tests.Kit;
using Pki;
using TestKit.Processes;
using Ua.Security.Certificates;

namespace GatewayAgent.Tests.Explaining;

/// <summary>What goes wrong between two sides: a real server on a real socket where there is one.</summary>
internal static class WireSituations
{
    public static IReadOnlyList<Situation> All { get; } = [.. Reaching(), .. Servers(), .. Refusals(), .. Clocks(), .. OwnSide()];

    private static IEnumerable<Situation> Reaching()
    {
        yield return new("host not found", Cause.HostNotFound, site => Here(site, "opc.tcp://no-such-host.invalid:4840", "no-such-host.invalid"));
        yield return new("endpoint unreachable", Cause.EndpointUnreachable, site =>
        {
            var url = $"opc.tcp://127.0.0.1:{FreePort.Find()}";
            return Here(site, url, url, "BadNotConnected");
        });
        yield return new("endpoint is a web server", Cause.EndpointNotOpcUa, site =>
        {
            var listener = new OtherListener("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            site.Keep(listener);
            return Here(site, listener.Url, listener.Url);
        });
        yield return new("endpoint hangs up at once", Cause.EndpointNotOpcUa, site =>
        {
            var listener = new OtherListener("");
            site.Keep(listener);
            return Here(site, listener.Url, listener.Url);
        });
    }

    private static IEnumerable<Situation> Servers()
    {
        yield return new("server is not trusted", Cause.NotTrusted, async site =>
        {
            var own = PlantServer.Making.SelfSigned();
            return await ConnectAsync(site, new(new(own.Certificate, own.Pair), Everyone(site)), own.Certificate.Thumbprint);
        });
        yield return new("wrong host name", Cause.HostNameWrong, async site => await ConnectAsync(site, Sound(site, PlantServer.Making with { Hosts = ["line-9"] }), "'localhost'", "'line-9'"));
        yield return new("address instead of name", Cause.AddressWrong, async site =>
        {
            site.PutSoundOwn();
            site.TrustPlant();
            var server = await site.ServeAsync(Sound(site, PlantServer.Making with { Hosts = ["line-9"] }));
            return Endpoint($"opc.tcp://127.0.0.1:{server.Port}", "'127.0.0.1'", "'line-9'");
        });
        yield return new("server states another ApplicationUri", Cause.ApplicationUriWrong, async site =>
            await ConnectAsync(site, Sound(site, PlantServer.Making with { Uris = ["urn:plant:old-line"] }) with { StatedUri = PlantServer.Uri }, "'urn:plant:old-line'", $"'{PlantServer.Uri}'"));
        yield return new("policy not offered", Cause.PolicyNotOffered, async site => await ConnectAsync(site, Sound(site) with { OnlyNone = true }, "None/None"));
        yield return new("user needed", Cause.UserNeeded, async site => await ConnectAsync(site, Sound(site) with { NeedsUser = true }, "ActivateSession"), Warns: true);
        yield return new("renewed certificate not yet served", Cause.RenewedCertificateNotServed, async site =>
        {
            site.Add("Line", PlantServer.Uri, "spec-annex-f", "line-pki");
            var renewed = site.Sub.Own(PlantServer.Making with { From = TimeSpan.FromHours(-1) });
            site.PutOwn(renewed.Certificate, renewed.Pair, "line-pki");
            var old = Sound(site);
            return await ConnectAsync(site, old, old.Own.Certificate.Thumbprint, renewed.Certificate.Thumbprint);
        });
        yield return new("the other side's folder does not trust us", Cause.OnlyRejected, async site =>
        {
            site.Add("Line", PlantServer.Uri, "spec-annex-f", "line-pki");
            var own = site.PutSelfSignedOwn();
            site.TrustPlant();
            var file = site.Put("rejected/certs/gateway.der", own.Der, "line-pki");
            var served = site.Sub.Own(PlantServer.Making);
            site.PutOwn(served.Certificate, served.Pair, "line-pki");
            var server = await site.ServeAsync(new(served, TrustLists.Empty));
            return Endpoint(server.Url, file);
        });
    }

    private static IEnumerable<Situation> Refusals()
    {
        yield return new("server does not trust us", Cause.PeerDoesNotTrustUs, async site => await ConnectAsync(site, Sound(site) with { Trusted = TrustLists.Empty }, "OpenSecureChannel", "BadSecurityChecksFailed"));
        yield return new("server has no revocation list of our authority", Cause.PeerLacksRevocationList, async site =>
            await ConnectAsync(site, Sound(site) with { Trusted = Lists([site.Root.Certificate, site.Sub.Certificate], [site.Root.Crl()]) }, "BadCertificateRevocationUnknown"));
        yield return new("server says that we are revoked", Cause.PeerSaysRevoked, async site =>
        {
            var own = site.PutSoundOwn();
            site.TrustPlant();
            var server = await site.ServeAsync(Sound(site) with { Trusted = Lists([site.Root.Certificate, site.Sub.Certificate], [site.Root.Crl(), site.Sub.Crl(revoked: own.Certificate)]) });
            return Endpoint(server.Url, "BadCertificateRevoked");
        });
    }

    private static IEnumerable<Situation> Clocks()
    {
        yield return new("server's clock is ahead", Cause.ClockDiffers, async site => await ConnectAsync(site, Sound(site) with { Clock = TimeSpan.FromDays(400) }, "400 days ahead"));
        yield return new("server's clock is behind", Cause.ClockDiffers, async site => await ConnectAsync(site, Sound(site) with { Clock = TimeSpan.FromDays(-60) }, "60 days behind"));
        yield return new("our clock is behind the authority's", Cause.ClockDiffers, async site =>
        {
            site.PutSoundOwn();
            site.TrustPlant(site.Root.Crl(3, 30), site.Sub.Crl(3, 30));
            var server = await site.ServeAsync(Sound(site) with { Clock = TimeSpan.FromDays(4), Trusted = Lists([site.Root.Certificate, site.Sub.Certificate], [site.Root.Crl(3, 30), site.Sub.Crl(3, 30)]) });
            return Endpoint(server.Url, "4 days ahead");
        });
    }

    private static IEnumerable<Situation> OwnSide()
    {
        yield return new("own certificate missing", Cause.OwnCertificateMissing, async site =>
        {
            site.TrustPlant();
            return Endpoint((await site.ServeAsync(Sound(site))).Url, site.Temp.File("pki", "own", "certs"));
        });
        yield return new("own key missing", Cause.OwnKeyMissing, async site =>
        {
            File.Delete(PutOwn(site).Key);
            return Endpoint((await site.ServeAsync(Sound(site))).Url, site.Temp.File("pki", "own", "private"));
        });
        yield return new("own key unreadable", Cause.OwnKeyUnreadable, async site =>
        {
            var (_, key) = PutOwn(site);
            await File.WriteAllTextAsync(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
            return Endpoint((await site.ServeAsync(Sound(site))).Url, key);
        });
        yield return new("own key of another pair", Cause.OwnKeyDoesNotFit, async site =>
        {
            var (own, key) = PutOwn(site);
            await File.WriteAllTextAsync(key, Authority.Key(17).ExportPem());
            return Endpoint((await site.ServeAsync(Sound(site))).Url, own.Thumbprint, site.Temp.File("pki", "own", "private"));
        });
        yield return new("own certificate for another ApplicationUri", Cause.ApplicationUriWrong, async site =>
        {
            site.TrustPlant();
            var own = site.Sub.Own(new Making("Gateway", 14) { Uris = ["urn:plant:old-gateway"] });
            site.PutOwn(own.Certificate, own.Pair);
            return Endpoint((await site.ServeAsync(Sound(site))).Url, "'urn:plant:old-gateway'", Site.GatewayUri);
        });
        yield return new("own certificate revoked, as the own list knows", Cause.CertificateRevoked, async site =>
        {
            var own = site.PutSoundOwn();
            var list = site.Sub.Crl(revoked: own.Certificate);
            site.TrustPlant(site.Root.Crl(), list);
            return Endpoint((await site.ServeAsync(Sound(site) with { Trusted = TrustLists.Empty })).Url, own.Certificate.Thumbprint, "issuer/crl/sub.crl");
        });
        yield return new("own certificate expired", Cause.CertificateExpired, async site =>
        {
            site.TrustPlant();
            var own = site.Sub.Own(new Making("Gateway", 14) { Uris = [Site.GatewayUri], To = TimeSpan.FromDays(-7) });
            site.PutOwn(own.Certificate, own.Pair);
            return Endpoint((await site.ServeAsync(Sound(site))).Url, own.Certificate.Thumbprint, FolderSituations.Day(-7));
        });
    }

    private static (ApplicationCertificate Own, string Key) PutOwn(Site site)
    {
        site.TrustPlant();
        return (site.PutSoundOwn().Certificate, site.Temp.File("pki", "own", "private", "gateway.pem"));
    }

    private static Asked Endpoint(string url, params string[] named) => new([url, "--application", "Gateway"], named);

    private static Task<Asked> Here(Site site, string url, params string[] named)
    {
        site.PutSoundOwn();
        return Task.FromResult(Endpoint(url, named));
    }

    private static async Task<Asked> ConnectAsync(Site site, PlantServerOptions options, params string[] named)
    {
        site.PutSoundOwn();
        site.TrustPlant();
        return Endpoint((await site.ServeAsync(options)).Url, named);
    }

    private static PlantServerOptions Sound(Site site, Making? making = null) => new(site.Sub.Own(making ?? PlantServer.Making), Everyone(site));

    private static TrustLists Everyone(Site site) => Lists([site.Root.Certificate, site.Sub.Certificate], [site.Root.Crl(), site.Sub.Crl()]);

    private static TrustLists Lists(ApplicationCertificate[] trusted, CertificateRevocationList[] crls) =>
        new(trusted.Select(c => new TrustListCertificate(c, "the line's list")), crls.Select(c => new TrustListCrl(c, "the line's list")), [], []);
}
