using BenchmarkDotNet.Attributes;
using Ua.Core;

namespace Benchmarks.Measuring;

/// <summary>Encoding and decoding of a Read response.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class CodecBenchmarks
{
    private ReadResponse _response = null!;
    private byte[] _bytes = [];

    [Params(1, 100)]
    public int Values { get; set; }

    [GlobalSetup]
    public void Make()
    {
        var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var header = new ResponseHeader(at, 1, StatusCodes.Good, null, [], null);
        _response = new ReadResponse(header, [.. Enumerable.Range(0, Values).Select(i => new DataValue(i * 1.5, SourceTimestamp: at, ServerTimestamp: at))], []);
        _bytes = Encode();
    }

    [Benchmark]
    public byte[] Encode() => UaWriter.ToBytes(_response);

    [Benchmark]
    public ReadResponse Decode() => UaReader.FromBytes<ReadResponse>(_bytes);
}
