namespace Ua.Core.Tests;

/// <summary>Random values and damaged messages, with seeds that are fixed so that a failure can be found again.</summary>
public sealed class Fuzz
{
    private static readonly EncodingLimits s_limits = new() { MaxStringLength = 10_000, MaxByteStringLength = 10_000, MaxArrayLength = 1_000, MaxDepth = 20 };

    /// <summary>One encoded request of every service, taken from the golden messages' values.</summary>
    private static readonly byte[][] s_requests = [.. Samples.Requests.Select(r => ServiceMessages.ToBytes(r))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_variants_survive_a_round_trip(int seed)
    {
        var values = new RandomValues(new Random(seed));
        for (var i = 0; i < 2_000; i++)
        {
            var value = values.Variant(depth: 4);
            var bytes = Golden.Written(value, (ref w, v) => w.Variant(v));
            var again = Golden.Read(bytes, (ref r) => r.Variant());
            Golden.Written(again, (ref w, v) => w.Variant(v)).ShouldBe(bytes, $"seed {seed}, value {i}");
            again.ShouldBe(value, $"seed {seed}, value {i}");
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_damaged_request_is_decoded_or_refused_and_never_breaks_the_decoder(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Damaged(s_requests[random.Next(s_requests.Length)], random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var decoded = ServiceMessages.ReadRequest(bytes, s_limits);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000 + (200 * bytes.Length), $"seed {seed}, message {i}");
            if (decoded.Failure is null) ServiceMessages.ToBytes(decoded.Request!).ShouldNotBeEmpty();
            else decoded.Failure.StatusCode.ShouldBeOneOf(StatusCodes.BadDecodingError, StatusCodes.BadEncodingLimitsExceeded, StatusCodes.BadServiceUnsupported);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void A_damaged_variant_is_decoded_or_refused_and_what_is_decoded_can_be_written(int seed)
    {
        var random = new Random(seed);
        var values = new RandomValues(random);
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = Damaged(Golden.Written(values.Variant(depth: 3), (ref w, v) => w.Variant(v)), random);
            try
            {
                var value = Golden.Read(bytes, (ref r) => r.Variant(), s_limits);
                var rewritten = Golden.Written(value, (ref w, v) => w.Variant(v));
                Golden.Read(rewritten, (ref r) => r.Variant()).ShouldBe(value, $"seed {seed}, value {i}");
            }
            catch (UaException e)
            {
                e.StatusCode.ShouldBeOneOf(StatusCodes.BadDecodingError, StatusCodes.BadEncodingLimitsExceeded);
            }
        }
    }

    [Fact]
    public void Noise_is_refused()
    {
        var random = new Random(9);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(0, 300)];
            random.NextBytes(bytes);
            ServiceMessages.ReadRequest(bytes, s_limits).Failure.ShouldNotBeNull();
        }
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        var copy = bytes.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && copy.Count > 0; changes--)
        {
            var at = random.Next(copy.Count);
            switch (random.Next(5))
            {
                case 0: copy[at] = (byte)random.Next(256); break;
                case 1: copy[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: copy.RemoveRange(at, Math.Min(random.Next(1, 9), copy.Count - at)); break;
                case 3: copy.InsertRange(at, BitConverter.GetBytes(random.Next(-3, 70_000))); break;
                default: copy.InsertRange(at, copy.GetRange(at, Math.Min(random.Next(1, 60), copy.Count - at))); break;
            }
        }

        return [.. copy];
    }
}
