using Microsoft.Extensions.Logging.Abstractions;

namespace Ua.Security.Certificates;

/// <summary>The own certificate and key in a trust folder, or why they cannot be used.</summary>
public sealed record OwnEvidence(IdentityCertificate? Own, Reason? Problem)
{
    public static async Task<OwnEvidence> CollectAsync(TrustFolder folder, ApplicationIdentityOptions options, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var reader = new OwnCertificateReader(folder, options, time, NullLogger.Instance);
        try
        {
            var found = await reader.InspectAsync(cancellationToken).ConfigureAwait(false);
            if (found.Pairs.Count > 0) return new((await reader.ReadAsync(cancellationToken).ConfigureAwait(false))[0], null);
            var text = found.Problem is { } problem
                ? $"The own certificate in '{folder.Paths.Root}' cannot be used: {problem}."
                : $"There is neither an own certificate in '{folder.Paths.OwnCertificates}' nor a private key in '{folder.Paths.OwnPrivateKeys}'.";
            return new(null, Reason.Blocks(found.Cause, text, found.Certificates is [var first, ..] ? first : null, found.Cause == Cause.OwnCertificateMissing ? folder.Paths.OwnCertificates : folder.Paths.OwnPrivateKeys));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, Reason.Blocks(Cause.FolderUnreadable, $"The own certificate in '{folder.Paths.Root}' cannot be read: {e.Message}", source: folder.Paths.Root));
        }
    }
}
