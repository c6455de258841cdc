using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Crypto;

/// <summary>
/// Stands between a client and a server and counts the RSA blocks of the secured OpenSecureChannel messages that pass
/// (Part 6, 6.7.2). So what a session costs in RSA operations is read from the wire, not from our own code.
/// </summary>
internal sealed class WireTap : IAsyncDisposable
{
    private const int BlockOfRsa2048 = 256;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _serverPort;
    private readonly int _blockSize;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _requestBlocks;
    private int _responseBlocks;

    /// <param name="blockSize">Bytes of one RSA block: the size of the keys of both sides.</param>
    public WireTap(int serverPort, int blockSize)
    {
        (_serverPort, _blockSize) = (serverPort, blockSize);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What one session carried that was opened and closed through a tap.</summary>
    public static async Task<OpenExchange> SeenAsync(int serverPort, Func<string, Task> openAndClose)
    {
        await using var tap = new WireTap(serverPort, BlockOfRsa2048);
        await openAndClose(tap.Url);
        var seen = tap.Seen;
        return seen is { RequestBlocks: > 0, ResponseBlocks: > 0 } ? seen : throw new InvalidOperationException("No secured OpenSecureChannel message passed the tap.");
    }

    public string Url => $"opc.tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public OpenExchange Seen => new(_requestBlocks, _responseBlocks);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true) passing.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (_stop.IsCancellationRequested && e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var up = CopyAsync(client.GetStream(), server.GetStream(), n => Interlocked.Add(ref _requestBlocks, n), end.Token);
        var down = CopyAsync(server.GetStream(), client.GetStream(), n => Interlocked.Add(ref _responseBlocks, n), end.Token);
        await Task.WhenAny(up, down);
        await end.CancelAsync();
        await Task.WhenAll(up, down);
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, Action<int> count, CancellationToken cancellationToken)
    {
        try
        {
            var header = new byte[8];
            while (await from.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) == header.Length)
            {
                var frame = new byte[BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4))];
                header.CopyTo(frame, 0);
                await from.ReadExactlyAsync(frame.AsMemory(header.Length), cancellationToken);
                if (Encoding.ASCII.GetString(frame, 0, 3) == "OPN") count(Blocks(frame));
                await to.WriteAsync(frame, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            await to.FlushAsync(CancellationToken.None); // one side has gone; the other is closed by the caller
        }
    }

    /// <summary>Behind the message header and channel id come policy URI, certificate and thumbprint, each with its length; all after that is encrypted.</summary>
    private int Blocks(byte[] frame)
    {
        var at = 12;
        var uri = Field(frame, ref at);
        Field(frame, ref at);
        Field(frame, ref at);
        return Encoding.ASCII.GetString(uri).EndsWith("#None", StringComparison.Ordinal) ? 0 : (frame.Length - at) / _blockSize;
    }

    private static ReadOnlySpan<byte> Field(byte[] frame, ref int at)
    {
        var length = Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(at)));
        at += 4;
        var field = frame.AsSpan(at, length);
        at += length;
        return field;
    }
}
