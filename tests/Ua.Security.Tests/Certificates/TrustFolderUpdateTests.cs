using Pki;
using Ua.Core;

namespace Ua.Security.Certificates.Tests;

public class TrustFolderUpdateTests
{
    private static readonly SwapSet A = SwapSet.Create("A", 0, 2);
    private static readonly SwapSet B = SwapSet.Create("B", 3, 5);

    public static TheoryData<string> Layouts => [.. TrustFolderLayouts.All.Select(l => l.Name)];

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_whole_set_takes_the_place_of_the_old_one_and_can_be_taken_back(string layout)
    {
        using var plant = new PlantFolder(layout);
        var update = plant.Update();
        (await update.ApplyAsync(For(plant, A))).Changed.ShouldBeTrue();
        await HoldsAsync(plant, A);

        await update.ApplyAsync(For(plant, B));
        await HoldsAsync(plant, B);

        await update.RollbackAsync();
        await HoldsAsync(plant, A);
        await update.RollbackAsync();
        await HoldsAsync(plant, B);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task The_same_set_again_changes_nothing(string layout)
    {
        using var plant = new PlantFolder(layout);
        var update = plant.Update();
        await update.ApplyAsync(For(plant, A));
        await update.ApplyAsync(For(plant, B));
        var before = Files(plant);
        (await update.ApplyAsync(For(plant, B))).Changed.ShouldBeFalse();
        Files(plant).ShouldBe(before);
        await update.RollbackAsync();
        await HoldsAsync(plant, A);
    }

    [Fact]
    public async Task Lists_change_without_the_own_certificate()
    {
        using var plant = new PlantFolder();
        using var identity = plant.Identity();
        var own = (await identity.OpenAsync()).Primary.Certificate;
        var change = await plant.Update().ApplyAsync(A.Content with { Own = null });
        change.Directories.ShouldNotContain("own");
        await identity.RefreshAsync();
        identity.Current.Primary.Certificate.ShouldBe(own);
        await plant.Update().RollbackAsync();
        (await plant.Folder.CurrentAsync()).TrustedCertificates.ShouldBeEmpty();
        File.Exists(Path.Combine(plant.Folder.Paths.OwnCertificates, plant.Names("own/certs").Single())).ShouldBeTrue();
    }

    [Fact]
    public async Task The_swap_is_one_exchange_per_list_on_this_file_system()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux exchanges directories.");
        using var plant = new PlantFolder();
        var change = await plant.Update().ApplyAsync(A.Content);
        change.Mode.ShouldBe(ReplaceMode.Directories);
        change.Directories.ShouldBe(["issuer", "trusted", "own"]);
    }

    [Fact]
    public async Task What_a_product_keeps_beside_its_lists_stays()
    {
        using var plant = new PlantFolder();
        await plant.Update().ApplyAsync(A.Content);
        plant.Write("trusted/certs/README.txt", "hands off"u8.ToArray());
        Directory.CreateDirectory(Path.Combine(plant.Root, "own", "requests"));
        plant.Write("own/requests/pump.csr", [1, 2, 3]);
        plant.Write("own/openssl.cnf", [4]);
        plant.Write("rejected/certs/stranger.der", Plant.SelfSigned(Plant.Pump).Der);

        await plant.Update().ApplyAsync(B.Content);

        plant.Names("trusted/certs").ShouldContain("README.txt");
        plant.Names("own/requests").ShouldBe(["pump.csr"]);
        plant.Names("own").ShouldBe(["openssl.cnf"]);
        plant.Names("rejected/certs").ShouldBe(["stranger.der"]);
        await HoldsAsync(plant, B);
    }

