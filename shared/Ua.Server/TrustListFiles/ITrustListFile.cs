using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.TrustListFiles;

/// <summary>
/// What stands behind the file of a TrustList object (Part 12, 7.8.2). Each member decides whether the caller may; a refusal is
/// a <see cref="UaException"/>.
/// </summary>
public interface ITrustListFile
{
    /// <summary>The file with the lists of the mask, as it is now.</summary>
    ValueTask<byte[]> ReadAsync(MethodCall call, TrustListMasks masks, CancellationToken cancellationToken);

    /// <summary>A session wants to write the list; gives the most bytes it may write. Bad_NotWritable for a list that nobody writes as a whole.</summary>
    ValueTask<long> BeginWriteAsync(MethodCall call, CancellationToken cancellationToken);

    /// <summary>A session has used a handle of the list that it has open.</summary>
    void Used(MethodCall call)
    {
    }

    /// <summary>Takes what was written; true where ApplyChanges has to follow.</summary>
    Task<bool> UpdateAsync(MethodCall call, byte[] content, CancellationToken cancellationToken);

    /// <summary>Adds one certificate; gives what is to be done once the answer is out, if anything.</summary>
    Task<Action?> AddAsync(MethodCall call, byte[] certificate, bool isTrusted, CancellationToken cancellationToken);

    /// <summary>Removes the certificate of a SHA-1 thumbprint in hex; gives what is to be done once the answer is out, if anything.</summary>
    Task<Action?> RemoveAsync(MethodCall call, string thumbprint, bool isTrusted, CancellationToken cancellationToken);
}
