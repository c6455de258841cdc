using System.Security.Cryptography;
using TestKit;
using Ua.Core;

namespace Ua.Security.Tests.Policies;

public sealed class ApplicationSignatureTests
{
    private static readonly byte[] s_nonce = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] s_leaf = TestKey.Of(2048, "b").Der;
    private static readonly byte[] s_chain = [.. s_leaf, .. TestKey.Of(3072, "b").Der];

    public static TheoryData<string> Policies() => new(SecurityPolicies.All.Where(p => !p.IsNone).Select(p => p.Name));

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_signature_holds_for_the_bytes_that_were_signed_only(string policyName)
    {
        var policy = Vectors.Policy(policyName);
        var signature = Sign(policy, s_leaf);

        Holds(policy, signature, s_leaf, s_nonce).ShouldBeTrue();
        Holds(policy, signature, s_leaf, RandomNumberGenerator.GetBytes(32)).ShouldBeFalse();
        Holds(policy, signature, s_leaf, null).ShouldBeFalse();
        Holds(policy, signature, TestKey.Of(3072, "b").Der, s_nonce).ShouldBeFalse();
        Holds(policy, signature with { Algorithm = null }, s_leaf, s_nonce).ShouldBeTrue();
        Holds(policy, signature with { Algorithm = "http://www.w3.org/2000/09/xmldsig#rsa-sha1" }, s_leaf, s_nonce).ShouldBeFalse();
        Holds(policy, signature with { Signature = null }, s_leaf, s_nonce).ShouldBeFalse();
        Holds(policy, signature with { Signature = [] }, s_leaf, s_nonce).ShouldBeFalse();
        Holds(policy, signature with { Signature = signature.Signature![..^1] }, s_leaf, s_nonce).ShouldBeFalse();
        ApplicationSignature.Verify(policy, TestKey.Of(2048, "b").Rsa, signature, s_leaf, s_nonce).ShouldBeFalse();
    }

    [Fact]
    public void A_peer_may_sign_our_chain_or_its_leaf_alone()
    {
        var policy = SecurityPolicies.Basic256Sha256;
        var overChain = new SignatureData(policy.SignatureUri, policy.Sign(TestKey.Of(2048, "a").Rsa, [.. s_chain, .. s_nonce]));
        Holds(policy, overChain, s_chain, s_nonce).ShouldBeTrue();
        Holds(policy, overChain, s_leaf, s_nonce).ShouldBeFalse();
        Holds(policy, Sign(policy, s_leaf), s_chain, s_nonce).ShouldBeTrue();
    }

    [Fact]
    public void We_sign_the_leaf_of_a_chain_alone()
    {
        var policy = SecurityPolicies.Basic256Sha256;
        policy.Verify(TestKey.Of(2048, "a").Rsa, [.. s_leaf, .. s_nonce], Sign(policy, s_chain).Signature!).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Basic256Sha256", "rsa_padding_mode:pkcs1")]
    [InlineData("Aes256_Sha256_RsaPss", "rsa_padding_mode:pss")]
    public async Task OpenSsl_agrees_with_our_signatures(string policyName, string padding)
    {
        using var folder = new TempFolder();
        var signature = Sign(Vectors.Policy(policyName), s_leaf);
        await File.WriteAllBytesAsync(folder.File("data"), [.. s_leaf, .. s_nonce]);
        await File.WriteAllBytesAsync(folder.File("signature"), signature.Signature!);
        await File.WriteAllTextAsync(folder.File("key.pem"), TestKey.Of(2048, "a").Rsa.ExportSubjectPublicKeyInfoPem());
        string[] salt = padding.EndsWith("pss", StringComparison.Ordinal) ? ["-sigopt", "rsa_pss_saltlen:32"] : [];

        var verdict = await OpenSsl.RunAsync(
            ["dgst", "-sha256", "-verify", folder.File("key.pem"), "-sigopt", padding, .. salt, "-signature", folder.File("signature"), folder.File("data")]);
        verdict.ShouldContain("Verified OK");
    }

    [Fact]
    public void Policy_None_signs_nothing_and_asks_for_nothing()
    {
        ApplicationSignature.Create(SecurityPolicies.None, null, s_leaf, s_nonce).ShouldBe(new SignatureData(null, null));
        ApplicationSignature.Verify(SecurityPolicies.None, null, null, s_leaf, s_nonce).ShouldBeTrue();
    }

    [Fact]
    public void Keys_that_a_policy_does_not_allow_are_named()
    {
        using var weak = RSA.Create(1024);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=weak", weak, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var error = Should.Throw<UaException>(() => SecurityPolicies.Basic256Sha256.PublicKeyOf(certificate.RawData));
        error.StatusCode.ShouldBe(StatusCodes.BadCertificatePolicyCheckFailed);
        error.Message.ShouldContain("1024");
    }

    [Fact]
    public void Policies_are_found_by_their_URI_and_by_nothing_else()
    {
        foreach (var policy in SecurityPolicies.All) SecurityPolicies.ByUri(policy.Uri).ShouldBeSameAs(policy);
        SecurityPolicies.ByUri("http://opcfoundation.org/UA/SecurityPolicy#Basic128Rsa15").ShouldBeNull();
        SecurityPolicies.ByUri(null).ShouldBeNull();
        SecurityPolicies.ByUri("").ShouldBeNull();
    }

    private static SignatureData Sign(ISecurityPolicy policy, byte[] certificate) => ApplicationSignature.Create(policy, TestKey.Of(2048, "a").Rsa, certificate, s_nonce);

    private static bool Holds(ISecurityPolicy policy, SignatureData signature, byte[] certificate, byte[]? nonce) =>
        ApplicationSignature.Verify(policy, TestKey.Of(2048, "a").Rsa, signature, certificate, nonce);
}
