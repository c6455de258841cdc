using EndToEnd.Tests.Clients;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Gds;
using Ua.Security.Certificates;

namespace EndToEnd.Tests.Gateways;

/// <summary>What a gateway said to a peer: let in, with the certificate that it showed, or why not.</summary>
/// <param name="Status">Good where the peer was let in.</param>
/// <param name="Thumbprint">Of the certificate that the gateway shows; null where there was no session.</param>
/// <param name="Text">The words of the error.</param>
internal sealed record Answer(StatusCode Status, string? Thumbprint, string Text)
{
    public bool IsWelcome => Status == StatusCodes.Good;

    /// <summary>A verdict on the certificate, rather than a connection that was cut or took too long: the cause itself, or the code that hides it.</summary>
    public bool IsRefusal => Status == StatusCodes.BadCertificateRevoked || Status == StatusCodes.BadSecurityChecksFailed;
}

/// <summary>A member of the plant: it has a certificate of the GDS, and trusts gateways by the trust list of the GDS and by nothing else.</summary>
internal sealed class PlantPeer : IDisposable
{
    private const string Source = "the trust list of the GDS";
    private readonly TestApplication _application;
    private readonly CertificateValidator _gateways;

    private PlantPeer(TestApplication application, CertificateValidator gateways) => (_application, _gateways) = (application, gateways);

    public string Thumbprint => _application.Certificate.Certificate.Thumbprint;

    public static async Task<PlantPeer> EnrolAsync(string name, string gdsUrl, UaSession administrator, CancellationToken cancellationToken)
    {
        var application = TestApplication.Create(name);
        var id = await application.EnrolAsync(administrator, cancellationToken);
        await using var session = await application.ConnectAsync(gdsUrl, cancellationToken);
        var directory = new DirectoryClient(session);
        var list = await directory.ReadTrustListAsync(await directory.GetTrustListAsync(id, NodeId.Null, cancellationToken), cancellationToken: cancellationToken);
        return new PlantPeer(application, new CertificateValidator(
            new PublishedTrustLists(ListsOf(list)), new CertificateValidationOptions(), TimeProvider.System, NullLogger<CertificateValidator>.Instance));
    }

    /// <summary>Tries to get in, once.</summary>
    public async Task<Answer> KnockAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await _application.ConnectAsync(url, _gateways, cancellationToken);
            await session.ReadValueAsync<int>(VariableIds.ServerStatusState, cancellationToken);
            var shown = session.Endpoint?.ServerCertificate is { Length: > 0 } chain ? CertificateChainBytes.Parse(chain)[0].Thumbprint : null;
            return new Answer(StatusCodes.Good, shown, "");
        }
        catch (UaException e)
        {
            return new Answer(e.StatusCode, null, e.Message);
        }
    }

    /// <summary>A session that stays open until one side ends it.</summary>
    public Task<UaSession> StayAsync(string url, CancellationToken cancellationToken) => _application.ConnectAsync(url, _gateways, cancellationToken);

    /// <summary>Whether a session is served still.</summary>
    public static async Task<bool> IsServedAsync(UaSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.ReadValueAsync<int>(VariableIds.ServerStatusState, cancellationToken);
            return true;
        }
        catch (UaException)
        {
            return false; // the answer that was asked for
        }
    }

    public void Dispose() => _application.Dispose();

    private static TrustLists ListsOf(TrustListDataType list) => new(
        Certificates(list.TrustedCertificates), Crls(list.TrustedCrls), Certificates(list.IssuerCertificates), Crls(list.IssuerCrls));

    private static IEnumerable<TrustListCertificate> Certificates(byte[]?[] entries) => entries.Select(e => new TrustListCertificate(ApplicationCertificate.Parse(e), Source));

    private static IEnumerable<TrustListCrl> Crls(byte[]?[] entries) => entries.Select(e => new TrustListCrl(CertificateRevocationList.Parse(e), Source));
}
