using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Gds.Tests.Directory;

/// <summary>Reading a TrustList object through its file methods (Part 12, 7.8.2).</summary>
public sealed class TrustListFileTests : IAsyncLifetime
{
    private const uint Handle = 77;

    private static readonly TrustListIds s_methods = GroupIds.DefaultApplication.Methods;

    private readonly List<string> _calls = [];
    private ScriptedDirectory _gds = null!;
    private byte[] _content = [];
    private int _position;
    private int _blockSize = 1000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private NodeId TrustList => GroupIds.DefaultApplication.TrustListNode(_gds.NamespaceIndex);

    public async ValueTask InitializeAsync()
    {
        _gds = await ScriptedDirectory.StartAsync();
        _gds.On(DirectoryMethodIds.GetTrustList, _ => [TrustList]);
        _gds.On(s_methods.Open, inputs => Opened($"Open {inputs[0].Value}"));
        _gds.On(s_methods.OpenWithMasks, inputs => Opened($"OpenWithMasks {inputs[0].Value}"));
        _gds.On(s_methods.Read, inputs => [Read((uint)inputs[0].Value!, (int)inputs[1].Value!)]);
        _gds.On(s_methods.Close, inputs =>
        {
            _calls.Add($"Close {inputs[0].Value}");
            return [];
        });
    }

    public ValueTask DisposeAsync() => _gds.DisposeAsync();

    [Fact]
    public async Task A_list_is_read_in_blocks_until_there_is_nothing_more()
    {
        _content = TrustListContent.Encode(new TrustListDataType(TrustListMasks.All, [new byte[5000]], [[1]], [[2]], [[3]]));
        var list = await _gds.Client.ReadTrustListAsync(await _gds.Client.GetTrustListAsync(new NodeId("app", 3), NodeId.Null, Ct), cancellationToken: Ct);
        list.TrustedCertificates.Single()!.Length.ShouldBe(5000);
        list.IssuerCrls.Single().ShouldBe([3]);
        _calls.First().ShouldBe("Open 1");
        _calls.Count(c => c == "Read").ShouldBe(7);
        _calls.Last().ShouldBe("Close 77");
    }

    [Fact]
    public async Task A_part_of_a_list_is_opened_with_its_mask()
    {
        _content = TrustListContent.Encode(new TrustListDataType(TrustListMasks.TrustedCrls, [], [[1]], [], []));
        (await _gds.Client.ReadTrustListAsync(TrustList, TrustListMasks.TrustedCrls, Ct)).TrustedCrls.Length.ShouldBe(1);
        _calls.First().ShouldBe("OpenWithMasks 2");
    }

    [Fact]
    public async Task A_malformed_list_is_refused_and_closed()
    {
        _content = [15, 0, 0, 0, 1, 0, 0, 0];
        (await Should.ThrowAsync<UaException>(_gds.Client.ReadTrustListAsync(TrustList, cancellationToken: Ct))).StatusCode.ShouldBe(StatusCodes.BadDecodingError);
        _calls.Last().ShouldBe("Close 77");
    }

    [Fact]
    public async Task A_list_that_does_not_end_is_given_up_and_closed()
    {
        _blockSize = 200_000;
        _content = new byte[TrustListContent.LargestSize + 1];
        (await Should.ThrowAsync<UaException>(_gds.Client.ReadTrustListAsync(TrustList, cancellationToken: Ct))).StatusCode.ShouldBe(StatusCodes.BadEncodingLimitsExceeded);
        _calls.Last().ShouldBe("Close 77");
    }

    [Fact]
    public async Task A_list_that_was_read_counts_although_it_cannot_be_closed()
    {
        _content = TrustListContent.Encode(new TrustListDataType(TrustListMasks.All, [[9]], [], [], []));
        _gds.On(s_methods.Close, _ => throw new UaException(StatusCodes.BadInvalidArgument, "The handle is gone."));
        (await _gds.Client.ReadTrustListAsync(TrustList, cancellationToken: Ct)).TrustedCertificates.Single().ShouldBe([9]);
    }

    [Fact]
    public async Task A_list_that_cannot_be_opened_is_an_error()
    {
        _gds.On(s_methods.Open, _ => throw new UaException(StatusCodes.BadUserAccessDenied, "Not yours."));
        (await Should.ThrowAsync<UaException>(_gds.Client.ReadTrustListAsync(TrustList, cancellationToken: Ct))).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
        _calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_time_of_the_last_update()
    {
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        _gds.Server.Space.Get<VariableNode>(new NodeId(s_methods.LastUpdateTime, _gds.NamespaceIndex)).SetValue(time, time);
        (await _gds.Client.ReadLastUpdateTimeAsync(TrustList, Ct)).ShouldBe(time);
    }

    private Variant[] Opened(string call)
    {
        _calls.Add(call);
        _position = 0;
        return [Handle];
    }

    private byte[] Read(uint handle, int length)
    {
        handle.ShouldBe(Handle);
        _calls.Add("Read");
        var block = _content.AsSpan(_position, Math.Min(Math.Min(length, _blockSize), _content.Length - _position)).ToArray();
        _position += block.Length;
        return block;
    }
}
