using BenchmarkDotNet.Attributes;
using Ua.Core;
using Ua.Security;

namespace Benchmarks.Crypto;

/// <summary>One chunk of a message, signed and encrypted (Basic256Sha256), then decrypted and checked.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class ChunkBenchmarks
{
    private const int Header = 16;

    private IChunkProtector _sender = null!;
    private IChunkProtector _receiver = null!;
    private byte[] _chunk = [];

    [Params(200, 8_000, 60_000)]
    public int Content { get; set; }

    [GlobalSetup]
    public void Open()
    {
        var policy = SecurityPolicies.Basic256Sha256;
        using IKeyAgreement client = policy.CreateHandshake(), server = policy.CreateHandshake();
        _sender = client.Derive(server.LocalNonce, ChannelRole.Client, MessageSecurityMode.SignAndEncrypt, null).Sending;
        _receiver = server.Derive(client.LocalNonce, ChannelRole.Server, MessageSecurityMode.SignAndEncrypt, null).Receiving;
        _chunk = new byte[Header + _sender.ProtectedSize(Content)];
    }

    [GlobalCleanup]
    public void Close()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    [Benchmark]
    public int ProtectAndUnprotect()
    {
        _sender.Protect(_chunk, Header, Content, default);
        return _receiver.Unprotect(_chunk, Header, default);
    }
}
