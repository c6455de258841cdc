using Pki;
using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// What a ServerConfiguration object, or an ApplicationConfiguration object below ManagedApplications, stands for (Part 12, 7.10.3
/// and 7.10.14): this server itself, or an application that is looked after from here. Methods may be called at the same time.
/// </summary>
public interface IConfiguredApplication
{
    /// <summary>Names the application among all that this process looks after, also in files that outlive a restart: the same one after it.</summary>
    string Key { get; }

    /// <summary>What is told of the application at this moment. Cheap: asked on every read.</summary>
    ApplicationFacts Facts { get; }

    /// <summary>Its certificate groups; the first one is the DefaultApplicationGroup, which a null CertificateGroupId means.</summary>
    IReadOnlyList<ICertificateGroup> Groups { get; }

    /// <summary>Certificates that the application refused and nobody has decided about, leaves only.</summary>
    ValueTask<IReadOnlyList<ApplicationCertificate>> ReadRejectedAsync(CancellationToken cancellationToken);

    /// <summary>
    /// All changes of a transaction to the groups of this application are on disk: reread, reload, verify by a connection. A
    /// <see cref="UaException"/> takes the whole transaction back by <see cref="ICertificateGroup.UndoAsync"/>.
    /// </summary>
    Task AppliedAsync(CancellationToken cancellationToken);

    /// <summary>Goes back to the configured defaults (Part 12, 7.10.13). Bad_NotSupported where there are none.</summary>
    Task ResetAsync(CancellationToken cancellationToken) =>
        throw new UaException(StatusCodes.BadNotSupported, $"There are no defaults that {Key} could go back to.");
}
