using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// The applications that this server looks after besides itself, as ApplicationConfiguration objects below ManagedApplications
/// (Part 12, 7.10.14 to 7.10.16). They may come and go while the server runs.
/// </summary>
public interface IManagedApplications
{
    /// <summary>
    /// Completes what a restart has interrupted for an application, and shows it. Bad_BrowseNameDuplicated where there is one of
    /// that name or key.
    /// </summary>
    /// <param name="name">The browse name, in the namespace of this server.</param>
    /// <returns>The object, whose id is made from the name and so is the same after a restart.</returns>
    Task<NodeId> AddAsync(string name, IConfiguredApplication application, CancellationToken cancellationToken);

    /// <summary>Takes an application away with its open files and what a transaction has for it; false where it is not there.</summary>
    bool Remove(IConfiguredApplication application);
}
