using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;
using Ua.Transport;

namespace Ua.Server.Hosting;

/// <summary>The certificates with which this server answers: new channels get the current one, open channels keep theirs.</summary>
internal sealed class OwnCertificates(IApplicationIdentitySource identity)
{
    private const int MostKept = 8;

    private readonly Lock _gate = new();
    private readonly List<OwnCertificate> _known = [];

    /// <summary>The certificate that a new channel shows; null where no key fits the policy.</summary>
    public OwnCertificate? Current(ISecurityPolicy policy) =>
        identity.Current.For(policy.Uri) is { } own ? Remember(own) : null;

    /// <summary>The certificate for answers on a channel: what it was opened with, and the first one on a channel without security.</summary>
    public OwnCertificate Of(IServerChannel channel)
    {
        if (channel.ServerCertificate is not { } chain) return Remember(identity.Current.Primary);
        foreach (var current in identity.Current.Certificates)
            if (current.ChainBytes.AsSpan().SequenceEqual(chain)) return Remember(current);
        lock (_gate)
        {
            return _known.Find(known => known.Chain.AsSpan().SequenceEqual(chain))
                ?? throw new UaException(StatusCodes.BadSecureChannelClosed, "The certificate of this channel was replaced too long ago; open a new channel.");
        }
    }

    private OwnCertificate Remember(IdentityCertificate own)
    {
        lock (_gate)
        {
            foreach (var known in _known)
                if (known.Chain.AsSpan().SequenceEqual(own.ChainBytes)) return known;
            var added = new OwnCertificate(own.ChainBytes, own.Key.Rsa);
            _known.Add(added);
            if (_known.Count > MostKept) _known.RemoveAt(0);
            return added;
        }
    }
}
