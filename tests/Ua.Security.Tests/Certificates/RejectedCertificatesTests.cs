using Microsoft.Extensions.Time.Testing;
using Pki;

namespace Ua.Security.Certificates.Tests;

public class RejectedCertificatesTests
{
    [Fact]
    public async Task The_oldest_goes_when_there_are_too_many()
    {
        var time = new FakeTimeProvider(Plant.Now);
        using var plant = new PlantFolder(time: time);
        using var rejected = plant.Rejected(limit: 3);
        var all = Enumerable.Range(1, 4).Select(i => Plant.SelfSigned(Plant.Pump with { CommonName = $"Pump {i}" })).ToList();
        foreach (var each in all.Take(3))
        {
            await rejected.KeepAsync(each);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        await rejected.KeepAsync(all[0]);
        time.Advance(TimeSpan.FromMinutes(1));
        await rejected.KeepAsync(all[3]);

        plant.Names("rejected/certs").Select(n => n[..6]).ShouldBe(["Pump 1", "Pump 3", "Pump 4"]);
    }

    [Fact]
    public async Task A_certificate_is_kept_once_however_often_it_comes()
    {
        using var plant = new PlantFolder();
        using var rejected = plant.Rejected();
        var pump = Plant.SelfSigned(Plant.Pump);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rejected.KeepAsync(pump)));
        plant.Names("rejected/certs").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("../../../etc/passwd", ".._.._etc_passwd")]
    [InlineData("a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j")]
    [InlineData("line\nbreak\0and\ttab", "line_break_and_tab")]
    [InlineData("CON", "_CON")]
    [InlineData("com1.der", "_com1.der")]
    [InlineData("...", "certificate")]
    [InlineData("Müller Pumpe 7", "Müller Pumpe 7")]
    [InlineData("{THUMB}", "_THUMB_")]
    [InlineData("\u202Ereversed", "_reversed")]
    public void A_name_cannot_leave_its_directory_or_confuse_a_person(string name, string expected)
    {
        var clean = SafeFileName.Clean(name);
        if (name.StartsWith("../", StringComparison.Ordinal)) clean.ShouldNotContain("/");
        else clean.ShouldBe(expected);
        Path.GetFileName(clean).ShouldBe(clean);
    }

    [Fact]
    public void A_very_long_name_is_cut() => SafeFileName.Clean(new string('x', 5000)).Length.ShouldBe(80);

    [Fact]
    public async Task A_folder_that_cannot_be_written_does_not_disturb_the_connection()
    {
        using var plant = new PlantFolder();
        using var rejected = plant.Rejected();
        Directory.Delete(plant.Folder.Paths.Rejected!, recursive: true);
        File.WriteAllText(plant.Folder.Paths.Rejected!, "a file where the directory should be");
        var verdict = await Plant.Validator(plant.Folder, rejected: rejected).ValidateAsync(Plant.Client(Plant.SelfSigned(Plant.Pump)));
        verdict.IsAccepted.ShouldBeFalse();
    }

    [Theory]
    [InlineData("a leaf with a wrong signature")]
    [InlineData("a truncated certificate")]
    [InlineData("a revoked leaf")]
    [InlineData("an expired leaf")]
    public async Task What_is_wrong_in_itself_or_decided_already_is_not_kept(string situation)
    {
        using var plant = new PlantFolder();
        using var rejected = plant.Rejected();
        var (check, lists) = BrokenSituations.All.Single(s => s.Name == situation).Arrange();
        await Plant.Validator(new PublishedTrustLists(lists), rejected: rejected).ValidateAsync(check);
        plant.Names("rejected/certs").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FirstContactPolicy.Closed, false, 1)]
    [InlineData(FirstContactPolicy.Credentials, false, 0)]
    [InlineData(FirstContactPolicy.Credentials, true, 1)]
    [InlineData(FirstContactPolicy.AcceptAll, true, 0)]
    public async Task Whether_a_stranger_is_kept_depends_on_the_policy_of_first_contact(FirstContactPolicy policy, bool keep, int expected)
    {
        using var plant = new PlantFolder();
        using var rejected = plant.Rejected();
        var options = new CertificateValidationOptions { FirstContact = policy, KeepFirstContactCertificates = keep };
        await Plant.Validator(plant.Folder, options, rejected: rejected).ValidateAsync(Plant.Client(Plant.SelfSigned(Plant.Pump)));
        plant.Names("rejected/certs").Count.ShouldBe(expected);
    }

    [Theory]
    [InlineData("node-opcua", "Pump 1[{0}].pem", "rejected")]
    [InlineData("open62541-filestore", "Pump 1[{1}]", "rejected/certs")]
    [InlineData("ua-sdk-cpp", "Pump 1 [{1}].der", "rejected")]
    public async Task Each_layout_has_its_own_place_and_name(string layout, string name, string directory)
    {
        using var plant = new PlantFolder(layout);
        using var rejected = plant.Rejected();
        var pump = Plant.SelfSigned(Plant.Pump);
        await rejected.KeepAsync(pump);
        plant.Names(directory).ShouldBe([string.Format(null, name, pump.Thumbprint.ToLowerInvariant(), pump.Thumbprint)]);
        (await plant.Folder.ListAsync()).Single().Certificate.ShouldBe(pump);
    }
}
