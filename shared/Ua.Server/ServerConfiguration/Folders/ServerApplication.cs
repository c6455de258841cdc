using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Hosting;

namespace Ua.Server.ServerConfiguration;

/// <summary>This server, as its own ServerConfiguration object stands for it: certificate and trust list lie in its trust folder.</summary>
internal sealed class ServerApplication : IConfiguredApplication
{
    private readonly UaServerOptions _server;
    private readonly ServerConfigurationOptions _options;
    private readonly TrustFolder _folder;
    private readonly FolderApplicationIdentity _identity;
    private readonly StateFolder _state;
    private readonly ApplicationSetup _setup;
    private readonly PendingKeys _pendingKeys;
    private readonly TimeProvider _time;
    private readonly ILogger<ServerApplication> _log;

    public ServerApplication(
        UaServerOptions server, ServerConfigurationOptions options, TrustFolder folder, FolderApplicationIdentity identity, IOptions<ApplicationIdentityOptions> identityOptions,
        StateFolder state, ApplicationSetup setup, PendingKeys pendingKeys, TimeProvider time, ILoggerFactory loggers,
        IServerCertificateGroup? ofHost = null)
    {
        (_server, _options, _folder, _identity, _state, _setup, _pendingKeys, _time) = (server, options, folder, identity, state, setup, pendingKeys, time);
        _log = loggers.CreateLogger<ServerApplication>();
        var facts = new CertificateGroupFacts(CertificateGroupFacts.DefaultApplicationGroup, [ObjectTypeIds.RsaSha256ApplicationCertificateType]) { UpdateFrequency = options.UpdateFrequency };
        Groups = [new ServerCertificateGroup(ofHost ?? (ICertificateGroup)new FolderCertificateGroup(
            facts, folder, () => identityOptions.Value.PrivateKeyPassword?.Invoke(folder.Paths.OwnPrivateKeys), time, loggers))];
    }

    public string Key => _server.ApplicationUri;

    public IReadOnlyList<ICertificateGroup> Groups { get; }

    public ApplicationFacts Facts => new(_server.ApplicationUri, _server.ProductUri, _server.ApplicationType, [new LocalizedText("en", _server.ApplicationName)])
    {
        ServerCapabilities = _options.ServerCapabilities.Count > 0 ? [.. _options.ServerCapabilities] : ["NA"],
        MaxTrustListSize = _options.MaxTrustListSize,
    };

    /// <summary>Keeps what is there at the first start as the default to go back to.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(_state.Defaults)) return;
        List<StoredChange> defaults = [];
        foreach (var group in Groups)
        {
            var state = await group.ReadAsync(cancellationToken).ConfigureAwait(false);
            defaults.Add(new StoredChange(Key, group.Facts.Name, new CertificateGroupChange
            {
                TrustList = state.Lists.ToSet().WithoutStrayCrls(),
                Slots = [.. state.Slots.Where(s => s.Key is not null).Select(s => new SlotChange(s.Type, new IdentityCertificate(s.Certificate, s.Key!, [])))],
            }));
        }

        OwnerOnlyDirectory.Create(_state.Root);
        await ChangeFile.WriteAsync(_state.Defaults, defaults, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<ApplicationCertificate>> ReadRejectedAsync(CancellationToken cancellationToken) => RejectedInFolder.ReadAsync(_folder, cancellationToken);

    /// <summary>Channels that are opened from now on, and GetEndpoints, show the new certificate.</summary>
    public async Task AppliedAsync(CancellationToken cancellationToken)
    {
        await _folder.CurrentAsync(cancellationToken).ConfigureAwait(false);
        await _identity.RefreshAsync(cancellationToken).ConfigureAwait(false);
        if (_identity.Problem is { } problem) throw new UaException(StatusCodes.BadCertificateInvalid, $"The new certificate cannot be used: {problem}.");
    }

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await _setup.ForgetAsync(cancellationToken).ConfigureAwait(false);
        var update = $"reset-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        try
        {
            foreach (var stored in await ChangeFile.ReadAsync(_state.Defaults, cancellationToken).ConfigureAwait(false))
            {
                if (Groups.FirstOrDefault(g => g.Facts.Name == stored.Group) is not { } group) continue;
                var change = stored.Change with { Slots = [.. stored.Change.Slots.Where(s => s.Own is not { } own || own.Certificate.IsValidAt(_time.GetUtcNow()))] };
                await group.ApplyAsync(change, update, CancellationToken.None).ConfigureAwait(false);
            }

            await AppliedAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (ChangeExecution.IsExpected(e))
        {
            await UndoAsync(update).ConfigureAwait(false);
            throw;
        }

        foreach (var group in Groups)
            foreach (var type in group.Facts.CertificateTypes) await _pendingKeys.DropAsync(Key, group.Facts.Name, type, CancellationToken.None).ConfigureAwait(false);
        await _setup.RepeatAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The error that led here is the one to tell; what goes wrong now is logged.</summary>
    private async Task UndoAsync(string update)
    {
        try
        {
            foreach (var group in Groups.Reverse()) await group.UndoAsync(update, CancellationToken.None).ConfigureAwait(false);
            await AppliedAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (ChangeExecution.IsExpected(e))
        {
            Log.UndoFailed(_log, e, Key, "all groups");
        }
    }
}
