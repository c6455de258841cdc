using TestKit;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

public sealed class ChannelTests
{
    public static TheoryData<string, MessageSecurityMode, int, int> Matrix()
    {
        var rows = new TheoryData<string, MessageSecurityMode, int, int>();
        foreach (var policy in SecurityPolicies.All.Where(p => !p.IsNone))
            foreach (var mode in new[] { MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt })
                foreach (var client in new[] { 2048, 3072, 4096 })
                    foreach (var server in new[] { 2048, 3072, 4096 })
                        rows.Add(policy.Name, mode, client, server);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Messages_of_every_size_pass_under_every_policy_mode_and_pair_of_keys(string policyName, MessageSecurityMode mode, int clientBits, int serverBits)
    {
        await using var server = await TestServer.StartAsync(o => o.MaxMessageSizeWithoutSession = o.MaxMessageSize);
        server.Certificate = new OwnCertificate(TestKey.Of(serverBits, "b").Der, TestKey.Of(serverBits, "b").Rsa);
        var policy = SecurityPolicies.All.Single(p => p.Name == policyName);
        await using var channel = await (server.OptionsFor(policy, mode, clientBits) with { SendBufferSize = 8192, ReceiveBufferSize = 9000 }).OpenAsync();

        for (var length = 0; length < 40; length++) await channel.ShouldEchoAsync(length);
        foreach (var length in new[] { 8000, 8192, 16_384, 100_000, 300_001 }) await channel.ShouldEchoAsync(length);
        channel.ServerCertificate.ShouldBe(server.Certificate.Chain);
    }

    [Fact]
    public async Task Messages_of_every_size_pass_without_security()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxMessageSizeWithoutSession = o.MaxMessageSize);
        await using var channel = await server.OptionsFor().OpenAsync();

        foreach (var length in new[] { 0, 1, 65_400, 65_535, 65_536, 400_000 }) await channel.ShouldEchoAsync(length);
    }
}
