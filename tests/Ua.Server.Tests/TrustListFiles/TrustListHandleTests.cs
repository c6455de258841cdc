using Microsoft.Extensions.Time.Testing;
using Ua.Core;
using Ua.Server.TrustListFiles;

namespace Ua.Server.Tests.TrustListFiles;

public sealed class TrustListHandleTests : IDisposable
{
    private static readonly NodeId s_list = new("one", 1);
    private static readonly NodeId s_session = new(1, 1);
    private readonly FakeTimeProvider _time = new();
    private readonly TrustListHandles _handles;

    public TrustListHandleTests() => _handles = new TrustListHandles(new TrustListFileLimits { MaxHandles = 3 }, _time);

    [Fact]
    public void A_handle_that_nobody_uses_is_closed_and_a_used_one_stays()
    {
        var idle = _handles.OpenForReading(s_list, s_session, [1]);
        var used = _handles.OpenForReading(s_list, s_session, [1]);
        _time.Advance(TimeSpan.FromSeconds(40));
        _handles.Find(used, s_list, s_session).Read(1).ShouldBe([1]);
        _time.Advance(TimeSpan.FromSeconds(40));
        Should.Throw<UaException>(() => _handles.Find(idle, s_list, s_session)).StatusCode.ShouldBe(StatusCodes.BadInvalidArgument);
        _handles.Find(used, s_list, s_session);
        _handles.OpenCount(s_list).ShouldBe((ushort)1);
    }

    [Fact]
    public void There_is_an_end_to_all_handles_together()
    {
        for (uint i = 1; i <= 3; i++) _handles.OpenForReading(s_list, new NodeId(i, 1), []);
        Should.Throw<UaException>(() => _handles.OpenForReading(s_list, new NodeId(9, 1), [])).StatusCode.ShouldBe(StatusCodes.BadTooManyOperations);
        _handles.Closed(new NodeId(1, 1));
        _handles.OpenForReading(s_list, new NodeId(9, 1), []).ShouldNotBe(0u);
    }

    [Fact]
    public void A_handle_of_another_list_is_no_handle()
    {
        var handle = _handles.OpenForReading(s_list, s_session, []);
        Should.Throw<UaException>(() => _handles.Find(handle, new NodeId("two", 1), s_session)).StatusCode.ShouldBe(StatusCodes.BadInvalidArgument);
    }

    public void Dispose() => _handles.Dispose();
}
