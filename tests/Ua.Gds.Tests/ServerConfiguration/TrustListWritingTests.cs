using Ua.Core;

namespace Ua.Gds.Tests.ServerConfiguration;

/// <summary>Changing the trust list of a server by its file methods (Part 12, 7.8.2).</summary>
public sealed class TrustListWritingTests : IAsyncLifetime
{
    private const uint Handle = 5;

    private static readonly TrustListDataType s_list = new(TrustListMasks.All, [new byte[3000]], [[1]], [[2]], [[3]]);

    private readonly List<string> _calls = [];
    private readonly MemoryStream _written = new();
    private ScriptedConfiguration _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedConfiguration.StartAsync();
        _server.On(12647, inputs => [Called($"Open {inputs[0].Value}", Handle)]);
        _server.On(12655, inputs =>
        {
            inputs[0].Value.ShouldBe(Handle);
            _written.Write((byte[])inputs[1].Value!);
            _calls.Add($"Write {((byte[])inputs[1].Value!).Length}");
            return [];
        });
        _server.On(12666, inputs => [Called($"CloseAndUpdate {inputs[0].Value}", true)]);
        _server.On(12650, inputs =>
        {
            _calls.Add($"Close {inputs[0].Value}");
            return [];
        });
        _server.Set(12911, 1000u);
    }

    public ValueTask DisposeAsync()
    {
        _written.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task A_list_is_written_in_blocks_that_the_server_takes()
    {
        (await (await OpenAsync()).WriteAsync(s_list, cancellationToken: Ct)).ShouldBeTrue();
        _written.ToArray().ShouldBe(TrustListContent.Encode(s_list));
        _calls.First().ShouldBe("Open 6");
        _calls.Where(c => c.StartsWith("Write", StringComparison.Ordinal)).Take(3).ShouldAllBe(c => c == "Write 1000");
        _calls.Last().ShouldBe("CloseAndUpdate 5");
    }

    [Fact]
    public async Task A_list_that_is_too_large_for_the_server_is_not_begun()
    {
        var error = await Should.ThrowAsync<UaException>((await OpenAsync()).WriteAsync(s_list, maxSize: 2000, Ct));
        error.StatusCode.ShouldBe(StatusCodes.BadRequestTooLarge);
        error.Message.ShouldContain("MaxTrustListSize");
        _calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_the_server_refuses_is_closed_and_discarded()
    {
        _server.On(12666, _ => throw new UaException(StatusCodes.BadCertificateInvalid, "The second is no certificate."));
        (await Should.ThrowAsync<UaException>((await OpenAsync()).WriteAsync(s_list, cancellationToken: Ct))).StatusCode.ShouldBe(StatusCodes.BadCertificateInvalid);
        _calls.Last().ShouldBe("Close 5");
    }

    [Fact]
    public async Task Single_certificates_are_added_and_removed()
    {
        _server.On(12668, inputs => Noted($"Add {inputs[1].Value}"));
        _server.On(12670, inputs => Noted($"Remove {inputs[0].Value} {inputs[1].Value}"));
        var list = await OpenAsync();
        await list.AddCertificateAsync([0x30], isTrusted: true, Ct);
        await list.RemoveCertificateAsync("AB", isTrusted: false, Ct);
        _calls.ShouldBe(["Add True", "Remove AB False"]);
    }

    [Fact]
    public async Task A_server_that_knows_only_AddCertificate_says_so()
    {
        var whole = await OpenAsync();
        whole.CanBeReplaced.ShouldBeTrue();
        _server.Remove(12666);
        var list = await OpenAsync();
        list.CanBeReplaced.ShouldBeFalse();
        list.TakesSingleCertificates.ShouldBeTrue();
    }

    private Task<TrustListFile> OpenAsync() => OpenListAsync(ObjectIds.ServerDefaultApplicationGroupTrustList);

    private async Task<TrustListFile> OpenListAsync(NodeId id) => await (await _server.OpenAsync()).OpenTrustListAsync(id, Ct);

    private Variant Called(string call, Variant answer)
    {
        _calls.Add(call);
        return answer;
    }

    private Variant[] Noted(string call)
    {
        _calls.Add(call);
        return [];
    }
}
