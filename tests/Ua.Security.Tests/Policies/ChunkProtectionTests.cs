using System.Security.Cryptography;
using TestKit;
using Ua.Core;

namespace Ua.Security.Tests.Policies;

public sealed class ChunkProtectionTests
{
    private static readonly ChunkPlace s_place = new(7, 1);

    [Fact]
    public void P_SHA256_agrees_with_another_implementation()
    {
        foreach (var vector in Vectors.All.PSha256)
        {
            var expected = Vectors.Bytes(vector.Output);
            var output = new byte[expected.Length];
            PSha256.Derive(Vectors.Bytes(vector.Secret), Vectors.Bytes(vector.Seed), output);
            output.ShouldBe(expected);
        }
    }

    [Fact]
    public void Keys_and_chunks_of_both_directions_agree_with_another_implementation()
    {
        foreach (var vector in Vectors.All.Symmetric)
        {
            var client = Derive(vector, ChannelRole.Client);
            var server = Derive(vector, ChannelRole.Server);
            var content = Vectors.Bytes(vector.Content);

            Protected(client.Sending, Vectors.Bytes(vector.FromClient), content).ShouldBe(Vectors.Bytes(vector.FromClient));
            Protected(server.Sending, Vectors.Bytes(vector.FromServer), content).ShouldBe(Vectors.Bytes(vector.FromServer));
            Unprotected(server.Receiving, Vectors.Bytes(vector.FromClient)).ShouldBe(content);
            Unprotected(client.Receiving, Vectors.Bytes(vector.FromServer)).ShouldBe(content);
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_secured_chunk_is_noticed()
    {
        foreach (var vector in Vectors.All.Symmetric.Where(v => v.Content.Length == 2 * 24))
        {
            var receiving = Derive(vector, ChannelRole.Server).Receiving;
            var genuine = Vectors.Bytes(vector.FromClient);
            for (var bit = 0; bit < genuine.Length * 8; bit++)
            {
                var forged = genuine.ToArray();
                forged[bit / 8] ^= (byte)(1 << bit % 8);
                Should.Throw<UaException>(() => Unprotected(receiving, forged)).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
            }
        }
    }

    [Fact]
    public void Every_truncation_of_a_secured_chunk_is_noticed()
    {
        foreach (var vector in Vectors.All.Symmetric)
        {
            var receiving = Derive(vector, ChannelRole.Server).Receiving;
            var genuine = Vectors.Bytes(vector.FromClient);
            for (var length = 16; length < genuine.Length; length++)
            {
                var cut = genuine[..length];
                Should.Throw<UaException>(() => Unprotected(receiving, cut)).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
            }
        }
    }

    [Fact]
    public void A_wrong_padding_under_a_right_signature_is_refused()
    {
        byte[] signing = RandomNumberGenerator.GetBytes(32), encrypting = RandomNumberGenerator.GetBytes(32), iv = RandomNumberGenerator.GetBytes(16);
        using var protector = new CbcChunkProtector(signing, encrypting, iv);
        foreach (var (at, value) in new[] { (31, 200), (31, 32), (30, 9), (24, 3) })
        {
            // Header 16, content 8 that looks like padding of 23, signature 32.
            var chunk = new byte[16 + 32 + 32];
            chunk.AsSpan(24, 24).Fill(23);
            chunk[16 + at] = (byte)value;
            chunk.AsSpan(16, 8).Fill(1);
            HMACSHA256.HashData(signing, chunk.AsSpan(0, 48), chunk.AsSpan(48));
            using var aes = Aes.Create();
            aes.Key = encrypting;
            aes.EncryptCbc(chunk.AsSpan(16), iv, chunk.AsSpan(16), PaddingMode.None);
            var error = Should.Throw<UaException>(() => protector.Unprotect(chunk, 16, s_place));
            error.StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
            error.Message.ShouldBe("The signature of a message is wrong.");
        }
    }

    [Fact]
    public void The_content_that_is_said_to_fit_fits_and_one_byte_more_does_not()
    {
        foreach (var vector in Vectors.All.Symmetric)
        {
            var sending = Derive(vector, ChannelRole.Client).Sending;
            for (var room = 60; room < 200; room++)
            {
                var most = sending.MaxContentLength(room);
                sending.ProtectedSize(most).ShouldBeLessThanOrEqualTo(room);
                sending.ProtectedSize(most + 1).ShouldBeGreaterThan(room);
            }
        }
    }

    [Fact]
    public void OpenSecureChannel_chunks_of_another_implementation_are_understood()
    {
        foreach (var vector in Vectors.All.Asymmetric)
        {
            using var protector = Vectors.Policy(vector.Policy).CreateHandshakeProtector(TestKey.Of(vector.ReceiverBits, "b").Rsa, TestKey.Of(vector.SenderBits, "a").Rsa);
            var chunk = Vectors.Bytes(vector.Chunk);
            var length = protector.Unprotect(chunk, vector.HeaderLength, default);
            chunk.AsSpan(vector.HeaderLength, length).ToArray().ShouldBe(Vectors.Bytes(vector.Content));
        }
    }

    [Fact]
    public void OpenSecureChannel_chunks_have_the_size_that_another_implementation_gives_them_and_come_back()
    {
        foreach (var vector in Vectors.All.Asymmetric)
        {
            var policy = Vectors.Policy(vector.Policy);
            RSA sender = TestKey.Of(vector.SenderBits, "a").Rsa, receiver = TestKey.Of(vector.ReceiverBits, "b").Rsa;
            using var sending = policy.CreateHandshakeProtector(sender, receiver);
            using var receiving = policy.CreateHandshakeProtector(receiver, sender);
            var content = Vectors.Bytes(vector.Content);
            (vector.HeaderLength + sending.ProtectedSize(content.Length)).ShouldBe(vector.Chunk.Length / 2);

            for (var length = 1; length < 600; length += 7)
            {
                var chunk = new byte[12 + sending.ProtectedSize(length)];
                RandomNumberGenerator.Fill(chunk.AsSpan(0, 12 + length));
                var sent = chunk.AsSpan(12, length).ToArray();
                sending.Protect(chunk, 12, length, default);
                var back = receiving.Unprotect(chunk, 12, default);
                chunk.AsSpan(12, back).ToArray().ShouldBe(sent);
            }
        }
    }

    [Fact]
    public void A_forged_OpenSecureChannel_chunk_is_refused()
    {
        foreach (var vector in Vectors.All.Asymmetric)
        {
            using var protector = Vectors.Policy(vector.Policy).CreateHandshakeProtector(TestKey.Of(vector.ReceiverBits, "b").Rsa, TestKey.Of(vector.SenderBits, "a").Rsa);
            foreach (var at in new[] { 0, 5, 27, 28, 100, vector.Chunk.Length / 2 - 1 })
            {
                var chunk = Vectors.Bytes(vector.Chunk);
                chunk[at] ^= 1;
                Should.Throw<UaException>(() => protector.Unprotect(chunk, vector.HeaderLength, default)).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
            }

            Should.Throw<UaException>(() => protector.Unprotect(Vectors.Bytes(vector.Chunk).AsSpan()[..^1], vector.HeaderLength, default))
                .StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
            Should.Throw<UaException>(() => protector.Unprotect(Vectors.Bytes(vector.Chunk).AsSpan(0, vector.HeaderLength), vector.HeaderLength, default))
                .StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
        }
    }

    [Fact]
    public void A_chunk_signed_by_another_key_is_refused()
    {
        var vector = Vectors.All.Asymmetric[0];
        using var protector = Vectors.Policy(vector.Policy).CreateHandshakeProtector(TestKey.Of(vector.ReceiverBits, "b").Rsa, TestKey.Of(vector.SenderBits, "b").Rsa);
        Should.Throw<UaException>(() => protector.Unprotect(Vectors.Bytes(vector.Chunk), vector.HeaderLength, default))
            .StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
    }

    [Fact]
    public void A_nonce_of_the_wrong_length_of_zeros_or_of_our_own_is_refused()
    {
        foreach (var policy in SecurityPolicies.All.Where(p => !p.IsNone))
        {
            using var agreement = policy.CreateHandshake();
            byte[][] bad = [[], new byte[31], RandomNumberGenerator.GetBytes(31), RandomNumberGenerator.GetBytes(33), new byte[32], agreement.LocalNonce];
            foreach (var nonce in bad)
                Should.Throw<UaException>(() => agreement.Derive(nonce, ChannelRole.Server, MessageSecurityMode.Sign, null)).StatusCode.ShouldBe(StatusCodes.BadNonceInvalid);
        }
    }

    [Fact]
    public void No_two_handshakes_have_the_same_nonce()
    {
        using var one = SecurityPolicies.Basic256Sha256.CreateHandshake();
        using var two = SecurityPolicies.Basic256Sha256.CreateHandshake();
        one.LocalNonce.Length.ShouldBe(32);
        one.LocalNonce.ShouldNotBe(two.LocalNonce);
    }

    private static ChannelKeys Derive(SymmetricVector vector, ChannelRole role)
    {
        byte[] client = Vectors.Bytes(vector.ClientNonce), server = Vectors.Bytes(vector.ServerNonce);
        var lengths = ((RsaPolicy)Vectors.Policy(vector.Policy)).Lengths;
        return role == ChannelRole.Client
            ? new NonceKeyAgreement(client, lengths).Derive(server, role, vector.SecurityMode, null)
            : new NonceKeyAgreement(server, lengths).Derive(client, role, vector.SecurityMode, null);
    }

    private static byte[] Protected(IChunkProtector protector, byte[] expected, byte[] content)
    {
        var chunk = new byte[16 + protector.ProtectedSize(content.Length)];
        chunk.Length.ShouldBe(expected.Length);
        expected.AsSpan(0, 16).CopyTo(chunk);
        content.CopyTo(chunk, 16);
        protector.Protect(chunk, 16, content.Length, s_place);
        return chunk;
    }

    private static byte[] Unprotected(IChunkProtector protector, byte[] chunk)
    {
        var copy = chunk.ToArray();
        return copy[16..(16 + protector.Unprotect(copy, 16, s_place))];
    }
}
