using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

/// <summary>A raw connection that does everything right up to any point, and then whatever the test wants.</summary>
internal sealed partial class ScriptedPeer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly NetworkStream _stream;
    private readonly TimeProvider _time;

    private ScriptedPeer(Socket socket, TimeProvider? time)
    {
        socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _time = time ?? TimeProvider.System;
    }

    public Handshake Handshake { get; private set; } = null!;

    public SecureConversation Conversation { get; private set; } = null!;

    /// <summary>The last token that was issued.</summary>
    public ChannelSecurityToken Token { get; private set; } = null!;

    /// <summary>A message of the types that have no security.</summary>
    public static byte[] Plain<T>(MessageTypes type, T body)
        where T : IUaStructure<T> => Written(output => ChunkEncoder.WritePlain(output, type, body));

    /// <summary>Any message: type and chunk type as text, the size as it is or as the test wants it.</summary>
    public static byte[] Raw(string type, byte[] body, uint? size = null)
    {
        byte[] message = [.. Encoding.ASCII.GetBytes(type), 0, 0, 0, 0, .. body];
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(4), size ?? (uint)message.Length);
        return message;
    }

    /// <summary>A chunk under the newest token, correct in all that is not said otherwise.</summary>
    public byte[] Chunk(byte[] body, char chunkType = 'F', uint requestId = 2, MessageTypes type = MessageTypes.Message, ChannelToken? token = null) =>
        Written(output => ChunkEncoder.WriteChunk(output, Conversation, token ?? Conversation.Tokens.Newest, type, chunkType, requestId, body));

    /// <summary>An OpenSecureChannel request under what <see cref="Use"/> settled.</summary>
    public byte[] OpenRequest(
        SecurityTokenRequestType type, MessageSecurityMode mode, byte[]? nonce, uint lifetime = 3_600_000, uint requestId = 1, IServiceMessage? body = null)
    {
        body ??= new OpenSecureChannelRequest(RequestHeader.Empty with { RequestHandle = 7 }, 0, type, mode, nonce, lifetime);
        return Written(output => ChunkEncoder.WriteOpen(output, Conversation, Handshake, requestId, body, int.MaxValue));
    }

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes).AsTask().WaitAsync(s_patience);

    /// <summary>Sends one byte a second until the other side has had enough.</summary>
    public async Task TrickleAsync(byte[] bytes, FakeTimeProvider time, Task refused)
    {
        foreach (var one in bytes)
        {
            if (refused.IsCompleted) break;
            try
            {
                await _stream.WriteAsync(new[] { one });
            }
            catch (IOException)
            {
                break;
            }

            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        await refused;
    }

    public Task SendAsync(IServiceMessage request, uint requestId = 2) => SendAsync(Chunk(ServiceMessages.ToBytes(request), requestId: requestId));

    /// <summary>The next message whole; empty where the other side has closed.</summary>
    public async Task<byte[]> ReadAsync()
    {
        var header = await ReadExactlyAsync(Frame.HeaderSize);
        if (header.Length == 0) return header;
        return [.. header, .. await ReadExactlyAsync(BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4)) - Frame.HeaderSize)];
    }

    /// <summary>The next message, which must be of this type.</summary>
    public async Task<byte[]> ReadAsync(string type)
    {
        var message = await ReadAsync();
        TypeOf(message).ShouldBe(type, customMessage: TypeOf(message) == "ERR" ? ErrorOf(message).ToString() : null);
        return message;
    }

    /// <summary>The body of the next message, which must be one MSG chunk.</summary>
    public async Task<byte[]> ReadBodyAsync()
    {
        var bytes = await ReadAsync("MSG");
        return Conversation.Open(new Frame(bytes, bytes.Length, MessageTypes.Message), out _).ToArray();
    }

    public async Task<TResponse> ReadResponseAsync<TResponse>()
        where TResponse : IServiceResponse<TResponse> => ServiceMessages.ReadResponse<TResponse>(await ReadBodyAsync());

    /// <summary>The other side must end the connection with this ERR message.</summary>
    public async Task<string> ShouldBeRefusedAsync(StatusCode status)
    {
        byte[] message;
        do message = await ReadAsync();
        while (TypeOf(message) is "MSG" or "ACK" or "OPN");
        TypeOf(message).ShouldBe("ERR");
        var error = ErrorOf(message);
        error.Error.ShouldBe(status, customMessage: error.Reason);
        error.Reason.ShouldNotBeNullOrEmpty();
        error.Reason.ShouldNotContain(" at Ua.");
        _stream.Socket.Shutdown(SocketShutdown.Send);
        (await ReadAsync()).ShouldBeEmpty("nothing may follow an ERR message");
        return error.Reason!;
    }

    /// <summary>The other side must close without a word.</summary>
    public async Task ShouldBeClosedAsync() => (await ReadAsync()).ShouldBeEmpty();

    public void CloseSending() => _stream.Socket.Shutdown(SocketShutdown.Send);

    /// <summary>Gives up the connection in the hardest way.</summary>
    public void Reset()
    {
        _stream.Socket.LingerState = new LingerOption(true, 0);
        _stream.Socket.Close();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static string TypeOf(byte[] message) => message.Length < 3 ? "nothing" : Encoding.ASCII.GetString(message, 0, 3);

    private static ErrorMessage ErrorOf(byte[] message) => UaReader.FromBytes<ErrorMessage>(message.AsSpan(Frame.HeaderSize));

    private static byte[] Written(Action<ArrayBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>So many bytes, or none where the other side closes or resets first.</summary>
    private async Task<byte[]> ReadExactlyAsync(int count)
    {
        var buffer = new byte[count];
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            var read = await _stream.ReadAtLeastAsync(buffer, count, throwOnEndOfStream: false, patience.Token);
            return read == count ? buffer : [];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
