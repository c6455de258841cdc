using Microsoft.Extensions.Logging;
using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>The two alarms of one certificate group: judged when the facts changed and when something falls due, not in between.</summary>
public sealed class GroupAlarms : IDisposable
{
    /// <summary>A clock that was set, or a machine that slept, is noticed after this time at the latest.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromMinutes(1);

    private readonly NodeId _group;
    private readonly ICertificateGroupFacts _facts;
    private readonly CertificateGroupAlarmOptions _options;
    private readonly NodeId _trustList;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _judging = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _isChanged;
    private bool _isDisposed;

    internal GroupAlarms(
        NodeId group, ICertificateGroupFacts facts, CertificateGroupAlarmOptions options, NodeId trustList,
        AlarmCondition expired, AlarmCondition outOfDate, TimeProvider time, ILogger log)
    {
        (_group, _facts, _options, _trustList, _time, _log) = (group, facts, options, trustList, time, log);
        (CertificateExpired, TrustListOutOfDate) = (expired, outOfDate);
        _timer = time.CreateTimer(_ => _ = RunAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public AlarmCondition CertificateExpired { get; }

    public AlarmCondition TrustListOutOfDate { get; }

    /// <summary>Says that the facts changed; returns at once.</summary>
    public void Changed()
    {
        lock (_gate)
        {
            if (_isChanged || _isDisposed) return;
            _isChanged = true;
            _timer.Change(_options.Settling, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Judges both alarms now, and sets the timer for when the judgement changes by itself.</summary>
    public async Task JudgeAsync(CancellationToken cancellationToken)
    {
        await _judging.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_gate) _isChanged = false;
            Wait(await JudgeBothAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _judging.Release();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }

        _timer.Dispose();
        _ended.Cancel();
        _ended.Dispose();
    }

    internal Task StartAsync() => RunAsync();

    private async Task RunAsync()
    {
        try
        {
            await JudgeAsync(_ended.Token).ConfigureAwait(false);
        }
        catch (Exception) when (_isDisposed)
        {
            Log.GroupEnded(_log, _group);
        }
        catch (Exception e)
        {
            Log.GroupNotJudged(_log, e, _group);
            await DoubtAsync().ConfigureAwait(false);
            Wait(Now + s_retryAfter);
        }
    }

    private async Task DoubtAsync()
    {
        foreach (var alarm in new[] { CertificateExpired, TrustListOutOfDate })
            await alarm.DoubtAsync(StatusCodes.BadResourceUnavailable, CancellationToken.None).ConfigureAwait(false);
    }

    /// <returns>When the judgement changes by itself; null where it does not.</returns>
    private async Task<DateTime?> JudgeBothAsync(CancellationToken cancellationToken)
    {
        var certificates = await _facts.CertificatesAsync(cancellationToken).ConfigureAwait(false);
        var soonest = CertificateExpiredRule.Soonest(certificates);
        var der = soonest is null ? null : await _facts.ReadAsync(soonest, cancellationToken).ConfigureAwait(false);
        var list = await _facts.TrustListAsync(cancellationToken).ConfigureAwait(false);
        var now = Now;
        await CertificateExpired.ReportAsync(CertificateExpiredRule.Judge(certificates, der, _options.ExpirationLimit, now), cancellationToken).ConfigureAwait(false);
        await TrustListOutOfDate.ReportAsync(TrustListOutOfDateRule.Judge(list, _trustList, now), cancellationToken).ConfigureAwait(false);
        return Earlier(CertificateExpiredRule.Next(certificates, _options.ExpirationLimit, now), TrustListOutOfDateRule.Next(list, now));
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private static DateTime? Earlier(DateTime? a, DateTime? b) => a is null || b < a ? b : a;

    private void Wait(DateTime? until)
    {
        lock (_gate)
        {
            if (_isChanged || _isDisposed) return;
            var wait = until - Now ?? Timeout.InfiniteTimeSpan;
            if (until is not null) wait = TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, s_longestWait.Ticks));
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }
}
