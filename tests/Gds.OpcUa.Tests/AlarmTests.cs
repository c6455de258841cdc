using Gds.Core.Requests;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Conditions;

namespace Gds.OpcUa.Tests;

/// <summary>A GDS whose certificates are near their end from the first day on.</summary>
public sealed class ShortLivedGds : GdsFixture
{
    protected override Dictionary<string, string?> Settings => new() { ["Gds:CertificateLifetimeDays"] = "10" };
}

/// <summary>The alarms of a group of the Directory: what they tell, and who may acknowledge them.</summary>
public sealed class AlarmTests(ShortLivedGds gds) : IClassFixture<ShortLivedGds>
{
    private static readonly NodeId s_acknowledge = new(9111);
    private static readonly NodeId s_expired = CertificateGroupAlarms.ConditionId(Directory.DefaultGroup, "CertificateExpired");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private GroupAlarms Alarms => gds.Get<CertificateGroupAlarms>().Find(Directory.DefaultGroup)!;

    [Fact]
    public async Task A_member_near_its_end_is_named_and_acknowledged_by_who_may()
    {
        var app = new TestApplication("urn:localhost:alarm");
        await using var discovery = await gds.ConnectAsAsync("discovery");
        await using var authority = await gds.ConnectAsAsync("authority");
        var certificate = await IssueAsync(authority, await discovery.RegisterAsync(app.Record), app);
        await Alarms.JudgeAsync(Ct);

        await using var nobody = await gds.ConnectAsAsync("nobody");
        (await Read<bool>(nobody, "ActiveState/Id"), await Read<bool>(nobody, "AckedState/Id"), await Read<bool>(nobody, "Retain")).ShouldBe((true, false, true));
        (await Read<LocalizedText>(nobody, "Message")).Text.ShouldBe($"1 certificate nears its end: {app.Uri} ({certificate.NotAfter:u}).");
        (await Read<DateTime>(nobody, "ExpirationDate")).ShouldBe(certificate.NotAfter.UtcDateTime);
        (await Read<byte[]>(nobody, "Certificate")).ShouldBe(certificate.Der);
        (await Read<NodeId>(nobody, "CertificateType")).ShouldBe(Directory.RsaSha256);

        var eventId = await Read<byte[]>(nobody, "EventId");
        await Acknowledge(nobody, eventId).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await Acknowledge(discovery, eventId).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await Acknowledge(authority, eventId);
        (await Read<bool>(nobody, "AckedState/Id"), await Read<string>(nobody, "ClientUserId")).ShouldBe((true, "authority"));
        await using var security = await gds.ConnectAsAsync("security");
        await Acknowledge(security, eventId).ShouldFailAsync(StatusCodes.BadConditionBranchAlreadyAcked);
    }

    [Fact]
    public async Task The_trust_list_is_up_to_date()
    {
        await using var nobody = await gds.ConnectAsAsync("nobody");
        var id = CertificateGroupAlarms.ConditionId(Directory.DefaultGroup, "TrustListOutOfDate");
        (await nobody.ReadValueAsync<bool>(new NodeId($"{id.Identifier}/ActiveState/Id", 1), Ct)).ShouldBeFalse();
        (await nobody.ReadValueAsync<NodeId>(new NodeId($"{id.Identifier}/TrustListId", 1), Ct)).ShouldBe(Directory.TrustList);
        (await nobody.ReadValueAsync<double>(new NodeId($"{id.Identifier}/UpdateFrequency", 1), Ct)).ShouldBe(3_600_000);
        (await nobody.ReadValueAsync<NodeId>(new NodeId($"{id.Identifier}/InputNode", 1), Ct)).ShouldBe(new NodeId(GroupIds.DefaultApplication.Methods.LastUpdateTime, Directory.Gds));
    }

    private async Task<ApplicationCertificate> IssueAsync(UaSession session, NodeId id, TestApplication app)
    {
        var request = await session.StartAsync(id, app.SigningRequest());
        await gds.Get<RequestDecisions>().ApproveAsync(GdsFixture.Local, (Guid)request.Identifier, Ct);
        return ApplicationCertificate.Parse(await session.FinishAsync(id, request));
    }

    private static Task<T> Read<T>(UaSession session, string path) => session.ReadValueAsync<T>(new NodeId($"{s_expired.Identifier}/{path}", 1), Ct);

    private static Task<Variant[]> Acknowledge(UaSession session, byte[] eventId) => session.CallAsync(s_expired, s_acknowledge, [eventId, new LocalizedText("en", "seen")], Ct);
}
