using System.Text.Json;
using Ua.Core;

namespace Ua.Security.Tests.Policies;

internal sealed record PSha256Vector(string Secret, string Seed, string Output);

internal sealed record SymmetricVector(string Policy, string Mode, string ClientNonce, string ServerNonce, string Content, string FromClient, string FromServer)
{
    public MessageSecurityMode SecurityMode => Enum.Parse<MessageSecurityMode>(Mode);
}

internal sealed record AsymmetricVector(string Policy, int SenderBits, int ReceiverBits, int HeaderLength, string Content, string Chunk);

internal sealed record SecretVector(string Policy, int Bits, string Secret, string Nonce, string Legacy, string EncryptedSecret);

/// <summary>What another implementation of the algorithms computed; see Vectors/make_vectors.py.</summary>
internal sealed record Vectors(PSha256Vector[] PSha256, SymmetricVector[] Symmetric, AsymmetricVector[] Asymmetric, SecretVector[] Secrets)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static Vectors All { get; } = Load();

    public static ISecurityPolicy Policy(string name) => SecurityPolicies.ByUri(SecurityPolicies.Prefix + name).ShouldNotBeNull();

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    private static Vectors Load()
    {
        using var stream = typeof(Vectors).Assembly.GetManifestResourceStream("policy-vectors.json").ShouldNotBeNull();
        return JsonSerializer.Deserialize<Vectors>(stream, s_json).ShouldNotBeNull();
    }
}
