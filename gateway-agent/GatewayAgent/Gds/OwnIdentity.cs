using GatewayAgent.Configuration;
using Microsoft.Extensions.Logging;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Gds;

/// <summary>The agent as an OPC UA application: its trust folder, its certificate, and how it calls itself.</summary>
internal sealed class OwnIdentity(DataFolder data, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    /// <summary>The ProductUri under which agents are registered.</summary>
    public const string ProductUri = "urn:gdssuite:gateway-agent";

    /// <summary>Long enough to enrol again, and no longer.</summary>
    private static readonly TimeSpan SelfSignedLife = TimeSpan.FromDays(30);

    private FolderApplicationIdentity? _prepared;
    private FolderApplicationIdentity? _identity;
    private ClientApplication? _client;

    public TrustFolder Folder { get; } = new(data.Pki, TrustFolderLayouts.SpecAnnexF, time, loggers.CreateLogger<TrustFolder>());

    public FolderApplicationIdentity Identity => _identity ?? throw new InvalidOperationException("The agent's identity is not open yet.");

    public ClientApplication Client => _client ?? throw new InvalidOperationException("The agent's identity is not open yet.");

    public bool IsOpen => _identity is not null;

    /// <summary>The identity that <see cref="OpenAsync"/> will open, for those who need the object before its content.</summary>
    /// <param name="hostNames">Further names and addresses for a pair that is made here.</param>
    public FolderApplicationIdentity Prepare(string applicationName, string applicationUri, string? organization, IReadOnlyList<string> hostNames)
    {
        var options = new ApplicationIdentityOptions { ApplicationName = applicationName, ApplicationUri = applicationUri, Organization = organization };
        foreach (var name in hostNames) options.HostNames.Add(name);
        return _prepared = new FolderApplicationIdentity(Folder, options, time, loggers.CreateLogger<FolderApplicationIdentity>());
    }

    /// <summary>Reads the certificate and key, or makes a self-signed pair at the first enrolment.</summary>
    public async Task OpenAsync(string applicationName, string applicationUri, string? organization, CancellationToken cancellationToken)
    {
        if (_identity is not null && Client.ApplicationUri == applicationUri)
        {
            await _identity.RefreshAsync(cancellationToken);
            return;
        }

        Folder.CreateDirectories();
        var identity = _prepared ?? Prepare(applicationName, applicationUri, organization, []);
        try
        {
            await identity.OpenAsync(cancellationToken);
        }
        catch (UaException e)
        {
            throw new AgentProblem(ProblemKind.Refused, $"The agent's own certificate cannot be used: {e.Message} Delete '{Path.Combine(data.Pki, "own")}' and enrol again.", e);
        }

        _identity = identity;
        _client = new ClientApplication(applicationName, identity) { ProductUri = ProductUri };
    }

    /// <summary>
    /// A new key with a self-signed certificate in the place of a certificate that no longer opens the GDS: with it the agent
    /// can present an enrolment token again. The ApplicationUri stays, so that the GDS knows whose rights these are.
    /// </summary>
    public async Task StartOverAsync(CancellationToken cancellationToken)
    {
        if (Identity.Current.Primary.Certificate is { IsSelfSigned: true } own && own.IsValidAt(time.GetUtcNow())) return;
        var key = await Task.Run(() => KeyPair.Create(KeyPairKind.Rsa2048), cancellationToken);
        var subject = SubjectName.Build(Client.ApplicationName, organization: LocalHostNames.HostName);
        var certificate = SelfSignedCertificate.Create(Client.ApplicationUri, subject, LocalHostNames.Names(), [], key, SelfSignedLife, time);
        var lists = await Folder.CurrentAsync(cancellationToken);
        var set = new TrustFolderSet(
            [.. lists.TrustedCertificates.Select(c => c.Certificate)], [.. lists.TrustedCrls.Select(c => c.Crl)],
            [.. lists.IssuerCertificates.Select(c => c.Certificate)], [.. lists.IssuerCrls.Select(c => c.Crl)])
        {
            Own = new IdentityCertificate(certificate, key, []),
            LocalAuthorities = [.. lists.TrustedCertificates.Concat(lists.IssuerCertificates).Select(c => c.Certificate)],
        };
        try
        {
            await new TrustFolderUpdate(Folder, time, loggers.CreateLogger<TrustFolderUpdate>()).ApplyAsync(set, cancellationToken);
        }
        catch (Exception e) when (e is UaException or PkiException or IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.Refused, $"The agent could not put a new certificate of its own into '{data.Pki}': {e.Message}", e);
        }

        await Identity.RefreshAsync(cancellationToken);
    }

    public void Dispose()
    {
        _prepared?.Dispose();
        Folder.Dispose();
    }
}
