using System.Text;
using Pki;
using Ua.Core;

namespace Ua.Security.Certificates.Tests;

public class TrustFolderTests
{
    [Fact]
    public async Task Certificates_and_lists_are_found_whatever_their_files_are_called()
    {
        using var plant = new PlantFolder();
        var pem = Encoding.ASCII.GetBytes("A note of the operator\n" + PemFile.Write(Plant.Root.Certificate));
        plant.Write("trusted/certs/root.pem", pem);
        plant.Write("trusted/certs/no extension", Plant.SelfSigned(Plant.Pump).Der);
        plant.Write("trusted/certs/pump.crt", Plant.SelfSigned(Plant.Pump).Der);
        plant.Write("issuer/certs/Sub.CER", Plant.Sub.Certificate.Der);
        plant.Write("trusted/crl/root.crl", Plant.RootCrl.Der);
        plant.Write("issuer/crl/sub", Encoding.ASCII.GetBytes(PemFile.WriteCrl(Plant.SubCrl)));

        var lists = await plant.Folder.CurrentAsync();

        lists.TrustedCertificates.Length.ShouldBe(3);
        lists.IssuerCertificates.Single().Certificate.ShouldBe(Plant.Sub.Certificate);
        lists.TrustedCrls.Single().Source.ShouldEndWith("root.crl");
        lists.IssuerCrls.Length.ShouldBe(1);
        lists.Skipped.ShouldBeEmpty();
        (await Plant.Validator(plant.Folder).ValidateAsync(Plant.Client(Plant.Sub.Certify(Plant.Pump)))).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_with_several_certificates_counts_with_all_of_them()
    {
        using var plant = new PlantFolder();
        plant.Write("issuer/certs/bundle.pem", Encoding.ASCII.GetBytes(PemFile.Write(Plant.Root.Certificate, Plant.Sub.Certificate)));
        (await plant.Folder.CurrentAsync()).IssuerCertificates.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Junk_is_skipped_and_named_with_its_reason()
    {
        using var plant = new PlantFolder();
        var pump = Plant.SelfSigned(Plant.Pump);
        plant.Trust(pump);
        var readme = plant.Write("trusted/certs/README.txt", "put certificates here"u8.ToArray());
        var empty = plant.Write("trusted/crl/empty.crl", []);
        var torn = plant.Write("issuer/certs/torn.der", pump.Der[..100]);
        plant.Write("trusted/certs/.pump.der.0123456789ab.writing", pump.Der);

        var lists = await plant.Folder.CurrentAsync();

        lists.TrustedCertificates.Length.ShouldBe(1);
        lists.Skipped.Select(s => s.Path).ShouldBe([readme, empty, torn], ignoreOrder: true);
        lists.Skipped.Single(s => s.Path == empty).Reason.ShouldBe("it is empty");
        lists.Skipped.Single(s => s.Path == readme).Reason.ShouldContain("neither a certificate nor a revocation list");
    }

    [Fact]
    public async Task Directories_that_do_not_exist_trust_nobody_and_count_once_they_do()
    {
        using var plant = new PlantFolder();
        Directory.Delete(plant.Root, recursive: true);
        (await plant.Folder.CurrentAsync()).TrustedCertificates.ShouldBeEmpty();
        plant.Folder.CreateDirectories();
        plant.Trust(Plant.Root.Certificate);
        (await plant.Folder.CurrentAsync()).TrustedCertificates.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_on_disk_counts_at_the_next_attempt()
    {
        using var plant = new PlantFolder();
        var pump = Plant.SelfSigned(Plant.Pump);
        var validator = Plant.Validator(plant.Folder);
        for (var i = 0; i < 5; i++)
        {
            (await validator.ValidateAsync(Plant.Client(pump))).StatusCode.ShouldBe(StatusCodes.BadCertificateUntrusted);
            var file = plant.Trust(pump);
            (await validator.ValidateAsync(Plant.Client(pump))).StatusCode.ShouldBe(StatusCodes.Good);
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_look_that_began_after_a_connect_is_good_for_its_session_and_for_no_later_connect()
    {
        var clock = Plant.Clock();
        using var plant = new PlantFolder(time: clock);
        var pump = Plant.SelfSigned(Plant.Pump);
        var validator = Plant.Validator(plant.Folder);
        var connected = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        (await JudgeAsync(null)).ShouldBe(StatusCodes.BadCertificateUntrusted);
        plant.Trust(pump);
        (await JudgeAsync(connected)).ShouldBe(StatusCodes.BadCertificateUntrusted);
        (await JudgeAsync(clock.GetTimestamp())).ShouldBe(StatusCodes.Good);
        (await JudgeAsync(null)).ShouldBe(StatusCodes.Good);

        async Task<StatusCode> JudgeAsync(long? seenSince) => (await validator.ValidateAsync(Plant.Client(pump) with { SeenSince = seenSince })).StatusCode;
    }

    [Fact]
    public async Task A_change_among_the_rejected_is_told_and_what_lay_there_before_is_not()
    {
        using var plant = new PlantFolder(time: TimeProvider.System);
        var rejected = plant.Write("rejected/certs/before.der", Plant.SelfSigned(Plant.Pump).Der);
        using var stop = new CancellationTokenSource();
        var told = new SemaphoreSlim(0);
        var watching = plant.Folder.WatchRejectedAsync(() => told.Release(), stop.Token);
        plant.Trust(Plant.Root.Certificate); // no business of this watch
        File.Move(plant.Write("after.der", Plant.SelfSigned(Plant.Pump).Der), Path.Combine(Path.GetDirectoryName(rejected)!, "after.der"));
        await told.WaitAsync(TestContext.Current.CancellationToken);
        File.Delete(rejected);
        await told.WaitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await watching;
        told.CurrentCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_whose_content_changes_within_the_resolution_of_file_times_is_noticed()
    {
        using var plant = new PlantFolder();
        var one = Plant.SelfSigned(Plant.Pump);
        var other = Plant.SelfSigned(Plant.Pump);
        other.Der.Length.ShouldBe(one.Der.Length);
        var file = plant.Write("trusted/certs/pump.der", one.Der);
        var time = File.GetLastWriteTimeUtc(file);
        (await plant.Folder.CurrentAsync()).SourceOfTrust(one).ShouldBe(file);

        File.WriteAllBytes(file, other.Der);
        File.SetLastWriteTimeUtc(file, time);

        (await plant.Folder.CurrentAsync()).SourceOfTrust(one).ShouldBeNull();
        (await plant.Folder.CurrentAsync()).SourceOfTrust(other).ShouldBe(file);
    }

    [Fact]
    public async Task The_same_state_is_the_same_object()
    {
        using var plant = new PlantFolder();
        plant.Trust(Plant.Root.Certificate);
        var before = await plant.Folder.CurrentAsync();
        (await plant.Folder.CurrentAsync()).ShouldBeSameAs(before);
        File.SetLastWriteTimeUtc(plant.Trust(Plant.Root.Certificate), DateTime.UnixEpoch);
        (await plant.Folder.CurrentAsync()).ShouldBeSameAs(before);
        plant.Trust(Plant.Sub.Certificate);
        (await plant.Folder.CurrentAsync()).ShouldNotBeSameAs(before);
    }

    [Fact]
    public async Task Whoever_watches_hears_of_a_change_without_asking()
    {
        using var plant = new PlantFolder(time: TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var heard = new SemaphoreSlim(0);
        await plant.Folder.CurrentAsync();
        plant.Folder.Changed += () => heard.Release();
        var watching = plant.Folder.WatchAsync(stop.Token);

        var file = plant.Trust(Plant.Root.Certificate);
        (await heard.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("the certificate was put there");
        File.Delete(file);
        (await heard.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("the certificate was taken away");

        await stop.CancelAsync();
        await watching;
    }

    [Fact]
    public async Task A_certificate_moved_from_rejected_to_trusted_by_hand_connects()
    {
        using var plant = new PlantFolder();
        var pump = Plant.SelfSigned(Plant.Pump);
        using var rejected = plant.Rejected();
        var validator = Plant.Validator(plant.Folder, time: plant.Time, rejected: rejected);
        (await validator.ValidateAsync(Plant.Client(pump))).IsAccepted.ShouldBeFalse();
        var name = plant.Names("rejected/certs").Single();
        name.ShouldBe($"Pump 1 [{pump.Thumbprint}].der");

        File.Move(Path.Combine(plant.Folder.Paths.Rejected!, name), Path.Combine(plant.Folder.Paths.TrustedCertificates, name));

        (await validator.ValidateAsync(Plant.Client(pump))).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public async Task Trust_reject_and_remove_move_the_file()
    {
        using var plant = new PlantFolder();
        var pump = Plant.SelfSigned(Plant.Pump);
        using var rejected = plant.Rejected();
        await rejected.KeepAsync(pump);

        var spelled = string.Join(':', pump.Thumbprint.ToLowerInvariant().Chunk(2).Select(c => new string(c)));
        (await plant.Folder.TrustAsync(spelled)).ShouldStartWith(plant.Folder.Paths.TrustedCertificates);
        plant.Names("rejected/certs").ShouldBeEmpty();
        (await plant.Folder.CurrentAsync()).SourceOfTrust(pump).ShouldNotBeNull();
        (await plant.Folder.TrustAsync(pump.Sha256)).ShouldStartWith(plant.Folder.Paths.TrustedCertificates, Case.Sensitive, "already there");

        await plant.Folder.RejectAsync(pump.Thumbprint);
        (await plant.Folder.ListAsync()).Single().Place.ShouldBe(TrustFolderPlace.Rejected);
        (await plant.Folder.CurrentAsync()).SourceOfTrust(pump).ShouldBeNull();

        (await plant.Folder.RemoveAsync(pump.Thumbprint)).Count.ShouldBe(1);
        (await plant.Folder.ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_thumbprint_that_is_none_or_nowhere_is_named()
    {
        using var plant = new PlantFolder();
        (await Should.ThrowAsync<UaException>(() => plant.Folder.TrustAsync("../../etc"))).StatusCode.ShouldBe(StatusCodes.BadInvalidArgument);
        (await Should.ThrowAsync<UaException>(() => plant.Folder.TrustAsync(new string('A', 40)))).StatusCode.ShouldBe(StatusCodes.BadNotFound);
    }

    [Fact]
    public async Task Several_sources_trust_together_and_keep_their_snapshot()
    {
        using var plant = new PlantFolder();
        var published = new PublishedTrustLists();
        var all = new CompositeTrustLists(plant.Folder, published);
        var changes = 0;
        all.Changed += () => changes++;
        var empty = await all.CurrentAsync();
        (await all.CurrentAsync()).ShouldBeSameAs(empty);

        published.Publish(Plant.Complete);
        changes.ShouldBe(1);
        plant.Trust(Plant.SelfSigned(Plant.Pump));
        var lists = await all.CurrentAsync();
        lists.TrustedCertificates.Length.ShouldBe(2);
        changes.ShouldBe(2);
        (await all.CurrentAsync()).ShouldBeSameAs(lists);
    }
}
