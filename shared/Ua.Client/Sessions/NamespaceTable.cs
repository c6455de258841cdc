using Ua.Core;

namespace Ua.Client;

/// <summary>The server's NamespaceArray, read when it is first needed and again after each new connection.</summary>
internal sealed class NamespaceTable
{
    private volatile string?[]? _uris;

    public void Forget() => _uris = null;

    public async Task<string?[]> GetAsync(UaSession session, CancellationToken cancellationToken) =>
        _uris ??= await session.ReadValueAsync<string?[]>(VariableIds.NamespaceArray, cancellationToken).ConfigureAwait(false);
}
