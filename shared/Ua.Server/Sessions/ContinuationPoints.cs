using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Server.Sessions;

/// <summary>The browses of a session that are not at their end (Part 4, 7.6).</summary>
internal sealed class ContinuationPoints(int most)
{
    private const int IdLength = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, BrowseRest> _rests = [];

    /// <summary>Keeps the rest of a browse under a new id; null where there are too many.</summary>
    public byte[]? Keep(BrowseRest rest)
    {
        var id = RandomNumberGenerator.GetBytes(IdLength);
        lock (_gate)
        {
            if (_rests.Count >= most) return null;
            _rests.Add(new Guid(id), rest);
            return id;
        }
    }

    /// <summary>Takes the rest of a browse out; null where the id is not known (any more).</summary>
    public BrowseRest? Take(byte[]? id)
    {
        if (id is not { Length: IdLength }) return null;
        lock (_gate) return _rests.Remove(new Guid(id), out var rest) ? rest : null;
    }

    public void Clear()
    {
        lock (_gate) _rests.Clear();
    }
}

/// <summary>References found and not yet sent, and how many to send at a time.</summary>
internal sealed record BrowseRest(List<ReferenceDescription> References, int Position, int AtATime);
