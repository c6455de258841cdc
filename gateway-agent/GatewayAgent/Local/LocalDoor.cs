using System.IO.Pipes;
using System.Net.Sockets;
using System.Security.AccessControl;
using System.Security.Principal;
using System.Text;
using GatewayAgent.Configuration;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GatewayAgent.Local;

/// <summary>Where the command line meets a running agent: a Unix socket, on Windows a named pipe, each for the owner only.</summary>
internal static class LocalDoor
{
    /// <summary>sun_path has 108 bytes on Linux and 104 on macOS, the last one zero.</summary>
    private const int LongestSocketPath = 103;

    public static string NameOf(DataFolder data) => OperatingSystem.IsWindows() ? $@"\\.\pipe\{data.PipeName}" : data.Socket;

    /// <summary>Lets Kestrel listen at the door and nowhere else. A socket file that a killed agent left is removed; the lock says that nobody uses it.</summary>
    public static void Open(IWebHostBuilder host, DataFolder data)
    {
        if (OperatingSystem.IsWindows())
        {
            var allowed = OwnerAndAdministrators();
            host.UseNamedPipes(o => (o.CurrentUserOnly, o.PipeSecurity) = (false, allowed));
            host.ConfigureKestrel(o => o.ListenNamedPipe(data.PipeName));
            return;
        }

        if (Encoding.UTF8.GetByteCount(data.Socket) > LongestSocketPath)
            throw new AgentProblem(ProblemKind.Usage, $"The path of the data folder is too long: '{data.Socket}' has {Encoding.UTF8.GetByteCount(data.Socket)} bytes, and a socket can have {LongestSocketPath}. Name a shorter one with --data.");
        File.Delete(data.Socket);
        host.ConfigureKestrel(o => o.ListenUnixSocket(data.Socket));
    }

    /// <summary>Narrows the socket; the folder around it is its owner's already.</summary>
    public static void Narrow(DataFolder data)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(data.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public static HttpMessageHandler Connector(DataFolder data) => new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) => OperatingSystem.IsWindows() ? await PipeAsync(data, cancellationToken) : await SocketAsync(data, cancellationToken),
    };

    private static async ValueTask<Stream> SocketAsync(DataFolder data, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(data.Socket), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<Stream> PipeAsync(DataFolder data, CancellationToken cancellationToken)
    {
        var pipe = new NamedPipeClientStream(".", data.PipeName, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(5_000, cancellationToken);
            return pipe;
        }
        catch
        {
            await pipe.DisposeAsync();
            throw;
        }
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static PipeSecurity OwnerAndAdministrators()
    {
        var security = new PipeSecurity();
        using var owner = WindowsIdentity.GetCurrent();
        SecurityIdentifier[] allowed = [owner.User!, new(WellKnownSidType.BuiltinAdministratorsSid, null), new(WellKnownSidType.LocalSystemSid, null)];
        foreach (var who in allowed) security.AddAccessRule(new PipeAccessRule(who, PipeAccessRights.FullControl, AccessControlType.Allow));
        return security;
    }
}
