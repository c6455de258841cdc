using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Sessions;
using Ua.Transport;

namespace Ua.Server.Hosting;

/// <summary>
/// Judges open channels again when trust has changed, when their certificate runs out, and from time to time because revocation
/// lists run out too. A channel whose client is no longer accepted is closed with its sessions.
/// </summary>
internal sealed class TrustWatch(
    CertificateValidator validator, ServerChannels channels, SessionTable sessions, TrustWatchPause pause, TimeProvider time, ILogger<TrustWatch> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(60);

    /// <summary>How long a verdict holds while nothing changes; a judgement costs RSA operations, and a GDS has ten thousand channels.</summary>
    private static readonly TimeSpan s_holds = TimeSpan.FromMinutes(10);

    private readonly ConditionalWeakTable<IServerChannel, Judged> _judged = [];
    private int _generation;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Look() => changes.Writer.TryWrite(true);
        void Changed()
        {
            Interlocked.Increment(ref _generation);
            Look();
        }

        validator.TrustChanged += Changed;
        pause.Released += Look;
        using var timer = time.CreateTimer(_ => Look(), null, s_interval, s_interval);
        try
        {
            await foreach (var _ in changes.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false)) await SweepAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            validator.TrustChanged -= Changed;
            pause.Released -= Look;
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A session may wait for its client without a channel, such as after a change of the server's certificate.
            var waiting = sessions.All.Select(s => s.Channel).Where(c => c.Closed.IsCancellationRequested);
            foreach (var channel in channels.Open.Concat(waiting).Distinct()) await JudgeAsync(channel, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.TrustSweepFailed(log, e);
        }
    }

    private async Task JudgeAsync(IServerChannel channel, CancellationToken cancellationToken)
    {
        if (channel.ClientCertificate is not { } chain) return;
        var (generation, now) = (Volatile.Read(ref _generation), time.GetUtcNow());
        if (_judged.TryGetValue(channel, out var before) && before.Generation == generation && ReferenceEquals(before.Chain, chain) && now < before.Until) return;
        var check = new CertificateCheck(chain, PeerRole.Client) { KeyRule = CertificateKeyRule.ForPolicy(channel.SecurityPolicyUri) };
        var verdict = await validator.ExplainAsync(check, cancellationToken).ConfigureAwait(false);
        if (verdict is { IsAccepted: true, FirstContact: false })
        {
            _judged.AddOrUpdate(channel, new Judged(generation, chain, Until(verdict, now)));
            return;
        }

        var ofChannel = sessions.All.Where(s => s.Channel == channel).ToList();
        var keepsRights = verdict.IsAccepted && !(ofChannel.Exists(s => s.Context.Roles.Contains(Identity.WellKnownRoles.TrustedApplication)));
        if (keepsRights || ofChannel.Exists(s => pause.Holds(s.Id))) return; // whoever waits for an answer is judged when it is out

        foreach (var session in ofChannel) sessions.Close(session, SessionEnd.NoLongerTrusted);
        Log.ChannelNoLongerTrusted(log, channel.Id, channel.RemoteEndPoint, verdict.StatusCode, verdict.Text);
        channel.Abort(verdict.IsAccepted ? StatusCodes.BadSecurityChecksFailed : verdict.PublicStatusCode, "The certificate is no longer accepted.");
    }

    private static DateTimeOffset Until(CertificateVerdict verdict, DateTimeOffset now) => verdict.Chain.Select(c => c.NotAfter).Append(now + s_holds).Min();

    /// <summary>An accepted client: under which state of trust, by which certificate, and until when that holds.</summary>
    private sealed record Judged(int Generation, byte[] Chain, DateTimeOffset Until);
}
