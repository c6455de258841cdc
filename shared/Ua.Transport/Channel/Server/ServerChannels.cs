using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Transport;

/// <summary>Counts since the start, except for the two that say what is open now.</summary>
public sealed record TransportCounts(int OpenConnections, int OpenChannels, long Connections, long Channels, long RejectedConnections, long RejectedChannels, long DroppedChannels);

/// <summary>The connections and channels of a server: who may come in, who must go, who is there.</summary>
public sealed class ServerChannels(UaTcpOptions options)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<ServerConnection> _connections = [];
    private readonly Dictionary<uint, ServerChannel> _channels = [];
    private readonly LinkedList<ServerChannel> _byAge = [];
    private long _connectionCount, _channelCount, _rejectedConnections, _rejectedChannels, _dropped;

    /// <summary>The channels open at this moment.</summary>
    public IReadOnlyList<IServerChannel> Open
    {
        get
        {
            lock (_lock) return [.. _byAge];
        }
    }

    public TransportCounts Counts
    {
        get
        {
            lock (_lock)
                return new(_connections.Count, _channels.Count, _connectionCount, _channelCount, _rejectedConnections, _rejectedChannels, _dropped);
        }
    }

    /// <summary>Closes the channels that fit, each with an ERR message, and says how many they were.</summary>
    public int Abort(Predicate<IServerChannel> which, StatusCode status, string reason)
    {
        var chosen = Open.Where(channel => which(channel)).ToList();
        foreach (var channel in chosen) channel.Abort(status, reason);
        return chosen.Count;
    }

    /// <summary>
    /// Lets a connection in; when there are too many, the oldest one that has not opened a channel makes room, and when there
    /// are too many without a session, the oldest of those.
    /// </summary>
    /// <returns>False where nobody can make room.</returns>
    internal bool TryEnter(ServerConnection connection)
    {
        ServerConnection? leaving = null;
        lock (_lock)
        {
            var crowded = _connections.Count >= options.MaxConnectionsWithoutSession && _connections.Count(c => !c.HasSession) >= options.MaxConnectionsWithoutSession;
            if (crowded || _connections.Count >= options.MaxConnections)
            {
                leaving = _connections.FirstOrDefault(c => !c.HasChannel) ?? (crowded ? _connections.FirstOrDefault(c => !c.HasSession) : null);
                if (leaving is null)
                {
                    _rejectedConnections++;
                    return false;
                }

                _connections.Remove(leaving);
                _rejectedConnections++;
            }

            _connections.AddLast(connection);
            _connectionCount++;
        }

        leaving?.Abort(StatusCodes.BadTcpServerTooBusy, "The connection made room for a newer one.");
        return true;
    }

    internal void Leave(ServerConnection connection)
    {
        lock (_lock) _connections.Remove(connection);
    }

    /// <summary>Registers a new channel under a random id; when there are too many, the oldest one without a session makes room.</summary>
    /// <exception cref="UaException">Bad_TcpNotEnoughResources where every channel has a session.</exception>
    internal ServerChannel Add(Func<uint, ServerChannel> create)
    {
        ServerChannel? leaving = null;
        ServerChannel added;
        lock (_lock)
        {
            if (_channels.Count >= options.MaxChannels)
            {
                leaving = _byAge.FirstOrDefault(c => !c.HasSession);
                if (leaving is null) throw new UaException(StatusCodes.BadTcpNotEnoughResources, "The server has no room for another secure channel.");

                _channels.Remove(leaving.Id);
                _byAge.Remove(leaving);
                _dropped++;
            }

            added = create(FreeId());
            _channels.Add(added.Id, added);
            _byAge.AddLast(added);
            _channelCount++;
        }

        leaving?.Abort(StatusCodes.BadTcpNotEnoughResources, "The channel had no session and made room for a newer one.");
        return added;
    }

    internal void Remove(ServerChannel channel)
    {
        lock (_lock)
        {
            if (_channels.Remove(channel.Id)) _byAge.Remove(channel);
        }
    }

    internal void CountRejectedChannel()
    {
        lock (_lock) _rejectedChannels++;
    }

    private uint FreeId()
    {
        while (true)
        {
            var id = RandomIds.Next();
            if (!_channels.ContainsKey(id)) return id;
        }
    }
}

/// <summary>Ids that cannot be guessed from the ones before.</summary>
internal static class RandomIds
{
    /// <summary>Any number but 0.</summary>
    public static uint Next()
    {
        Span<byte> bytes = stackalloc byte[4];
        while (true)
        {
            RandomNumberGenerator.Fill(bytes);
            var id = BitConverter.ToUInt32(bytes);
            if (id != 0) return id;
        }
    }
}
