using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

/// <summary>What a peer can make the server allocate. Alone, since it counts the bytes of the whole process.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests
{
    [Fact]
    public async Task Announced_sizes_cost_nothing()
    {
        await using var server = await TestServer.StartAsync();
        byte[][] beginnings =
        [
            ScriptedPeer.Raw("HELF", new byte[24], size: 0x7FFFFFFF),
            [.. ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello), .. ScriptedPeer.Raw("OPNF", new byte[24], size: 0x7FFFFFFF)],
            [.. ScriptedPeer.Plain(MessageTypes.Hello, ScriptedPeer.GoodHello), .. ScriptedPeer.Raw("OPNF", new byte[24], size: 65_535)],
            ScriptedPeer.Raw("HELF", [.. new byte[20], 0xFF, 0xFF, 0xFF, 0x7F]),
            ScriptedPeer.Raw("HELF", new byte[24], size: 8192),
        ];
        await Attack(1);
        var perConnection = await MeasureAsync(() => Attack(40)) / 200;
        perConnection.ShouldBeLessThan(60_000, "bytes a connection");

        async Task Attack(int times)
        {
            for (var i = 0; i < times; i++)
            {
                foreach (var beginning in beginnings)
                {
                    await using var peer = await ScriptedPeer.ConnectAsync(server);
                    await peer.SendAsync(beginning);
                    peer.CloseSending();
                }
            }

            await server.ShouldBeEmptyAsync();
        }
    }

    [Fact]
    public async Task A_thousand_channels_that_came_and_went_leave_nothing_behind()
    {
        await using var server = await TestServer.StartAsync();
        await ComeAndGo(100);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await ComeAndGo(1000);
        server.Ended.Clear();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        (after - before).ShouldBeLessThan(2_000_000);

        async Task ComeAndGo(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var peer = await ScriptedPeer.OpenedAsync(server);
                await peer.SendAsync(peer.Chunk(new byte[20_000], 'C'));
                if (i % 2 == 0) await peer.DisposeAsync();
                else peer.Reset();
            }

            await server.ShouldBeEmptyAsync();
            server.Ended.Clear();
        }
    }

    [Fact]
    public async Task A_small_request_and_its_answer_cost_few_allocations()
    {
        await using var server = await TestServer.StartAsync();
        await using var channel = await server.OptionsFor(SecurityPolicies.Basic256Sha256, MessageSecurityMode.SignAndEncrypt).OpenAsync();
        var request = Echo.Request(10);
        for (var i = 0; i < 500; i++) await channel.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await MeasureAsync(async () =>
        {
            for (var i = 0; i < 2000; i++) await channel.SendAsync(request, TestContext.Current.CancellationToken);
        });
        (bytes / 2000).ShouldBeLessThan(8000, "bytes a call, both sides together");
    }

    private static async Task<long> MeasureAsync(Func<Task> act)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await act();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
