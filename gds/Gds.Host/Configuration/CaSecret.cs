using Gds.Authority;

namespace Gds.Host.Configuration;

/// <summary>Where the secret of the CA keys comes from: variable, file that a variable names, credential of the service manager, or a file in the data folder.</summary>
internal static class CaSecret
{
    private const string Variable = "GDS_CA_SECRET";
    private const string FileVariable = "GDS_CA_SECRET_FILE";
    private const string Credential = "gds-ca-secret";

    public static void Choose(AuthorityOptions options, DataFolder folder)
    {
        options.Folder = folder.Authorities;
        options.SecretFile = folder.CaSecret;
        if (IsSet(Variable)) options.SecretEnvironmentVariable = Variable;
        else if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file) options.SecretFile = file;
        else if (HasCredential()) options.SecretCredential = Credential;
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    private static bool HasCredential() =>
        Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } credentials && File.Exists(Path.Combine(credentials, Credential));
}
