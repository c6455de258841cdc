using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Hosting;
using Ua.Transport;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// What a change does to open channels (Part 12, 7.10.9): to that of the caller nothing before the answer is out. Then those that show
/// a certificate which is no longer in use are closed; their sessions stay and are activated on a new channel. Those of clients that
/// are no longer trusted <see cref="TrustWatch"/> closes as soon as the list counts, however long the change takes from there.
/// </summary>
internal sealed class ChannelRenewal(ServerChannels channels, IApplicationIdentitySource identity, TrustWatchPause pause, ILogger<ChannelRenewal> log)
{
    /// <summary>Runs a change with the channel of its session left alone, and gives what is to be done once its answer is out.</summary>
    public async Task<Action> AroundAsync(NodeId session, Func<Task> change)
    {
        var hold = pause.Hold(session);
        try
        {
            await change().ConfigureAwait(false);
        }
        catch
        {
            hold.Dispose();
            throw;
        }

        return () =>
        {
            hold.Dispose();
            CloseOld();
        };
    }

    private void CloseOld()
    {
        var current = identity.Current.Certificates;
        var count = channels.Abort(
            channel => channel.ServerCertificate is { } shown && !current.Any(c => c.ChainBytes.AsSpan().SequenceEqual(shown)),
            StatusCodes.BadSecureChannelClosed,
            "The certificate of this server has changed; open a new channel.");
        if (count > 0) Log.ChannelsRenewed(log, count);
    }
}
