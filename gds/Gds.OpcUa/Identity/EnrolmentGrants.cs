using System.Collections.Concurrent;
using Gds.Core;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Identity;

/// <summary>What redeemed tokens let their bearers do, by user name and client certificate, until the token expires or is revoked.</summary>
internal sealed class EnrolmentGrants(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string User, string Thumbprint), EnrolmentGrant> _grants = [];

    public void Keep(string user, string thumbprint, EnrolmentGrant grant)
    {
        foreach (var (key, old) in _grants)
            if (old.ExpiresAt <= time.GetUtcNow().UtcDateTime) _grants.TryRemove(key, out _);
        _grants[(user, thumbprint)] = grant;
    }

    /// <summary>The grant of a session; null for users that are no token.</summary>
    public EnrolmentGrant? Find(UserIdentity user, string thumbprint) =>
        user.Kind == UserIdentityKind.UserName ? _grants.GetValueOrDefault((user.Name, thumbprint)) : null;

    /// <summary>Ends what a token allowed, also in sessions that are open.</summary>
    public void Drop(Guid tokenId)
    {
        foreach (var (key, grant) in _grants)
            if (grant.TokenId == tokenId) _grants.TryRemove(key, out _);
    }
}
