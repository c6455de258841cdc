using GatewayAgent.Folders;
using GatewayAgent.Refresh;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.ServerConfiguration;

namespace GatewayAgent.Endpoint;

/// <summary>The DefaultApplicationGroup of an application that the agent keeps: its trust folders, changed the way the refresh loop changes them.</summary>
internal sealed class PushedGroup(ManagedApplication application, Fleet fleet, FolderInstall install) : IServerCertificateGroup
{
    private volatile ManagedApplication _application = application;
    private (string Update, PushReceipt Receipt)? _last;

    public event Action? Changed;

    public CertificateGroupFacts Facts { get; } = new(CertificateGroupFacts.DefaultApplicationGroup, [ObjectTypeIds.RsaSha256ApplicationCertificateType]);

    /// <summary>The application by its present configuration; a new one has the same ApplicationUri.</summary>
    public ManagedApplication Application
    {
        get => _application;
        set => _application = value;
    }

    public async ValueTask<CertificateGroupState> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var store = Application.Stores[0];
            var lists = await store.Folder.CurrentAsync(cancellationToken);
            var (own, _) = await store.ReadOwnAsync(cancellationToken);
            CertificateSlot[] slots = own is null ? [] : [new CertificateSlot(ObjectTypeIds.RsaSha256ApplicationCertificateType, own.Certificate, own.Key)];
            return new CertificateGroupState(lists, LastUpdateOf(store.Folder.Paths), slots);
        }
        catch (AgentProblem e)
        {
            throw EndpointErrors.Of(e);
        }
    }

    public async ValueTask<IReadOnlyList<ChangeProblem>> CheckAsync(CertificateGroupChange change, CancellationToken cancellationToken)
    {
        if (change.Slots.Any(s => s.Own is null))
            return [new ChangeProblem(StatusCodes.BadNotSupported, $"{Application.Name} cannot be left without a certificate; push another one in its place.")];
        if (change.Slots.Count > 0 && !Application.Stores.Any(s => s.HasOwn))
            return [new ChangeProblem(StatusCodes.BadNotSupported, $"{Application.Name} keeps its own certificate where files do not reach it (preset {Application.Configuration.Preset}); only its trust list can be pushed.")];
        try
        {
            var (configuration, _, _) = await fleet.CurrentAsync(cancellationToken);
            return await install.FindFaultAsync(Application, configuration, SetOf(change), cancellationToken) is { } fault ? [new ChangeProblem(fault.StatusCode, $"{Application.Name}: {fault.Text}")] : [];
        }
        catch (AgentProblem e)
        {
            throw EndpointErrors.Of(e);
        }
    }

    public async Task<bool> ApplyAsync(CertificateGroupChange change, string update, CancellationToken cancellationToken)
    {
        try
        {
            var (configuration, _, _) = await fleet.CurrentAsync(cancellationToken);
            _last = await install.PushAsync(Application, configuration, SetOf(change), cancellationToken) is { } receipt ? (update, receipt) : null;
        }
        catch (AgentProblem e)
        {
            throw EndpointErrors.Of(e);
        }

        if (_last is null) return false;
        Changed?.Invoke();
        return true;
    }

    /// <summary>After a restart there is nothing to undo: the trial of a push that a kill cut off is completed or taken back by itself.</summary>
    public async Task UndoAsync(string update, CancellationToken cancellationToken)
    {
        if (_last is not { } last || last.Update != update) return;
        try
        {
            await install.UndoAsync(Application, last.Receipt, cancellationToken);
        }
        catch (AgentProblem e)
        {
            throw EndpointErrors.Of(e);
        }

        _last = null;
        Changed?.Invoke();
    }

    private static PushedSet SetOf(CertificateGroupChange change) => new(
        change.TrustList is { } list ? new TrustSet([.. list.TrustedCertificates], [.. list.TrustedCrls], [.. list.IssuerCertificates], [.. list.IssuerCrls]) : null,
        change.Slots.Select(s => s.Own).FirstOrDefault());

    /// <summary>When a file of the lists came or went last, by whichever hand.</summary>
    private static DateTime LastUpdateOf(TrustFolderPaths paths) =>
        new[] { paths.TrustedCertificates, paths.TrustedCrls, paths.IssuerCertificates, paths.IssuerCrls }.OfType<string>().Where(Directory.Exists).Select(Directory.GetLastWriteTimeUtc).DefaultIfEmpty(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)).Max();
}
