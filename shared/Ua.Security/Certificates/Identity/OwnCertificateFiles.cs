using Microsoft.Extensions.Logging;
using Pki;
using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>Reads the own certificates and keys that lie in a trust folder, whoever they belong to, and makes none.</summary>
public sealed class OwnCertificateFiles
{
    private readonly TrustFolder _folder;
    private readonly OwnCertificateReader _reader;

    /// <param name="password">Gives the password under which key files are encrypted; null for none.</param>
    public OwnCertificateFiles(TrustFolder folder, Func<string?>? password, TimeProvider time, ILogger<OwnCertificateFiles> logger)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _folder = folder;
        _reader = new OwnCertificateReader(folder, new ApplicationIdentityOptions { CreateIfMissing = false, PrivateKeyPassword = _ => password?.Invoke() }, time, logger);
    }

    /// <summary>One certificate for each kind of key; empty where there are no files. Bad_ConfigurationError where there are some and none can be used.</summary>
    public async Task<IReadOnlyList<IdentityCertificate>> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is PkiException or IOException or UnauthorizedAccessException)
        {
            throw new UaException(StatusCodes.BadConfigurationError, $"The own certificate in '{_folder.Paths.Root}' cannot be used: {e.Message}.", e);
        }
    }
}
