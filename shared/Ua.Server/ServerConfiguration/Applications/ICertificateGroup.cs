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
    Task<bool> ApplyAsync(CertificateGroupChange change, CancellationToken cancellationToken);

    /// <summary>Brings back what the last <see cref="ApplyAsync"/> that answered true has replaced.</summary>
    Task UndoAsync(CancellationToken cancellationToken);

    /// <summary>Raised after the state has changed, by whichever hand.</summary>
    event Action? Changed;
}
