namespace Ua.Server.ServerConfiguration;

/// <summary>A trust list with the certificates that belong to it (Part 12, 7.8.3), wherever both are kept.</summary>
public interface ICertificateGroup
{
    CertificateGroupFacts Facts { get; }

    /// <summary>What counts now. A failure to read is a <see cref="Ua.Core.UaException"/>.</summary>
    ValueTask<CertificateGroupState> ReadAsync(CancellationToken cancellationToken);

    /// <summary>What speaks against a change that is to be applied; nothing is touched. What holds for every group has been checked.</summary>
    ValueTask<IReadOnlyList<ChangeProblem>> CheckAsync(CertificateGroupChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a change durable, wholly or not at all, whenever the process is killed. May be asked for the same change again after a
    /// restart. False where everything was so already.
    /// </summary>
    /// <param name="update">Names the change, the same after a restart.</param>
    Task<bool> ApplyAsync(CertificateGroupChange change, string update, CancellationToken cancellationToken);

    /// <summary>Brings back what the change of that name has replaced, also after a restart; nothing where another one came after it or it never came.</summary>
    Task UndoAsync(string update, CancellationToken cancellationToken);

    /// <summary>
    /// Completes what a kill has interrupted inside the group, and gives the name of the change that came last; null where the group
    /// keeps no names.
    /// </summary>
    Task<string?> LastUpdateAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Raised after the state has changed, by whichever hand.</summary>
    event Action? Changed;
}
