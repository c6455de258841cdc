using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using TestKit;

namespace Ua.Security.Certificates.Tests;

/// <summary>A trust folder on a real disk.</summary>
internal sealed class PlantFolder : IDisposable
{
    private readonly TempFolder _temp = new();

    public PlantFolder(string layout = "spec-annex-f", TimeProvider? time = null)
    {
        Time = time ?? Plant.Clock();
        Folder = new TrustFolder(_temp.File("pki"), TrustFolderLayouts.Find(layout), Time, NullLogger<TrustFolder>.Instance);
        Folder.CreateDirectories();
    }

    public TimeProvider Time { get; }

    public TrustFolder Folder { get; }

    public string Root => Folder.Paths.Root;

    public TrustFolderUpdate Update() => new(Folder, Time, NullLogger<TrustFolderUpdate>.Instance);

    public RejectedCertificates Rejected(int limit = RejectedCertificates.DefaultLimit) => new(Folder, Time, NullLogger<RejectedCertificates>.Instance, limit);

    public FolderApplicationIdentity Identity(ApplicationIdentityOptions? options = null) =>
        new(Folder, options ?? new ApplicationIdentityOptions { ApplicationName = "Pump 1", ProductName = "pump" }, Time, NullLogger<FolderApplicationIdentity>.Instance);

    /// <summary>Writes a file below the root, parts divided by '/'.</summary>
    public string Write(string path, byte[] content)
    {
        var file = Path.Combine([Root, .. path.Split('/')]);
        File.WriteAllBytes(file, content);
        return file;
    }

    public string Trust(ApplicationCertificate certificate) => Write($"trusted/certs/{certificate.Thumbprint}.der", certificate.Der);

    public IReadOnlyList<string> Names(string directory) =>
        [.. Directory.EnumerateFiles(Path.Combine([Root, .. directory.Split('/')])).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        Folder.Dispose();
        _temp.Dispose();
    }
}
