using Gds.Core;
using Gds.Core.Users;
using Pki;
using Ua.Server.Identity;

namespace Gds.OpcUa.Identity;

/// <summary>
/// Users known by a certificate. It lies in a folder, in a file that is called like the user (ann.der, ann.pem); the user's roles
/// are those of the database. Whoever may write the folder decides, as with the keys of a remote shell.
/// </summary>
internal sealed class UserCertificates(string folder, SignIn signIn, Callers callers, TimeProvider time) : IUserCertificateValidator
{
    private const int MostFiles = 1_000;
    private const int LargestFile = 65_536;

    public async ValueTask<UserVerdict> ValidateAsync(byte[] certificate, CancellationToken cancellationToken)
    {
        try
        {
            var shown = CertificateChainBytes.Parse(certificate)[0];
            if (!shown.IsValidAt(time.GetUtcNow())) return UserVerdict.Refused($"The user certificate {shown} is valid from {shown.NotBefore:u} to {shown.NotAfter:u} and not now.");
            if (await NameOfAsync(shown, cancellationToken) is not { } name) return UserVerdict.Refused($"The user certificate {shown} is not in {folder}.");
            var user = await signIn.AdmitAsync(name, $"certificate {shown.Thumbprint}", cancellationToken);
            return UserVerdict.Accepted(callers.NodesOf(user.Roles));
        }
        catch (PkiException e)
        {
            return UserVerdict.Refused(e.Message);
        }
        catch (GdsProblem problem) when (problem.Kind == ProblemKind.CredentialsRejected)
        {
            return UserVerdict.Refused(problem.Message);
        }
    }

    private async Task<string?> NameOfAsync(ApplicationCertificate shown, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder)) return null;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Take(MostFiles))
        {
            if (file.Length <= LargestFile && await HoldsAsync(file, shown, cancellationToken)) return Path.GetFileNameWithoutExtension(file.Name);
        }

        return null;
    }

    private static async Task<bool> HoldsAsync(FileInfo file, ApplicationCertificate shown, CancellationToken cancellationToken)
    {
        try
        {
            return PemFile.ReadCertificates(await File.ReadAllBytesAsync(file.FullName, cancellationToken)).Any(shown.Equals);
        }
        catch (Exception e) when (e is PkiException or IOException)
        {
            return false; // something else lies there, or it has just gone: nobody's certificate
        }
    }
}
