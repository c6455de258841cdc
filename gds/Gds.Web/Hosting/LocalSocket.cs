using System.IO.Pipes;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gds.Web.Hosting;

/// <summary>The local door of a GDS: a Unix socket in its data folder, on Windows a named pipe, for its owner only.</summary>
public sealed class LocalSocket
{
    /// <summary>What the address of a Unix socket can hold, in bytes.</summary>
    private const int LongestPath = 103;

    private readonly string _path;

    public LocalSocket(string dataFolder) => _path = Path.Combine(Path.GetFullPath(dataFolder), "gds.sock");

    public override string ToString() => OperatingSystem.IsWindows() ? $@"\\.\pipe\{PipeName}" : _path;

    /// <summary>A sentence where the folder cannot hold the socket; null where it can.</summary>
    public string? Fault => !OperatingSystem.IsWindows() && Encoding.UTF8.GetByteCount(_path) > LongestPath
        ? $"The path '{_path}' is too long for a Unix socket, which can have {LongestPath} bytes; choose a data folder with a shorter path."
        : null;

    /// <summary>Listens there. The caller holds the lock of the data folder, so a socket that is there was left by a process that is gone.</summary>
    public void Listen(KestrelServerOptions kestrel)
    {
        if (OperatingSystem.IsWindows())
        {
            kestrel.ListenNamedPipe(PipeName, static listen => listen.Protocols = HttpProtocols.Http1);
            return;
        }

        File.Delete(_path);
        kestrel.ListenUnixSocket(_path, static listen => listen.Protocols = HttpProtocols.Http1);
    }

    /// <summary>Takes the rights of others away; the data folder lets nobody else in meanwhile.</summary>
    public void Protect()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Removes the socket after the listener has stopped.</summary>
    public void Remove()
    {
        if (!OperatingSystem.IsWindows()) File.Delete(_path);
    }

    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            var pipe = new NamedPipeClientStream(".", PipeName, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
            await pipe.ConnectAsync(TimeSpan.FromSeconds(5), cancellationToken);
            return pipe;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string PipeName => "gds-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_path.ToUpperInvariant())).AsSpan(0, 16));
}
