using Microsoft.Extensions.Options;
using Pki;

namespace Gds.Authority;

/// <summary>Says at start which key of the configuration is wrong.</summary>
internal sealed class AuthorityOptionsCheck : IValidateOptions<AuthorityOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthorityOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(AuthorityOptions options)
    {
        const string section = AuthorityOptions.Section;
        if (string.IsNullOrWhiteSpace(options.Folder)) yield return $"{section}:{nameof(options.Folder)} is empty; it names the folder of the certificate authorities.";
        string?[] sources = [options.SecretFile, options.SecretEnvironmentVariable, options.SecretCredential];
        if (sources.Count(s => !string.IsNullOrEmpty(s)) > 1)
        {
            yield return $"{section}: only one of {nameof(options.SecretFile)}, {nameof(options.SecretEnvironmentVariable)} and {nameof(options.SecretCredential)} can be set.";
        }

        if (options.SecretCredential is { } credential && credential.AsSpan().IndexOfAny('/', '\\') >= 0) yield return $"{section}:{nameof(options.SecretCredential)} '{credential}' is a path; it must be the name of a credential.";
        if (!Enum.IsDefined(options.CaKeyKind)) yield return $"{section}:{nameof(options.CaKeyKind)} '{options.CaKeyKind}' is not known.";
        if (options.CaLifetime < TimeSpan.FromDays(1) || options.CaLifetime > TimeSpan.FromDays(36_525)) yield return $"{section}:{nameof(options.CaLifetime)} is {options.CaLifetime}; it must be between 1 day and 100 years.";
        if (SubjectFault(options) is { } fault) yield return $"{section}:{nameof(options.CaSubjectName)} '{options.CaSubjectName}' is not usable. {fault}";
    }

    private static string? SubjectFault(AuthorityOptions options)
    {
        try
        {
            _ = options.SubjectOf("DefaultApplicationGroup");
            return null;
        }
        catch (PkiException e)
        {
            return e.Message;
        }
    }
}
