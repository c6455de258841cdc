using System.Collections.Frozen;

namespace Ua.Security;

/// <summary>The security policies that this stack speaks.</summary>
public static class SecurityPolicies
{
    public const string Prefix = "http://opcfoundation.org/UA/SecurityPolicy#";

    public static readonly ISecurityPolicy None = new NonePolicy();
    public static readonly ISecurityPolicy Basic256Sha256 = new Basic256Sha256();
    public static readonly ISecurityPolicy Aes128Sha256RsaOaep = new Aes128Sha256RsaOaep();
    public static readonly ISecurityPolicy Aes256Sha256RsaPss = new Aes256Sha256RsaPss();

    /// <summary>All of them, weakest first.</summary>
    public static readonly IReadOnlyList<ISecurityPolicy> All = [None, Basic256Sha256, Aes128Sha256RsaOaep, Aes256Sha256RsaPss];

    private static readonly FrozenDictionary<string, ISecurityPolicy> s_byUri = All.ToFrozenDictionary(p => p.Uri, StringComparer.Ordinal);

    /// <summary>The policy with this URI; null where it is not one of ours.</summary>
    public static ISecurityPolicy? ByUri(string? uri) => uri is null ? null : s_byUri.GetValueOrDefault(uri);
}
