using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using TestKit;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.ServerConfiguration;

namespace Ua.Server.Tests.ServerConfiguration;

/// <summary>A gateway that knows only folders, looked after from a server: one certificate group per store.</summary>
internal sealed class FolderGateway : IConfiguredApplication, IDisposable
{
    private readonly TempFolder _root = new();

    public FolderGateway(string key, string layout)
    {
        Key = key;
        var preset = TrustFolderLayouts.Find(layout);
        Folders = [.. preset.StoresUnder(_root.FullPath).Select(s => new TrustFolder(s.Path, preset, TimeProvider.System, NullLogger<TrustFolder>.Instance))];
        foreach (var folder in Folders) folder.CreateDirectories();
        Groups =
        [
            .. Folders.Select((folder, i) => new FolderCertificateGroup(
                new CertificateGroupFacts(i == 0 ? CertificateGroupFacts.DefaultApplicationGroup : $"Store{i}", [ObjectTypeIds.RsaSha256ApplicationCertificateType]),
                folder, password: null, TimeProvider.System, NullLoggerFactory.Instance)),
        ];
    }

    public string Key { get; }

    public IReadOnlyList<TrustFolder> Folders { get; }

    public IReadOnlyList<ICertificateGroup> Groups { get; set; }

    /// <summary>How often the gateway was told to reload.</summary>
    public int Reloads { get; private set; }

    /// <summary>What a reload ends with; null for the good way.</summary>
    public UaException? Failure { get; set; }

    /// <summary>What a reload waits for.</summary>
    public Task Reloading { get; set; } = Task.CompletedTask;

    public ApplicationFacts Facts { get; } = new("urn:test:gateway", "urn:test:product", ApplicationType.ClientAndServer, [new LocalizedText("en", "Gateway")]) { ServerCapabilities = ["DA"] };

    public ValueTask<IReadOnlyList<ApplicationCertificate>> ReadRejectedAsync(CancellationToken cancellationToken) => RejectedInFolder.ReadAsync(Folders[0], cancellationToken);

    public async Task AppliedAsync(CancellationToken cancellationToken)
    {
        Reloads++;
        await Reloading.WaitAsync(cancellationToken);
        if (Failure is not null) throw Failure;
    }

    public async Task<IReadOnlyList<IdentityCertificate>> OwnAsync(int store = 0) =>
        await new OwnCertificateFiles(Folders[store], null, TimeProvider.System, NullLogger<OwnCertificateFiles>.Instance).ReadAsync();

    public void Dispose()
    {
        foreach (var folder in Folders) folder.Dispose();
        _root.Dispose();
    }
}
