using Ua.Core;

namespace Ua.Transport.Tests;

public sealed class StubbornRequestTests
{
    [Fact]
    public async Task A_request_that_does_not_stop_does_not_keep_its_client_from_being_told_why()
    {
        await using var server = await TestServer.StartAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Serve = async (_, request, _) =>
        {
            started.SetResult();
            await gate.Task;
            return Echo.Answer(request);
        };
        await using var peer = await ScriptedPeer.OpenedAsync(server);
        await peer.SendAsync(Echo.Request(1));
        await started.Task;
        server.Channels.Abort(_ => true, StatusCodes.BadCertificateRevoked, "revoked").ShouldBe(1);
        await peer.ShouldBeRefusedAsync(StatusCodes.BadCertificateRevoked);
        server.Channels.Counts.ShouldSatisfyAllConditions(c => c.OpenChannels.ShouldBe(0), c => c.OpenConnections.ShouldBe(1));
        gate.SetResult();
        await server.ShouldBeEmptyAsync();
    }
}
