using TestKit;
using Xunit.Sdk;

namespace Pki.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_created_and_replaced_and_nothing_else_stays()
    {
        var path = _folder.File("list.txt");
        await AtomicFile.WriteTextAsync(path, "first");
        await AtomicFile.WriteTextAsync(path, "second ä");
        (await File.ReadAllBytesAsync(path)).ShouldBe("second ä"u8.ToArray());
        Directory.GetFiles(_folder.FullPath).ShouldBe([path]);
    }

    [Fact]
    public async Task An_owner_only_file_has_mode_0600()
    {
        if (OperatingSystem.IsWindows()) throw SkipException.ForSkip("Unix modes");
        var path = _folder.File("key.pem");
        await AtomicFile.WriteTextAsync(path, "open");
        OwnerOnlyDirectory.IsReadableByOthers(path).ShouldBeTrue();
        await AtomicFile.WriteTextAsync(path, "secret", FileProtection.OwnerOnly);
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        OwnerOnlyDirectory.IsReadableByOthers(path).ShouldBeFalse();
    }

    [Fact]
    public void An_owner_only_directory_is_narrowed_when_it_is_wider()
    {
        if (OperatingSystem.IsWindows()) throw SkipException.ForSkip("Unix modes");
        var path = _folder.File("a", "private");
        OwnerOnlyDirectory.Create(path);
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.GetUnixFileMode(path).ShouldBe(own);
        File.SetUnixFileMode(path, own | UnixFileMode.GroupRead | UnixFileMode.OtherExecute);
        OwnerOnlyDirectory.Create(path);
        File.GetUnixFileMode(path).ShouldBe(own);
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_old_file_and_no_trace()
    {
        var path = _folder.File("list.txt");
        await AtomicFile.WriteTextAsync(path, "old");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => AtomicFile.WriteTextAsync(path, "new", cancellationToken: cancelled.Token));
        (await File.ReadAllTextAsync(path)).ShouldBe("old");
        Directory.GetFiles(_folder.FullPath).ShouldBe([path]);
    }

    [Fact]
    public async Task A_write_that_cannot_replace_its_target_leaves_no_trace()
    {
        var path = _folder.File("taken");
        Directory.CreateDirectory(path);
        await Should.ThrowAsync<Exception>(() => AtomicFile.WriteTextAsync(path, "new"));
        Directory.GetFileSystemEntries(_folder.FullPath).ShouldBe([path]);
    }

    [Fact]
    public async Task Readers_see_whole_contents_while_many_write()
    {
        var path = _folder.File("busy");
        await AtomicFile.WriteTextAsync(path, new string('0', 10_000));
        using var done = new CancellationTokenSource();
        var torn = 0;
        var reader = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                var text = File.ReadAllText(path);
                if (text.Length != 10_000 || text.Distinct().Count() != 1) Interlocked.Increment(ref torn);
            }
        });
        await Task.WhenAll(Enumerable.Range(1, 9).Select(n => AtomicFile.WriteTextAsync(path, new string((char)('0' + n), 10_000))));
        await done.CancelAsync();
        await reader;
        torn.ShouldBe(0);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_recognised_and_removed()
    {
        var kept = _folder.Write("trusted.der", "x");
        var left = _folder.Write(".trusted.der.0123456789ab.writing", "half");
        AtomicFile.IsTemporary(left).ShouldBeTrue();
        AtomicFile.IsTemporary(kept).ShouldBeFalse();
        AtomicFile.RemoveLeftovers(_folder.FullPath).ShouldBe(1);
        await AtomicFile.DeleteAsync(kept);
        await AtomicFile.DeleteAsync(kept);
        Directory.GetFiles(_folder.FullPath).ShouldBeEmpty();
    }
}
