using System.Runtime.ExceptionServices;
using Gds.Core.State;
using Gds.Store;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace Gds.Core.Push;

/// <summary>
/// Pushes to one application of a target (Part 12, 7.7): trust lists first, together with what is there; then certificates;
/// everything into force at once; a new connection to see it; then what is old goes.
/// </summary>
internal sealed class ApplicationPush(
    LiveState live, TrustListPush lists, CertificatePush certificates, PushedRequests pushed, PushDoor door, PushReports reports, PushOptions options, TimeProvider time)
{
    public async Task RunAsync(PushContext context, NodeId configurationId, IReadOnlyList<PushPlace> places, CancellationToken cancellationToken)
    {
        var version = live.Current.Groups.Values.ToDictionary(g => g.Id, g => g.TrustListUpdatedAt);
        var work = new List<PlaceWork>(places.Count);
        foreach (var place in places) work.Add(await InspectAsync(context, place, cancellationToken));
        try
        {
            await ChangeAsync(context, configurationId, work, cancellationToken);
        }
        catch (Exception e) when (e is UaException or GdsProblem)
        {
            await CancelAsync(context, configurationId, cancellationToken);
            throw;
        }
        foreach (var done in work)
        {
            if (done.Withheld is null) await reports.InSyncAsync(done, version[done.Place.Ours.Id], cancellationToken);
            else await reports.ListInSyncAsync(done, version[done.Place.Ours.Id], cancellationToken);
        }

        if (work.Select(w => w.Withheld).FirstOrDefault(w => w is not null) is not { } withheld) return;
        await CancelAsync(context, configurationId, cancellationToken);
        context.Notes.Begin(withheld.At);
        withheld.Error.Throw();
    }

    private async Task ChangeAsync(PushContext context, NodeId configurationId, List<PlaceWork> work, CancellationToken cancellationToken)
    {
        var needsApply = false;
        foreach (var each in work) needsApply |= await WriteFirstAsync(context, each, cancellationToken);
        foreach (var each in work) needsApply |= await GiveAsync(context, each, cancellationToken);
        await ApplyAsync(context, configurationId, work, needsApply, cancellationToken);
        foreach (var each in work) await ConfirmAsync(context, each, cancellationToken);

        needsApply = false;
        foreach (var each in work.Where(w => w.Due.Count > 0)) needsApply |= await WriteFinalAsync(context, each, cancellationToken);
        if (needsApply) await ApplyAsync(context, configurationId, work, needsApply: true, cancellationToken);
        foreach (var each in work.Where(w => w.Withheld is null)) await ProbeAsync(context, each, cancellationToken);
    }

    /// <summary>A certificate that cannot be given, or waits for a person, must not keep the trust list from the target: it may revoke somebody.</summary>
    private async Task<bool> GiveAsync(PushContext context, PlaceWork work, CancellationToken cancellationToken)
    {
        var needsApply = false;
        try
        {
            foreach (var due in work.Due)
            {
                var given = await certificates.GiveAsync(context, work.Place, due.TypeId, due.IsEmpty, due.Open, cancellationToken);
                work.Given.Add((due, given));
                needsApply |= given.NeedsApply;
            }
        }
        catch (Exception e) when (e is GdsProblem || (e is UaException ua && !PushErrors.IsNoAnswer(ua)))
        {
            work.Withheld = new WithheldCertificate(context.Notes.At, ExceptionDispatchInfo.Capture(e));
        }

        return needsApply;
    }

    private async Task<PlaceWork> InspectAsync(PushContext context, PushPlace place, CancellationToken cancellationToken)
    {
        context.Notes.Begin(PushStepKind.Inspect);
        var plan = TrustListPlan.Make(await TrustListPush.ReadAsync(place, cancellationToken), lists.Intended(place), context.Target.KeepsOthers);
        var work = new PlaceWork(place, plan);
        var types = CertificatePush.TypesOf(place);
        if (types.Count == 0) await context.Notes.LimitedAsync(PushStepKind.Inspect, place.Subject, $"The group {place.Ours.Name} issues none of the certificate types of the target.", cancellationToken);
        List<string> said = [];
        foreach (var type in types)
        {
            var (isKnown, current) = await CertificatePush.CurrentAsync(context, place, type, cancellationToken);
            var open = await certificates.SettleAsync(context, place, type, current, cancellationToken);
            work.InUse ??= current;
            if (certificates.DueBecause(context, place, type, isKnown, current, open) is not { } reason)
            {
                said.Add("the certificate is good");
                continue;
            }
            work.Due.Add(new(type, isKnown && current is null, open));
            said.Add($"a certificate is given, since {reason}");
        }
        await context.Notes.DoneAsync(PushStepKind.Inspect, place.Subject, said.Count == 0 ? "Only the trust list is kept." : $"{string.Join("; ", said)}.", cancellationToken);
        return work;
    }

    private static async Task<bool> WriteFirstAsync(PushContext context, PlaceWork work, CancellationToken cancellationToken)
    {
        var twice = work.Due.Count > 0;
        var wanted = twice ? work.Plan.First : work.Plan.Final;
        TrustListOutcome outcome;
        try
        {
            outcome = await TrustListPush.WriteAsync(context, work.Place, wanted, removes: !twice, cancellationToken);
        }
        catch (UaException e) when (twice && !TrustListPlan.Same(work.Plan.First, work.Plan.Final) && PushErrors.IsRefusal(e))
        {
            await context.Notes.LimitedAsync(PushStepKind.TrustList, work.Place.Subject, $"The old list together with the new one was refused ({e.Message}); the new one is written alone.", cancellationToken);
            wanted = work.Plan.Final;
            outcome = await TrustListPush.WriteAsync(context, work.Place, wanted, removes: false, cancellationToken);
        }
        return await TakeAsync(context, work, wanted, outcome, twice ? "together with what was there" : "as it is to be", cancellationToken);
    }

    private static async Task<bool> WriteFinalAsync(PushContext context, PlaceWork work, CancellationToken cancellationToken)
    {
        var outcome = await TrustListPush.WriteAsync(context, work.Place, work.Plan.Final, removes: true, cancellationToken);
        return await TakeAsync(context, work, work.Plan.Final, outcome, "without what is old", cancellationToken);
    }

    private static async Task<bool> TakeAsync(PushContext context, PlaceWork work, TrustListDataType wanted, TrustListOutcome outcome, string how, CancellationToken cancellationToken)
    {
        (work.Written, work.Gap) = (outcome.Gap is null ? wanted : null, outcome.Gap);
        if (outcome.Change == TrustListChange.None) await context.Notes.SkippedAsync(PushStepKind.TrustList, work.Place.Subject, $"The list is {how} already.", cancellationToken);
        else await context.Notes.DoneAsync(PushStepKind.TrustList, work.Place.Subject, $"The list was written, {how}.", cancellationToken);
        return outcome.NeedsApply;
    }

    /// <summary>Puts everything into force and looks by a new connection whether it is.</summary>
    private async Task ApplyAsync(PushContext context, NodeId configurationId, List<PlaceWork> work, bool needsApply, CancellationToken cancellationToken)
    {
        var connection = context.Connection;
        if (!needsApply && work.All(w => w.Given.Count == 0)) return;
        var subject = new PushSubject(work[0].Place.Application.ApplicationUri, null);
        var answered = true;
        var patience = options.Return;
        if (needsApply)
        {
            context.Notes.Begin(PushStepKind.ApplyChanges);
            answered = await connection.ApplyAsync(await OpenAsync(connection, configurationId, cancellationToken), cancellationToken);
            var announced = answered ? await connection.AnnouncedAsync(cancellationToken) : TimeSpan.Zero;
            patience += announced;
            var text = !answered ? "The connection went before the answer; a look will tell." : announced > TimeSpan.Zero ? $"Done; the target starts again in {announced.TotalSeconds:0} s." : "Done.";
            await context.Notes.DoneAsync(PushStepKind.ApplyChanges, subject, text, cancellationToken);
        }

        context.Notes.Begin(PushStepKind.Verify);
        var missing = "";
        var right = await connection.ReturnAsync(async () => (missing = await MissingAsync(context, configurationId, work, cancellationToken)).Length == 0, patience, cancellationToken);
        if (!right)
            throw new UaException(StatusCodes.BadInvalidState, $"{(answered ? "ApplyChanges was answered with Good" : "The answer to ApplyChanges was lost")}, but {missing}.");
        await context.Notes.DoneAsync(PushStepKind.Verify, subject, $"A new connection shows [{connection.Served.Thumbprint}] and everything is in force.", cancellationToken);
    }

    /// <summary>What a new connection does not show yet; empty where all is there.</summary>
    private static async Task<string> MissingAsync(PushContext context, NodeId configurationId, List<PlaceWork> work, CancellationToken cancellationToken)
    {
        var configuration = await OpenAsync(context.Connection, configurationId, cancellationToken);
        foreach (var each in work)
        {
            each.Place = each.Place with { Configuration = configuration };
            foreach (var (due, given) in each.Given)
            {
                var (isKnown, current) = await CertificatePush.CurrentAsync(context, each.Place, due.TypeId, cancellationToken);
                if (isKnown && !given.Certificate.Equals(current)) return $"the certificate in use is {(current is null ? "none" : $"[{current.Thumbprint}]")}, not [{given.Certificate.Thumbprint}]";
                if (each.Place.IsServer && each.Due.Count == 1 && !given.Certificate.Equals(context.Connection.Served))
                    return $"the server shows [{context.Connection.Served.Thumbprint}], not [{given.Certificate.Thumbprint}]";
                each.InUse = given.Certificate;
            }
            if (each.Written is { } written && !TrustListPlan.Same(await TrustListPush.ReadAsync(each.Place, cancellationToken), written)) return "the trust list is not the one that was written";
        }
        return "";
    }

    private async Task ConfirmAsync(PushContext context, PlaceWork work, CancellationToken cancellationToken)
    {
        foreach (var (due, given) in work.Given)
        {
            await pushed.ConfirmAsync(work.Place.Application.Id, given.RequestId, cancellationToken);
            await certificates.DiscardAsync(due.Open.Where(r => r.RequestId != given.RequestId), cancellationToken);
            await context.Notes.DoneAsync(PushStepKind.Verify, work.Place.Subject, $"[{given.Certificate.Thumbprint}] is in use.", cancellationToken);
        }
    }

    /// <summary>Looks what the application itself shows, where it is not the server that was pushed to.</summary>
    private async Task ProbeAsync(PushContext context, PlaceWork work, CancellationToken cancellationToken)
    {
        var place = work.Place;
        if (place.IsServer)
        {
            work.VerifiedAt = time.GetUtcNow().UtcDateTime;
            work.InUse = context.Connection.Served;
            return;
        }
        if (place.Application.DiscoveryUrls.FirstOrDefault(u => u.StartsWith("opc.tcp://", StringComparison.OrdinalIgnoreCase)) is not { } url || work.InUse is not { } expected) return;
        var started = time.GetTimestamp();
        var patience = work.Given.Count == 0 ? TimeSpan.Zero : options.Return / 4;
        while (true)
        {
            var text = await LookAsync(url, expected, cancellationToken);
            if (text is null)
            {
                work.VerifiedAt = time.GetUtcNow().UtcDateTime;
                await context.Notes.DoneAsync(PushStepKind.Verify, place.Subject, $"{url} shows [{expected.Thumbprint}].", cancellationToken);
                return;
            }
            if (time.GetElapsedTime(started) >= patience)
            {
                await context.Notes.LimitedAsync(PushStepKind.Verify, place.Subject, text, cancellationToken);
                return;
            }
            await Task.Delay(options.Look, time, cancellationToken);
        }
    }

    private async Task<string?> LookAsync(string url, ApplicationCertificate expected, CancellationToken cancellationToken)
    {
        try
        {
            return (await door.ShownAsync(url, cancellationToken)).Contains(expected) ? null : $"{url} does not show [{expected.Thumbprint}].";
        }
        catch (UaException e)
        {
            return $"{url} cannot be looked at: {e.Message}";
        }
    }

    private static async Task CancelAsync(PushContext context, NodeId configurationId, CancellationToken cancellationToken)
    {
        if (!context.Connection.IsOpen) return;
        try
        {
            await PushConnection.CancelAsync(await OpenAsync(context.Connection, configurationId, cancellationToken), cancellationToken);
        }
        catch (UaException e)
        {
            await context.Notes.LimitedAsync(PushStepKind.CleanUp, new(null, null), $"The transaction ends with its session: {e.Message}", cancellationToken);
        }
    }

    private static Task<ServerConfigurationClient> OpenAsync(PushConnection connection, NodeId configurationId, CancellationToken cancellationToken) =>
        ServerConfigurationClient.OpenAsync(connection.Session, configurationId, cancellationToken);
}

/// <summary>What is to be done at one place, and what was.</summary>
internal sealed class PlaceWork(PushPlace place, TrustListPlan plan)
{
    public PushPlace Place { get; set; } = place;

    public TrustListPlan Plan { get; } = plan;

    public List<DueCertificate> Due { get; } = [];

    public List<(DueCertificate Due, GivenCertificate Given)> Given { get; } = [];

    /// <summary>The list that the target is to show; null where it cannot take one as a whole.</summary>
    public TrustListDataType? Written { get; set; }

    /// <summary>What of the trust list the target cannot take.</summary>
    public string? Gap { get; set; }

    public ApplicationCertificate? InUse { get; set; }

    public DateTime? VerifiedAt { get; set; }

    /// <summary>Why a certificate that is due was not given; null where none was withheld.</summary>
    public WithheldCertificate? Withheld { get; set; }
}

/// <summary>A certificate that could not be given: the step that failed, and how.</summary>
internal sealed record WithheldCertificate(PushStepKind At, ExceptionDispatchInfo Error);

/// <summary>A certificate that a place needs, and the requests for it that earlier runs left.</summary>
internal sealed record DueCertificate(uint TypeId, bool IsEmpty, IReadOnlyList<PushedRequest> Open);
