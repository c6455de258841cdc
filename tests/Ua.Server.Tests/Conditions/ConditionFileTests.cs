using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TestKit;
using Ua.Core;
using Ua.Server.Conditions;
using Ua.Server.Events;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Conditions;

/// <summary>What people set survives a restart.</summary>
public sealed class ConditionFileTests : IDisposable
{
    private static readonly NodeId s_group = new("Group", 1);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TestFacts _facts = new();

    private string Path => _folder.File("alarms.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_acknowledged_alarm_stays_acknowledged_until_something_new_happens()
    {
        Certificate("A");
        var first = (await StartAsync()).CertificateExpired;
        (await first.AcknowledgeAsync(first.State.EventId, new LocalizedText("en", "ordered"), "anna", CancellationToken.None)).ShouldBe(StatusCodes.Good);

        var second = (await StartAsync()).CertificateExpired;
        (second.State.IsAcked, second.State.IsActive, second.State.Comment, second.State.ClientUserId).ShouldBe((true, true, new LocalizedText("en", "ordered"), "anna"));
        second.State.EventId.ShouldBe(first.State.EventId);
        second.State.Time.ShouldBe(first.State.Time);

        Certificate("B");
        (await StartAsync()).CertificateExpired.State.IsAcked.ShouldBeFalse();
    }

    [Fact]
    public async Task An_alarm_that_was_seen_before_the_restart_can_be_acknowledged_after_it()
    {
        Certificate("A");
        var seen = (await StartAsync()).CertificateExpired.State.EventId;
        var again = (await StartAsync()).CertificateExpired;
        (await again.AcknowledgeAsync(seen, default, "anna", CancellationToken.None)).ShouldBe(StatusCodes.Good);
    }

    [Fact]
    public async Task A_disabled_condition_stays_disabled_and_the_other_does_not()
    {
        Certificate("A");
        (await (await StartAsync()).CertificateExpired.DisableAsync(CancellationToken.None)).ShouldBe(StatusCodes.Good);
        var alarms = await StartAsync();
        alarms.CertificateExpired.State.IsEnabled.ShouldBeFalse();
        alarms.TrustListOutOfDate.State.IsEnabled.ShouldBeTrue();
        await alarms.CertificateExpired.EnableAsync(CancellationToken.None);
        (await StartAsync()).CertificateExpired.State.IsActive.ShouldBeTrue();
    }

    [Fact]
    public async Task A_change_that_cannot_be_kept_is_not_made()
    {
        Certificate("A");
        var alarm = (await StartAsync()).CertificateExpired;
        Directory.Delete(_folder.FullPath, recursive: true);
        await Should.ThrowAsync<IOException>(alarm.DisableAsync(CancellationToken.None));
        alarm.State.IsEnabled.ShouldBeTrue();
        Directory.CreateDirectory(_folder.FullPath);
    }

    [Fact]
    public async Task A_file_of_something_else_is_named()
    {
        await File.WriteAllTextAsync(Path, "[1]", TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<InvalidDataException>(StartAsync())).Message.ShouldContain(Path);
    }

    private void Certificate(string thumbprint) =>
        _facts.Certificates = [new CertificateInForce(new NodeId(12560), thumbprint, _time.GetUtcNow().UtcDateTime.AddDays(1))];

    private async Task<GroupAlarms> StartAsync()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        var space = AddressSpace.WithStandardNodes(_time, "urn:test");
        space.AddInstance(new NodeId(85), s_group, new QualifiedName("Group", 1), new NodeId(12555));
        var register = new ConditionRegister(space, new ConditionFile(Path), new EventRouter(space), _time, NullLogger<ConditionRegister>.Instance);
        return await new CertificateGroupAlarms(space, register, _time, NullLogger<CertificateGroupAlarms>.Instance).AttachAsync(s_group, _facts);
    }
}
