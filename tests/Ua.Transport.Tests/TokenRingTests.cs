using Microsoft.Extensions.Time.Testing;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

/// <summary>Which token is used when (Part 4, 5.6.2).</summary>
public sealed class TokenRingTests : IDisposable
{
    private readonly TokenRing _ring = new(TimeProvider.System);

    public void Dispose() => _ring.Dispose();

    [Fact]
    public void A_client_stays_with_its_new_token_when_answers_come_late_under_the_old_one()
    {
        ChannelToken first = Token(1), second = Token(2), third = Token(3);
        _ring.Adopt(first);
        _ring.Adopt(second);
        _ring.Confirm(_ring.Find(1));
        _ring.Sending.ShouldBe(second);
        _ring.Confirm(_ring.Find(2));
        _ring.Sending.ShouldBe(second);
        _ring.Adopt(third);
        _ring.Knows(1).ShouldBeFalse();
        _ring.Knows(2).ShouldBeTrue();
        _ring.Newest.ShouldBe(third);
    }

    [Fact]
    public void A_server_goes_over_to_a_token_that_the_client_has_used()
    {
        ChannelToken first = Token(1), second = Token(2);
        _ring.Offer(first);
        _ring.Offer(second);
        _ring.Confirm(_ring.Find(1));
        _ring.Sending.ShouldBe(first);
        _ring.Confirm(_ring.Find(2));
        _ring.Sending.ShouldBe(second);
        _ring.Knows(1).ShouldBeFalse();
    }

    [Fact]
    public void A_server_goes_over_to_an_unused_token_when_the_old_one_has_expired()
    {
        var time = new FakeTimeProvider();
        using var ring = new TokenRing(time);
        ChannelToken first = Token(1, time);
        ring.Offer(first);
        time.Advance(TimeSpan.FromSeconds(45));
        var second = Token(2, time);
        ring.Offer(second);
        time.Advance(TimeSpan.FromSeconds(29));
        ring.Sending.ShouldBe(first);
        ring.Newest.ShouldBe(second);
        time.Advance(TimeSpan.FromSeconds(1));
        ring.Sending.ShouldBe(second);
        Should.Throw<UaException>(() => ring.Find(1)).StatusCode.ShouldBe(StatusCodes.BadSecureChannelTokenUnknown);
    }

    private static ChannelToken Token(uint id, TimeProvider? time = null) => ChannelToken.Create(id, new ChannelKeys(new Unprotected(), new Unprotected()), 60_000, time ?? TimeProvider.System);

    private sealed class Unprotected : IChunkProtector
    {
        public int ProtectedSize(int contentLength) => contentLength;

        public int MaxContentLength(int room) => room;

        public void Protect(Span<byte> chunk, int headerLength, int contentLength, in ChunkPlace place) => throw new InvalidOperationException("Nothing is sent here.");

        public int Unprotect(Span<byte> chunk, int headerLength, in ChunkPlace place) => throw new InvalidOperationException("Nothing is received here.");

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
