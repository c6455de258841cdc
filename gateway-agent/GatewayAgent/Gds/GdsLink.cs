using GatewayAgent.Configuration;
using GatewayAgent.Refresh;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Ua.Client;
using Ua.Core;

namespace GatewayAgent.Gds;

/// <summary>A session for a cycle.</summary>
/// <param name="IsKept">It was there before this cycle, so that nothing says yet that the GDS is.</param>
/// <param name="ByPin">The GDS was known by the pinned certificate alone.</param>
internal sealed record MetGds(UaSession Session, bool IsKept, bool ByPin);

/// <summary>
/// The session with the GDS: made for a cycle, and in a running agent kept until the next one and listened on. It is never
/// made again behind the loop's back: when it is lost the loop is called, which knows how to wait. Used within a cycle only.
/// </summary>
internal sealed class GdsLink(GdsConnector connector, OwnIdentity own, WakeSignal wake, TimeProvider time, ILogger<GdsLink> logger) : IAsyncDisposable
{
    private const uint LifetimeInKeepAlives = 10;

    /// <summary>How long the agent leaves a GDS in peace that has no room for its session.</summary>
    private static readonly TimeSpan Relief = TimeSpan.FromMinutes(30);

    private Link? _link;
    private DateTimeOffset _listenAfter;

    /// <summary>Whether sessions are kept at all: true in an agent with a loop.</summary>
    public bool Keeps { get; set; }

    public bool IsListening => _link is { Listening: not null, Session.State: SessionState.Connected };

    /// <exception cref="AgentProblem">The GDS was not met.</exception>
    public async Task<MetGds> TakeAsync(EnrolmentState enrolment, AgentConfiguration configuration, CancellationToken cancellationToken)
    {
        var terms = TermsOf(enrolment, configuration);
        if (_link is { Session.State: SessionState.Connected } kept && kept.Terms == terms) return new MetGds(kept.Session, IsKept: true, kept.ByPin);
        await DropAsync();
        try
        {
            var (session, byPin) = await connector.ConnectAsync(enrolment, configuration, cancellationToken);
            _link = new Link(session, byPin, terms);
            return new MetGds(session, IsKept: false, byPin);
        }
        catch (AgentProblem e) when (e.InnerException is UaException { StatusCode: var status } && status == StatusCodes.BadTooManySessions)
        {
            _listenAfter = time.GetUtcNow() + Relief;
            throw;
        }
    }

    /// <summary>After a cycle: keeps the session and listens, or closes it.</summary>
    /// <param name="seen">The trust lists' LastUpdateTime variables and what the cycle knows of them; null where the cycle did not get through.</param>
    public async Task GiveBackAsync(EnrolmentState enrolment, AgentConfiguration configuration, IReadOnlyDictionary<NodeId, DateTimeOffset>? seen, CancellationToken cancellationToken)
    {
        if (_link is not { } link) return;
        var mayListen = Keeps && configuration.Listen && seen is { Count: > 0 } && time.GetUtcNow() >= _listenAfter;
        var isMine = link.Terms == TermsOf(enrolment, configuration);
        if (!mayListen || !isMine || link.Session.State != SessionState.Connected)
        {
            await DropAsync();
            if (mayListen) wake.Wake(WakeReason.Lost);
            return;
        }

        try
        {
            if (link.Listening is null) Begin(link, configuration);
            await link.Listening!.WatchAsync(seen!, cancellationToken);
        }
        catch (UaException e)
        {
            Log.NotListening(logger, link.Session.Options.EndpointUrl, e.StatusCode, e.Message);
            if (!GdsErrors.IsAway(e)) _listenAfter = time.GetUtcNow() + Relief;
            await DropAsync();
        }
    }

    /// <summary>Closes the session, kept or not.</summary>
    public async Task DropAsync()
    {
        if (_link is not { } link) return;
        _link = null;
        link.Session.StateChanged -= OnChanged;
        await link.Session.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await DropAsync();

    private void Begin(Link link, AgentConfiguration configuration)
    {
        var keepAlives = (uint)Math.Max(1, configuration.ListenKeepAlive / GdsConnector.PublishingInterval);
        var options = new SubscriptionOptions { PublishingInterval = GdsConnector.PublishingInterval, KeepAliveCount = keepAlives, LifetimeCount = keepAlives * LifetimeInKeepAlives };
        link.Listening = new TrustListListening(link.Session, options, wake, logger);
        link.Session.StateChanged += OnChanged;
        if (link.Session.State != SessionState.Connected) wake.Wake(WakeReason.Lost);
        else Log.Listening(logger, link.Session.Options.EndpointUrl);
    }

    private void OnChanged(SessionStateChange change)
    {
        if (change.State != SessionState.Connected) wake.Wake(WakeReason.Lost);
    }

    /// <summary>What a session was made with; where any of it is another now, a new session is needed.</summary>
    private string TermsOf(EnrolmentState enrolment, AgentConfiguration configuration) =>
        $"{enrolment.EndpointUrl} {enrolment.Fingerprint} {own.Identity.Current.Primary.Certificate.Sha256} {configuration.Timeout} {configuration.ClockSkew} {configuration.ListenKeepAlive} {configuration.ChannelLifetime}";

    private sealed class Link(UaSession session, bool byPin, string terms)
    {
        public UaSession Session { get; } = session;

        public bool ByPin { get; } = byPin;

        public string Terms { get; } = terms;

        public TrustListListening? Listening { get; set; }
    }
}