    [Fact]
    public async Task A_product_configured_to_file_names_and_encodings_keeps_them()
    {
        using var plant = new PlantFolder("twincat-opcua-gateway");
        plant.Write("own/certs/TcUaGateway.der", System.Text.Encoding.ASCII.GetBytes(PemFile.Write(A.Content.Own!.Certificate)));
        var key = plant.Write("own/private/TcUaGateway.pem", A.Content.Own.Key.ExportPkcs8());
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        await plant.Update().ApplyAsync(B.Content);

        plant.Names("own/certs").ShouldBe(["TcUaGateway.der"]);
        plant.Names("own/private").ShouldBe(["TcUaGateway.pem"]);
        File.ReadAllText(Path.Combine(plant.Root, "own", "certs", "TcUaGateway.der")).ShouldStartWith("-----BEGIN CERTIFICATE");
        File.ReadAllBytes(key)[0].ShouldBe((byte)0x30);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.GroupRead);
        await HoldsAsync(plant, B);
    }

    [Fact]
    public async Task Modes_of_directories_and_files_stay_as_the_product_has_them()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows inherits rights from the directory.");
            return;
        }

        using var plant = new PlantFolder();
        await plant.Update().ApplyAsync(A.Content);
        var directory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.GroupWrite | UnixFileMode.SetGroup;
        var file = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        File.SetUnixFileMode(plant.Folder.Paths.TrustedCertificates, directory);
        File.SetUnixFileMode(Directory.EnumerateFiles(plant.Folder.Paths.TrustedCertificates).Single(), file);

        await plant.Update().ApplyAsync(B.Content);

        File.GetUnixFileMode(plant.Folder.Paths.TrustedCertificates).ShouldBe(directory);
        File.GetUnixFileMode(Directory.EnumerateFiles(plant.Folder.Paths.TrustedCertificates).Single()).ShouldBe(file);
        OwnerOnlyDirectory.IsReadableByOthers(Directory.EnumerateFiles(plant.Folder.Paths.OwnPrivateKeys).Single()).ShouldBeFalse();
        OwnerOnlyDirectory.IsReadableByOthers(Path.Combine(plant.Root, ".gds-suite")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ua-sdk-cpp")]
    [InlineData("node-opcua")]
    public async Task What_an_administrator_writes_belongs_to_the_account_of_the_product(string layout)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Skip("Only root can give files away.");
        using var plant = new PlantFolder(layout);
        await plant.Update().ApplyAsync(A.Content);
        (await RunAsync("chown", "-R", "4711:4712", plant.Root)).ShouldBeEmpty();

        await plant.Update().ApplyAsync(B.Content);

        var owners = await RunAsync("find", plant.Root, "-path", "*/.gds-suite*", "-prune", "-o", "-mindepth", "2", "-printf", "%U:%G %P\n");
        var lines = owners.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBeGreaterThan(10);
        lines.ShouldAllBe(l => l.StartsWith("4711:4712 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_renewed_revocation_list_is_a_new_file_where_the_product_notices_only_new_files()
    {
        using var plant = new PlantFolder("node-opcua");
        await plant.Update().ApplyAsync(Lists(Plant.Root.Crl(number: 1)));
        var before = plant.Names("trusted/crl").Single();
        await plant.Update().ApplyAsync(Lists(Plant.Root.Crl(Plant.Now.AddDays(-1), number: 2)));
        plant.Names("trusted/crl").Single().ShouldNotBe(before);
    }

    [Fact]
    public async Task A_change_of_revocation_lists_alone_is_shown_where_the_product_looks()
    {
        using var plant = new PlantFolder("open62541-filestore");
        await plant.Update().ApplyAsync(Lists(Plant.Root.Crl(number: 1)));
        var file = Directory.EnumerateFiles(plant.Folder.Paths.TrustedCertificates).Single();
        var content = File.ReadAllBytes(file);
        Directory.SetLastWriteTimeUtc(plant.Folder.Paths.TrustedCertificates, DateTime.UnixEpoch);

        await plant.Update().ApplyAsync(Lists(Plant.Root.Crl(Plant.Now.AddDays(-1), number: 2)));

        Directory.GetLastWriteTimeUtc(plant.Folder.Paths.TrustedCertificates).ShouldBeGreaterThan(DateTime.UnixEpoch);
        Directory.EnumerateFiles(plant.Folder.Paths.TrustedCertificates).Single().ShouldBe(file);
        File.ReadAllBytes(file).ShouldBe(content);
    }

    [Fact]
    public async Task A_set_that_is_not_sound_leaves_the_folder_untouched_and_says_all_that_is_wrong()
    {
        using var plant = new PlantFolder();
        await plant.Update().ApplyAsync(A.Content);
        var before = Files(plant);
        var forged = (byte[])Plant.RootCrl.Der.Clone();
        forged[^1] ^= 1;
        var foreign = Signer.SelfSigned(new Shape("Foreign", Plant.Key(4)).AsAuthority());
        (TrustFolderSet Set, string Says)[] bad =
        [
            (Lists(), "There is no revocation list signed by the authority CN=Plant Root CA, O=Plant"),
            (Lists(Plant.Root.Crl(nextUpdate: Plant.Now.AddSeconds(-1))), "expired on 2026-06-01 11:59:59Z"),
            (Lists(Plant.Root.Crl(thisUpdate: Plant.Now.AddHours(1))), "is not valid before 2026-06-01 13:00:00Z"),
            (Lists(CertificateRevocationList.Parse(forged)), "has a wrong signature"),
            (Lists(Plant.RootCrl, foreign.Crl()), "The revocation list of 'CN=Foreign, O=Plant' belongs to no authority of the set"),
            (Own(foreign.Issue(Plant.Pump)), "The issuer 'CN=Foreign, O=Plant'"),
            (Own(Plant.Root.Issue(Plant.Pump with { To = Plant.Now.AddDays(-1) })), "expired on 2026-05-31"),
            (Own(Plant.Root.Issue(Plant.Pump with { Uri = null })), "carries no ApplicationUri"),
        ];
        foreach (var (set, says) in bad)
        {
            var error = await Should.ThrowAsync<UaException>(() => plant.Update().ApplyAsync(set));
            error.Message.ShouldContain(says);
            error.StatusCode.ShouldBe(StatusCodes.BadCertificateInvalid);
            Files(plant).ShouldBe(before);
        }

        Should.Throw<PkiException>(() => new IdentityCertificate(A.Content.Own!.Certificate, B.Content.Own!.Key, [])).Message.ShouldContain("does not belong");
    }

    [Fact]
    public async Task A_certificate_of_ours_that_is_revoked_is_not_installed()
    {
        using var plant = new PlantFolder();
        var own = Plant.Root.Issue(Plant.Pump);
        var set = Own(own) with { TrustedCrls = [Plant.Root.Crl(revoked: own.Certificate)] };
        (await Should.ThrowAsync<UaException>(() => plant.Update().ApplyAsync(set))).Message.ShouldContain("was revoked on");
    }

    [Fact]
    public async Task A_preparation_that_was_never_decided_is_dropped()
    {
        using var plant = new PlantFolder();
        await plant.Update().ApplyAsync(A.Content);
        Directory.CreateDirectory(Path.Combine(plant.Root, ".gds-suite", "next", "trusted", "certs"));
        (await plant.Update().RecoverAsync()).ShouldBe(RecoveryOutcome.Dropped);
        (await plant.Update().RecoverAsync()).ShouldBe(RecoveryOutcome.NothingToDo);
        await HoldsAsync(plant, A);
    }

    [Fact]
    public async Task Where_there_is_no_earlier_set_there_is_nothing_to_go_back_to()
    {
        using var plant = new PlantFolder();
        plant.Update().CanRollBack.ShouldBeFalse();
        (await Should.ThrowAsync<UaException>(() => plant.Update().RollbackAsync())).StatusCode.ShouldBe(StatusCodes.BadNothingToDo);
    }

    [Fact]
    public async Task A_running_application_takes_the_renewed_certificate_and_lists()
    {
        using var plant = new PlantFolder();
        using var identity = plant.Identity();
        await plant.Update().ApplyAsync(A.Content);
        (await identity.OpenAsync()).Primary.Certificate.ShouldBe(A.Content.Own!.Certificate);
        var changes = 0;
        identity.Changed += () => changes++;

        await plant.Update().ApplyAsync(B.Content);
        await identity.RefreshAsync();

        changes.ShouldBe(1);
        identity.Current.Primary.Certificate.ShouldBe(B.Content.Own!.Certificate);
        identity.Current.Primary.Issuers.Select(c => c.CommonName).ShouldBe(["Sub B", "Root B"]);
    }

    private static TrustFolderSet Lists(params CertificateRevocationList[] crls) => new([Plant.Root.Certificate], crls, [], []);

    private static TrustFolderSet Own(Signer own) => Lists(Plant.RootCrl) with { Own = new IdentityCertificate(own.Certificate, own.Pair, []) };

    /// <summary>The set as this product can take it.</summary>
    private static TrustFolderSet For(PlantFolder plant, SwapSet set) => plant.Folder.Paths.HasOwn ? set.Content : set.Content with { Own = null };

    private static async Task HoldsAsync(PlantFolder plant, SwapSet set)
    {
        var held = set.Content.FittedTo(plant.Folder.Layout);
        var lists = await plant.Folder.CurrentAsync();
        var own = set.Content.Own!.Certificate;
        lists.TrustedCertificates.Select(c => c.Certificate).Where(c => !c.Equals(own)).ShouldBe(held.TrustedCertificates);
        lists.IssuerCertificates.Select(c => c.Certificate).ShouldBe(held.IssuerCertificates);
        lists.TrustedCrls.Select(c => c.Crl.Thumbprint).ShouldBe(held.TrustedCrls.Select(c => c.Thumbprint), ignoreOrder: true);
        lists.IssuerCrls.Select(c => c.Crl.Thumbprint).ShouldBe(held.IssuerCrls.Select(c => c.Thumbprint), ignoreOrder: true);
        if (held.IssuerCertificates.Count > 0 && held.Crls.Count() == 2) (await Plant.Validator(plant.Folder).ValidateAsync(Plant.Client(set.Peer))).IsAccepted.ShouldBeTrue();
        if (plant.Folder.Layout.Own is not { } layout) return;
        using var identity = plant.Identity();
        (await identity.OpenAsync()).Primary.Certificate.ShouldBe(own);
        var both = layout.Certificates == layout.PrivateKeys && layout.PrivateKeyFormat != PrivateKeyFormat.Keystore;
        Directory.EnumerateFiles(plant.Folder.Paths.OwnPrivateKeys).Count().ShouldBe(both ? 2 : 1);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return output;
    }

    /// <summary>Every file outside the workshop with its content.</summary>
    private static List<string> Files(PlantFolder plant) =>
        [.. Directory.EnumerateFiles(plant.Root, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains(".gds-suite", StringComparison.Ordinal))
            .Select(f => $"{f} {Convert.ToHexString(File.ReadAllBytes(f))}")
            .Order(StringComparer.Ordinal)];

    [Fact]
    public async Task A_certificate_for_a_layout_that_keeps_none_is_refused_and_nothing_is_touched()
    {
        using var plant = new PlantFolder("s2opc");
        await plant.Update().ApplyAsync(For(plant, A));
        var before = Files(plant);
        (await Should.ThrowAsync<UaException>(() => plant.Update().ApplyAsync(B.Content))).StatusCode.ShouldBe(StatusCodes.BadNotSupported);
        Files(plant).ShouldBe(before);
    }

    [Fact]
    public void The_lists_that_a_product_prefers_are_written_where_they_are_there()
    {
        using var plant = new PlantFolder("s2opc");
        plant.Folder.Layout.At(plant.Root).ShouldBe(plant.Folder.Layout);
        Directory.CreateDirectory(Path.Combine(plant.Root, "updatedTrustList"));
        var layout = plant.Folder.Layout.At(plant.Root);
        layout.Trusted.ShouldBe(new ListFiles("updatedTrustList/trusted/certs", "updatedTrustList/trusted/crl"));
        layout.Issuers.ShouldBe(new ListFiles("updatedTrustList/issuers/certs", "updatedTrustList/issuers/crl"));
    }

    [Fact]
    public async Task An_own_certificate_among_trusted_ones_stays_when_only_lists_change()
    {
        using var plant = new PlantFolder("wincc-oa");
        await plant.Update().ApplyAsync(A.Content);
        await plant.Update().ApplyAsync(B.Content with { Own = null });
        using var identity = plant.Identity();
        (await identity.OpenAsync()).Primary.Certificate.ShouldBe(A.Content.Own!.Certificate);
        (await plant.Folder.CurrentAsync()).TrustedCertificates.Select(c => c.Certificate).ShouldBe([A.Content.Own.Certificate, B.Content.TrustedCertificates[0]], ignoreOrder: true);
        await plant.Update().RollbackAsync();
        await HoldsAsync(plant, A);
    }

    [Fact]
    public async Task A_key_that_cannot_be_opened_among_trusted_certificates_stops_the_update()
    {
        using var plant = new PlantFolder("wincc-oa");
        await plant.Update().ApplyAsync(A.Content with { PrivateKeyPassword = "geheim" });
        var before = Files(plant);
        var error = await Should.ThrowAsync<UaException>(() => plant.Update().ApplyAsync(B.Content with { Own = null }));
        error.Message.ShouldContain("Give the password of the key");
        Files(plant).ShouldBe(before);
        await plant.Update().ApplyAsync(B.Content with { Own = null, PrivateKeyPassword = "geheim" });
        (await plant.Folder.CurrentAsync()).TrustedCertificates.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_list_behind_a_link_is_replaced_file_by_file_and_the_link_stays()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows replaces file by file in any case.");
        using var plant = new PlantFolder();
        using var elsewhere = new TestKit.TempFolder();
        Directory.Delete(Path.Combine(plant.Root, "trusted"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(plant.Root, "trusted"), elsewhere.File("lists"));
        Directory.CreateDirectory(elsewhere.File("lists", "certs"));
        Directory.CreateDirectory(elsewhere.File("lists", "crl"));
        await plant.Update().ApplyAsync(A.Content);
        await plant.Update().ApplyAsync(B.Content);
        await HoldsAsync(plant, B);
        new DirectoryInfo(Path.Combine(plant.Root, "trusted")).LinkTarget.ShouldBe(elsewhere.File("lists"));
        Directory.EnumerateFiles(elsewhere.File("lists", "certs")).Count().ShouldBe(1);
        await plant.Update().RollbackAsync();
        await HoldsAsync(plant, A);
    }

    [Fact]
    public async Task A_list_on_another_file_system_is_replaced_too()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/dev/shm")) Assert.Skip("Needs a second file system.");
        using var plant = new PlantFolder();
        var elsewhere = Directory.CreateDirectory($"/dev/shm/gdssuite-{Guid.NewGuid():N}");
        try
        {
            Directory.Delete(Path.Combine(plant.Root, "trusted"), recursive: true);
            Directory.CreateSymbolicLink(Path.Combine(plant.Root, "trusted"), elsewhere.FullName);
            await plant.Update().ApplyAsync(A.Content);
            await plant.Update().ApplyAsync(B.Content);
            await HoldsAsync(plant, B);
            Directory.EnumerateFiles(Path.Combine(elsewhere.FullName, "certs")).Count().ShouldBe(1);
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }
}
