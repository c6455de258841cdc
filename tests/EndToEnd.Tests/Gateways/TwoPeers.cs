using System.Diagnostics;
using EndToEnd.Tests.Agents;
using EndToEnd.Tests.Clients;
using Ua.Client;
using Ua.Core;

namespace EndToEnd.Tests.Gateways;

/// <summary>Two peers of a gateway. One of them is revoked in the end; by the other one it is seen that the gateway lets in whom it should.</summary>
internal sealed class TwoPeers : IDisposable
{
    /// <summary>While all are online five seconds are promised; here others use the machine too, and no poll of this test comes so soon.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly AgentPlant _plant;
    private readonly PlantPeer _revoked;
    private readonly PlantPeer _other;

    private TwoPeers(AgentPlant plant, PlantPeer revoked, PlantPeer other) => (_plant, _revoked, _other) = (plant, revoked, other);

    public static async Task<TwoPeers> EnrolAsync(AgentPlant plant, string kind, CancellationToken cancellationToken)
    {
        using var console = TestApplication.Create($"{kind}-console");
        await using var administrator = await console.ConnectAsync(plant.EndpointUrl, UserIdentity.Named(plant.Account.Name, plant.Account.Password), cancellationToken);
        return new TwoPeers(
            plant,
            await PlantPeer.EnrolAsync($"{kind}-revoked", plant.EndpointUrl, administrator, cancellationToken),
            await PlantPeer.EnrolAsync($"{kind}-other", plant.EndpointUrl, administrator, cancellationToken));
    }

    /// <summary>Both get in, and see a certificate that the trust list of the GDS covers.</summary>
    /// <returns>Its thumbprint.</returns>
    public async Task<string> BothGetInAsync(string url, CancellationToken cancellationToken)
    {
        await GetsInAsync(_revoked, url, other: null, cancellationToken);
        return await GetsInAsync(_other, url, other: null, cancellationToken);
    }

    /// <summary>The gateway shows another certificate than before, to both.</summary>
    public async Task<string> BothSeeAnotherAsync(string url, string before, CancellationToken cancellationToken)
    {
        await GetsInAsync(_revoked, url, before, cancellationToken);
        return await GetsInAsync(_other, url, before, cancellationToken);
    }

    /// <summary>
    /// One knocks again and again while its certificate is revoked; at the first refusal the other one still gets in. The session
    /// that the revoked one had open ends too, that of the other one does not.
    /// </summary>
    /// <returns>What was measured, as a sentence.</returns>
    public async Task<string> OneIsRevokedAsync(string url, CancellationToken cancellationToken)
    {
        await using var open = await _revoked.StayAsync(url, cancellationToken);
        await using var otherOpen = await _other.StayAsync(url, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var knocking = Task.Run(() => FirstRefusalAsync(url, ended.Token), CancellationToken.None);
        await _plant.GdsAsync("cert", "revoke", _revoked.Thumbprint);
        var returned = Stopwatch.GetTimestamp();
        ended.CancelAfter(s_limit);
        var (refusal, refused, knocks) = await knocking;
        refusal.IsRefusal.ShouldBeTrue($"the revoked peer is refused within {s_limit.TotalSeconds} s; it was told last: {refusal}");
        refusal.Status.ShouldBe(StatusCodes.BadCertificateRevoked, refusal.Text);
        await AgentSteps.UntilAsync(async () => !await PlantPeer.IsServedAsync(open, cancellationToken), "the session that the revoked peer had open has ended");
        (await PlantPeer.IsServedAsync(otherOpen, cancellationToken)).ShouldBeTrue("the session of the other peer goes on");
        await GetsInAsync(_other, url, other: null, cancellationToken);
        (await _revoked.KnockAsync(url, cancellationToken)).Status.ShouldBe(StatusCodes.BadCertificateRevoked);
        return $"refused with {refusal.Status} {Stopwatch.GetElapsedTime(returned, refused).TotalSeconds:0.00} s after 'gds cert revoke' had returned, "
            + $"{Stopwatch.GetElapsedTime(began, refused).TotalSeconds:0.00} s after it was started (knock {knocks}).";
    }

    public void Dispose()
    {
        _revoked.Dispose();
        _other.Dispose();
    }

    /// <summary>Knocks without a pause longer than needed, so that the time is that of the gateway.</summary>
    private async Task<(Answer Last, long At, int Knocks)> FirstRefusalAsync(string url, CancellationToken ended)
    {
        for (var knocks = 1; ; knocks++)
        {
            var answer = await _revoked.KnockAsync(url, CancellationToken.None);
            if (answer.IsRefusal || ended.IsCancellationRequested) return (answer, Stopwatch.GetTimestamp(), knocks);
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private static async Task<string> GetsInAsync(PlantPeer peer, string url, string? other, CancellationToken cancellationToken)
    {
        Answer? answer = null;
        await AgentSteps.UntilAsync(
            async () => (answer = await peer.KnockAsync(url, cancellationToken)).IsWelcome && answer.Thumbprint != other,
            () => $"the peer is let in by {url}{(other is null ? "" : " with another certificate")}; it was told last: {answer}");
        return answer!.Thumbprint!;
    }
}
