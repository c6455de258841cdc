using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TestKit.Processes;

/// <summary>
/// A port of this machine that nobody listens on, for programs that must come back on the same one. It lies below the ports
/// that systems give to clients, so that no client takes it, or meets itself on it, while the program is away.
/// </summary>
public static class FreePort
{
    private const int First = 20_000, Last = 32_000, Attempts = 100;

    public static int Find()
    {
        for (var i = 0; i < Attempts; i++)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            if (IsFree(port)) return port;
        }

        throw new InvalidOperationException($"None of {Attempts} ports between {First} and {Last} is free.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
