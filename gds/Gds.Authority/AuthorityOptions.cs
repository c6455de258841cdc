using System.Security.Cryptography.X509Certificates;
using Pki;

namespace Gds.Authority;

/// <summary>Where the authorities live, what protects their keys, and what a new one looks like. Section "Authority".</summary>
public sealed class AuthorityOptions
{
    public const string Section = "Authority";

    /// <summary>Folder of the authorities; one folder for each certificate group is made inside.</summary>
    public string Folder { get; set; } = "ca";

    /// <summary>File with the secret that the private keys are encrypted under; made where it is missing. Default: ca.secret in <see cref="Folder"/>.</summary>
    public string? SecretFile { get; set; }

    /// <summary>Name of an environment variable with the secret, instead of a file.</summary>
    public string? SecretEnvironmentVariable { get; set; }

    /// <summary>Name of a credential of the service manager with the secret (systemd LoadCredential=), instead of a file.</summary>
    public string? SecretCredential { get; set; }

    /// <summary>Key of a new authority.</summary>
    public KeyPairKind CaKeyKind { get; set; } = KeyPairKind.Rsa3072;

    /// <summary>Lifetime of a new authority's certificate.</summary>
    public TimeSpan CaLifetime { get; set; } = TimeSpan.FromDays(3653);

    /// <summary>Subject name of a new authority; {group} and {host} are filled in.</summary>
    public string CaSubjectName { get; set; } = "CN=\"GDS CA {group}\"/OU=\"{host}\"";

    internal string SecretFileOrDefault => string.IsNullOrEmpty(SecretFile) ? Path.Combine(Folder, "ca.secret") : SecretFile;

    internal X500DistinguishedName SubjectOf(string group) => SubjectName.Parse(CaSubjectName
        .Replace("{group}", group, StringComparison.Ordinal)
        .Replace("{host}", Environment.MachineName, StringComparison.Ordinal));
}
