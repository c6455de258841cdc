namespace Gds.Authority;

/// <summary>Where the secret comes from that the authority's private keys are encrypted under.</summary>
public interface IKeyProtection
{
    /// <summary>For messages: "file '/var/lib/gds/ca.secret'".</summary>
    string Source { get; }

    /// <summary>Gives the secret.</summary>
    /// <param name="mayCreate">True while nothing is encrypted yet: a source that can make a secret then does.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<string> GetSecretAsync(bool mayCreate, CancellationToken cancellationToken);
}
