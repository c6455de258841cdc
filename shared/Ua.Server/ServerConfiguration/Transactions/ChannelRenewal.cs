using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Hosting;
using Ua.Transport;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// What a change does to open channels (Part 12, 7.10.9): nothing before the answer is out. Then those that show a certificate which
/// is no longer in use are closed, and <see cref="TrustWatch"/> closes those of clients that are no longer trusted. Sessions stay and
/// are activated on a new channel.
/// </summary>
internal sealed class ChannelRenewal(ServerChannels channels, IApplicationIdentitySource identity, TrustWatchPause pause, ILogger<ChannelRenewal> log)
{
    /// <summary>Runs a change with all channels left alone, and gives what is to be done once its answer is out.</summary>
    public async Task<Action> AroundAsync(Func<Task> change)
    {
        var hold = pause.Hold();
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
