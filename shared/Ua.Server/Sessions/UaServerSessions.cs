using Ua.Server.Nodes;

namespace Ua.Server.Sessions;

/// <summary>The sessions of this server, for code of the application that has to know them or end them.</summary>
public sealed class UaServerSessions
{
    private readonly SessionTable _table;

    internal UaServerSessions(SessionTable table) => _table = table;

    /// <summary>Who is signed in at this moment.</summary>
    public IReadOnlyList<ICallContext> Activated => [.. _table.All.Select(s => s.Binding).Where(b => b.IsActivated).Select(b => b.Context)];

    /// <summary>Ends the sessions that fit, such as those of a user who lost a right, and says how many they were.</summary>
    public int Close(Predicate<ICallContext> which)
    {
        ArgumentNullException.ThrowIfNull(which);
        return _table.All.Count(session => session.Binding.IsActivated && which(session.Context) && _table.Close(session, SessionEnd.ClosedByServer));
    }
}
