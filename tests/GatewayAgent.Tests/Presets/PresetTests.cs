using System.Diagnostics;
using GatewayAgent.Tests.Kit;
using Pki;
using TestKit;
using Ua.Security.Certificates;

namespace GatewayAgent.Tests.Presets;

/// <summary>Every preset: a folder as the product makes it is taken over, renewed and rolled back; names, owners and modes stay.</summary>
public class PresetTests
{
    private const string Owner = "4711:4712";
    private const UnixFileMode KeyMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PlainMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private const UnixFileMode DirectoryMode = PlainMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;

    private static readonly EnumerationOptions s_everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    /// <summary>Numbers of the folders in product-folders.txt and their presets.</summary>
    public static TheoryData<int, string> Products => [.. ProductFolder.All.Select((l, i) => (i, l.Preset))];

    [Fact]
    public void Every_preset_has_a_folder_of_its_product() =>
        ProductFolder.All.Select(l => l.Preset).Distinct().ShouldBe(TrustFolderLayouts.All.Select(l => l.Name), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_folder_of_the_product_is_taken_over_renewed_and_rolled_back(int product, string preset)
    {
        using var folder = new ProductFolder(product);
        await GiveAwayAsync(folder);
        using var gateway = Open(folder);
        var original = Snapshot(folder.Root);

        var first = gateway.Gds.Own(Gateway.Uri, Authority.Key(5));
        await gateway.InstallAsync(gateway.Gds.TrustList(), first);
        await HoldsAsync(gateway, folder, first);
        await JudgeAsync(folder);

        var taken = Snapshot(folder.Root);
        var second = gateway.Gds.Own(Gateway.Uri, Authority.Key(6));
        await gateway.InstallAsync(gateway.Gds.TrustList(), second);
        await HoldsAsync(gateway, folder, second);
        await JudgeAsync(folder);
        (await gateway.InstallAsync(await KeptListAsync(gateway), second)).ShouldBe(Note(preset));

        var renewed = Snapshot(folder.Root);
        renewed.SequenceEqual(taken).ShouldBe(preset == "aveva-eds", "only where there is neither an own certificate nor a revocation list nothing is renewed");
        foreach (var store in renewed.SequenceEqual(taken) ? [] : gateway.Application.Stores) await store.RollbackAsync(CancellationToken.None);
        Snapshot(folder.Root).ShouldBe(taken, $"{preset}: everything as before the renewal");
        await HoldsAsync(gateway, folder, first);
        original.Keys.Where(f => folder.FilesOf("text").Contains(f)).ShouldAllBe(f => taken[f] == original[f]);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_take_over_is_rolled_back_to_what_the_product_had(int product, string preset)
    {
        using var folder = new ProductFolder(product);
        await GiveAwayAsync(folder);
        using var gateway = Open(folder);
        var original = Snapshot(folder.Root);
        await gateway.InstallAsync(gateway.Gds.TrustList(), gateway.Gds.Own(Gateway.Uri, Authority.Key(5)));
        foreach (var store in gateway.Application.Stores) await store.RollbackAsync(CancellationToken.None);
        Snapshot(folder.Root).ShouldBe(original, preset);
    }

    /// <summary>A product with more than one store is as its layout says only where each store is there.</summary>
    private static Gateway Open(ProductFolder folder) => new(
        folder.Lines.Preset, root: folder.Root, passwordFile: folder.FilesOf("keystore").Count > 0 ? folder.Temp.Write("password", ProductFolder.Password) : null);

    private static async Task HoldsAsync(Gateway gateway, ProductFolder folder, IdentityCertificate own)
    {
        gateway.Application.Stores.Count.ShouldBeGreaterThan(0);
        var peer = ApplicationCertificate.Parse(ProductFolder.Peer.RawData);
        for (var i = 0; i < gateway.Application.Stores.Count; i++)
        {
            var store = gateway.Application.Stores[i];
            var set = await gateway.FolderAsync(i);
            set.TrustedCertificates.ShouldContain(gateway.Gds.Certificate);
            set.TrustedCertificates.ShouldNotContain(own.Certificate);
            var had = folder.FilesOf("peer").Any(f => f.StartsWith(store.Path, StringComparison.Ordinal));
            set.TrustedCertificates.Contains(peer).ShouldBe(had, "what the product trusted stays");
            if (store.HasOwn) (await gateway.OwnAsync(i)).ShouldBe(own.Certificate);
        }

        foreach (var fixedName in folder.FilesOf("own").Concat(folder.FilesOf("key")).Concat(folder.FilesOf("keystore")).Where(IsManaged(gateway)))
            File.Exists(fixedName).ShouldBeTrue($"the product is configured to {fixedName}");
    }

    /// <summary>Where the layout keeps the names of own files.</summary>
    private static Func<string, bool> IsManaged(Gateway gateway) => file => gateway.Configuration.LayoutInForce.Own is { } own
        && (own.KeepFileNames || own.PrivateKeyFormat == PrivateKeyFormat.Keystore) && gateway.Application.Stores.Any(s => file.StartsWith(s.Path, StringComparison.Ordinal));

    /// <summary>openssl reads every file, and owner and modes are the product's.</summary>
    private static async Task JudgeAsync(ProductFolder folder)
    {
        foreach (var file in Files(folder.Root).Where(f => !folder.FilesOf("text").Contains(f))) (await KindAsync(file)).ShouldNotBeNull($"openssl does not read {file}");
        if (OperatingSystem.IsWindows()) return;
        foreach (var path in Directory.EnumerateFileSystemEntries(folder.Root, "*", s_everything).Where(IsOutsideWorkshop))
        {
            var mode = File.GetUnixFileMode(path);
            if (Directory.Exists(path)) (mode & ~DirectoryMode).ShouldBe(UnixFileMode.None, path);
            else if (await HasKeyAsync(path)) mode.ShouldBe(KeyMode, path);
            else mode.ShouldBe(PlainMode, path);
        }

        if (!Environment.IsPrivilegedProcess) return;
        var owners = await RunAsync("find", folder.Root, "-name", ".gds-suite", "-prune", "-o", "-printf", "%U:%G %p\n");
        owners.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(l => l.StartsWith(Owner + " ", StringComparison.Ordinal));
    }

    private static async Task<bool> HasKeyAsync(string file) => await KindAsync(file) is "pkey" or "pkcs12";

    /// <summary>The openssl command that can read the file; null for none.</summary>
    private static async Task<string?> KindAsync(string file)
    {
        (string Kind, string[] Arguments)[] commands =
        [
            ("pkcs12", ["pkcs12", "-noout", "-passin", "pass:", "-in", file]), ("pkcs12", ["pkcs12", "-noout", "-passin", $"pass:{ProductFolder.Password}", "-in", file]),
            ("pkey", ["pkey", "-noout", "-in", file]), ("x509", ["x509", "-noout", "-in", file]), ("crl", ["crl", "-noout", "-in", file]),
        ];
        foreach (var (kind, arguments) in commands)
        {
            if ((await OpenSsl.TryRunAsync(arguments)).ExitCode == 0) return kind;
        }

        return null;
    }

    /// <summary>The product runs under an account of its own, and its group may read what is no key.</summary>
    private static async Task GiveAwayAsync(ProductFolder folder)
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var path in Directory.EnumerateFileSystemEntries(folder.Root, "*", s_everything).Append(folder.Root))
        {
            var isKey = folder.FilesOf("key").Concat(folder.FilesOf("pfx")).Concat(folder.FilesOf("keystore")).Contains(path);
            File.SetUnixFileMode(path, Directory.Exists(path) ? DirectoryMode : isKey ? KeyMode : PlainMode);
        }

        if (Environment.IsPrivilegedProcess) (await RunAsync("chown", "-R", Owner, folder.Root)).ShouldBeEmpty();
    }

    private static async Task<byte[]> KeptListAsync(Gateway gateway)
    {
        var state = await gateway.StateAsync();
        return (await gateway.Application.Store.FindTrustListAsync(state.TrustList, CancellationToken.None))!;
    }

    /// <summary>What the status says of a product that cannot hold everything.</summary>
    private static string? Note(string preset) => preset == "aveva-eds"
        ? "The layout aveva-eds has no place for revocation lists: a revocation reaches this product only by taking the certificate or its authority out of the trust list."
        : null;

    /// <summary>Every file of the product with content, mode and owner.</summary>
    private static SortedDictionary<string, string> Snapshot(string root)
    {
        SortedDictionary<string, string> all = new(StringComparer.Ordinal);
        foreach (var file in Files(root)) all[file] = $"{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))[..16]} {(OperatingSystem.IsWindows() ? "" : File.GetUnixFileMode(file))}";
        return all;
    }

    private static IEnumerable<string> Files(string root) => Directory.EnumerateFiles(root, "*", s_everything).Where(IsOutsideWorkshop);

    private static bool IsOutsideWorkshop(string path) => !path.Contains(".gds-suite", StringComparison.Ordinal);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return output;
    }
}
