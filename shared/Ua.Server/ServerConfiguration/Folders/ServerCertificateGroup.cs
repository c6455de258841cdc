using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>The group of a server itself: its endpoints cannot do without their certificate.</summary>
internal sealed class ServerCertificateGroup(ICertificateGroup group) : ICertificateGroup
{
    public event Action? Changed
    {
        add => group.Changed += value;
        remove => group.Changed -= value;
    }

    public CertificateGroupFacts Facts => group.Facts;

    public ValueTask<CertificateGroupState> ReadAsync(CancellationToken cancellationToken) => group.ReadAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<ChangeProblem>> CheckAsync(CertificateGroupChange change, CancellationToken cancellationToken)
    {
        var problems = await group.CheckAsync(change, cancellationToken).ConfigureAwait(false);
        if (change.Slots.FirstOrDefault(s => s.Own is null) is not { } emptied) return problems;
        return [.. problems, new ChangeProblem(StatusCodes.BadInvalidState, $"The certificate of the type {emptied.Type} is used by the endpoints of this server and cannot be deleted.")];
    }

    public Task<bool> ApplyAsync(CertificateGroupChange change, string update, CancellationToken cancellationToken) => group.ApplyAsync(change, update, cancellationToken);

    public Task UndoAsync(string update, CancellationToken cancellationToken) => group.UndoAsync(update, cancellationToken);

    public Task<string?> LastUpdateAsync(CancellationToken cancellationToken) => group.LastUpdateAsync(cancellationToken);
}
