using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using TestKit;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.ServerConfiguration;

namespace Ua.Server.Tests.ServerConfiguration;

/// <summary>Several groups and applications change together, whatever instant the process is killed at.</summary>
public sealed class ChangeJournalTests : IDisposable
{
    private readonly TempFolder _state = new();
    private readonly FolderGateway _one = new("one", "twincat-opcua-gateway");
    private readonly FolderGateway _two = new("two", "spec-annex-f");
    private readonly TestAuthority _authority = new("Plant CA");
    private readonly ChangeJournal _journal;
    private readonly IdentityCertificate _own;

    public ChangeJournalTests()
    {
        _journal = Journal();
        var key = KeyPair.Import(TestKey.Of(2048, "b").Rsa.ExportPkcs8PrivateKey());
        _own = new IdentityCertificate(_authority.Issue("gateway", key.PublicKey, "urn:test:gateway"), key, [_authority.Certificate]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_was_decided_is_completed_after_a_kill_wherever_it_came(int applied)
    {
        var changes = Changes();
        var file = await _journal.BeginAsync(changes, CancellationToken.None);
        OwnerOnlyDirectory.IsReadableByOthers(file).ShouldBeFalse();
        foreach (var (group, change) in changes.Take(applied)) (await group.Group.ApplyAsync(change, ChangeJournal.UpdateOf(file), CancellationToken.None)).ShouldBeTrue();

        using var restarted = Journal();
        await restarted.RecoverAsync(_two, CancellationToken.None);
        (await StateAsync(_two)).ShouldBe([true]);
        File.Exists(file).ShouldBeTrue("the other application is not there yet");
        await restarted.RecoverAsync(_one, CancellationToken.None);
        (await StateAsync(_one)).ShouldBe([true, true]);
        (_one.Reloads, _two.Reloads).ShouldBe((1, 1));
        Directory.EnumerateFiles(_state.FullPath).ShouldBeEmpty();
        await restarted.RecoverAsync(_one, CancellationToken.None);
        _one.Reloads.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_cannot_be_completed_after_a_kill_is_taken_back_from_every_group(int applied)
    {
        var changes = Changes();
        var file = await _journal.BeginAsync(changes, CancellationToken.None);
        foreach (var (group, change) in changes.Take(applied)) await group.Group.ApplyAsync(change, ChangeJournal.UpdateOf(file), CancellationToken.None);
        _one.Failure = new UaException(StatusCodes.BadNotConnected, "The gateway does not answer.");

        using var restarted = Journal();
        await restarted.RecoverAsync(_one, CancellationToken.None);
        (await StateAsync(_one)).ShouldBe([false, false]);
        _one.Failure = null;
        await restarted.RecoverAsync(_one, CancellationToken.None);
        (await StateAsync(_one)).ShouldBe([false, false], "what was taken back does not come again");
    }

    [Fact]
    public async Task A_group_that_fails_after_a_kill_takes_the_others_back()
    {
        var changes = Changes().Take(2).ToList();
        var file = await _journal.BeginAsync(changes, CancellationToken.None);
        await changes[0].Key.Group.ApplyAsync(changes[0].Value, ChangeJournal.UpdateOf(file), CancellationToken.None);
        _one.Groups = [_one.Groups[0], new BrokenGroup(_one.Groups[1])];

        using var restarted = Journal();
        await restarted.RecoverAsync(_one, CancellationToken.None);
        (await StateAsync(_one)).ShouldBe([false, false]);
        Directory.EnumerateFiles(_state.FullPath).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_decision_of_long_ago_does_not_undo_what_came_after_it()
    {
        var changes = Changes();
        var file = await _journal.BeginAsync(changes, CancellationToken.None);
        await changes[0].Key.Group.ApplyAsync(changes[0].Value, ChangeJournal.UpdateOf(file), CancellationToken.None);
        var later = new TestAuthority("Later CA").Certificate;
        await _one.Folders[1].TrustAsync(later);

        using var restarted = Journal();
        await restarted.RecoverAsync(_one, CancellationToken.None);
        (await StateAsync(_one)).ShouldBe([false, false]);
        (await _one.Folders[1].CurrentAsync()).TrustedCertificates.ShouldHaveSingleItem().Certificate.ShouldBe(later);
    }

    [Fact]
    public async Task A_decision_that_is_being_carried_out_is_not_taken_up_by_an_application_that_comes_back()
    {
        var file = await _journal.BeginAsync(Changes(), CancellationToken.None);
        await _journal.RecoverAsync(_one, CancellationToken.None);
        (await StateAsync(_one)).ShouldBe([false, false]);
        File.Exists(file).ShouldBeTrue();
        await _journal.EndAsync(file);
        Directory.EnumerateFiles(_state.FullPath).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failure_takes_back_what_was_done_and_leaves_nothing_behind()
    {
        _two.Failure = new UaException(StatusCodes.BadNotConnected, "The gateway does not answer.");
        var errors = await Execution().RunAsync(Changes(), CancellationToken.None);
        errors.ShouldHaveSingleItem().Error.ShouldBe(StatusCodes.BadNotConnected);
        (await StateAsync(_one)).ShouldBe([false, false]);
        (await StateAsync(_two)).ShouldBe([false]);
        Directory.EnumerateFiles(_state.FullPath).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_takes_back_the_others()
    {
        var broken = new BrokenGroup(_two.Groups[0]);
        var changes = new List<KeyValuePair<GroupObject, CertificateGroupChange>>(Changes());
        changes[2] = new(new GroupObject(_two, broken, new NodeId(2, 1), new NodeId(12, 1)), changes[2].Value);
        (await Execution().RunAsync(changes, CancellationToken.None)).ShouldHaveSingleItem().Error.ShouldBe(StatusCodes.BadResourceUnavailable);
        (await StateAsync(_one)).ShouldBe([false, false]);
        _two.Reloads.ShouldBe(0);
    }

    [Fact]
    public async Task A_change_that_is_not_sound_touches_nothing()
    {
        var group = new GroupObject(_one, _one.Groups[0], new NodeId(1, 1), new NodeId(11, 1));
        var change = new CertificateGroupChange { Slots = [new SlotChange(PushedServer.RsaSha256, _own)] };
        var errors = await Execution().RunAsync(new Dictionary<GroupObject, CertificateGroupChange> { [group] = change }, CancellationToken.None);
        errors[0].Error.ShouldBe(StatusCodes.BadCertificateChainIncomplete, "the authority is in no trust list");
        (await StateAsync(_one)).ShouldBe([false, false]);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _one.Dispose();
        _two.Dispose();
        _state.Dispose();
    }

    private ChangeJournal Journal() => new(_state.FullPath, TimeProvider.System, NullLogger<ChangeJournal>.Instance);

    private ChangeExecution Execution() => new(
        _journal, new PendingKeys(_state.File("keys")), new CertificateReview(TimeProvider.System), NullLogger<ChangeExecution>.Instance);

    private List<KeyValuePair<GroupObject, CertificateGroupChange>> Changes()
    {
        var crl = CertificateRevocationList.Parse(_authority.Crl());
        var change = new CertificateGroupChange
        {
            TrustList = new TrustListSet([_authority.Certificate], [crl], [], []),
            Slots = [new SlotChange(PushedServer.RsaSha256, _own)],
        };
        uint id = 1;
        return
        [
            .. new[] { _one, _two }.SelectMany(a => a.Groups.Select(g => new KeyValuePair<GroupObject, CertificateGroupChange>(
                new GroupObject(a, g, new NodeId(id, 1), new NodeId(10 + id++, 1)), change))),
        ];
    }

    /// <summary>Per store, whether it has the new list and the new pair; a store with one of the two fails.</summary>
    private async Task<bool[]> StateAsync(FolderGateway gateway)
    {
        List<bool> states = [];
        for (var store = 0; store < gateway.Folders.Count; store++)
        {
            var hasList = (await gateway.Folders[store].CurrentAsync()).TrustedCertificates.Any(c => c.Certificate.Equals(_authority.Certificate));
            var hasOwn = (await gateway.OwnAsync(store)).Any(c => c.Certificate.Equals(_own.Certificate));
            hasOwn.ShouldBe(hasList);
            states.Add(hasOwn);
        }

        return [.. states];
    }

    private sealed class BrokenGroup(ICertificateGroup group) : ICertificateGroup
    {
        public event Action? Changed
        {
            add => group.Changed += value;
            remove => group.Changed -= value;
        }

        public CertificateGroupFacts Facts => group.Facts;

        public ValueTask<CertificateGroupState> ReadAsync(CancellationToken cancellationToken) => group.ReadAsync(cancellationToken);

        public ValueTask<IReadOnlyList<ChangeProblem>> CheckAsync(CertificateGroupChange change, CancellationToken cancellationToken) => group.CheckAsync(change, cancellationToken);

        public Task<bool> ApplyAsync(CertificateGroupChange change, string update, CancellationToken cancellationToken) => throw new IOException("The disk is full.");

        public Task UndoAsync(string update, CancellationToken cancellationToken) => group.UndoAsync(update, cancellationToken);
    }
}
