using Ua.Client;
using Ua.Core;
using Ua.Server.Conditions;

namespace Ua.Server.Tests.ServerConfiguration;

/// <summary>The alarms of the groups of ServerConfiguration: about the server's own certificate and trust list.</summary>
public sealed class GroupAlarmTests
{
    private static readonly NodeId s_acknowledge = new(9111);

    [Fact]
    public async Task They_tell_of_the_servers_own_certificate_and_list_to_who_may_see_the_group()
    {
        await using var server = await PushedServer.StartAsync(o => o.UpdateFrequency = TimeSpan.FromMilliseconds(1));
        await using var admin = await server.AdminAsync();
        (await Read<bool>(admin, "CertificateExpired", "ActiveState/Id")).ShouldBeFalse();
        (await Read<DateTime>(admin, "CertificateExpired", "ExpirationDate")).ShouldBe(server.Certificate.NotAfter.UtcDateTime);
        (await Read<byte[]>(admin, "CertificateExpired", "Certificate")).ShouldBe(server.Certificate.Der);
        (await Read<NodeId>(admin, "CertificateExpired", "CertificateType")).ShouldBe(PushedServer.RsaSha256);

        (await Read<bool>(admin, "TrustListOutOfDate", "ActiveState/Id")).ShouldBeTrue();
        (await Read<NodeId>(admin, "TrustListOutOfDate", "TrustListId")).ShouldBe(PushedServer.TrustList);
        (await Read<double>(admin, "TrustListOutOfDate", "UpdateFrequency")).ShouldBe(1);
        var id = await Read<byte[]>(admin, "TrustListOutOfDate", "EventId");
        await admin.CallAsync(CertificateGroupAlarms.ConditionId(PushedServer.Group, "TrustListOutOfDate"), s_acknowledge, [id, new LocalizedText("en", "seen")]);
        (await Read<string>(admin, "TrustListOutOfDate", "ClientUserId")).ShouldBe("admin");

        await using var anyone = await server.ConnectAsync(UserIdentity.Anonymous);
        (await Should.ThrowAsync<UaException>(Read<bool>(anyone, "TrustListOutOfDate", "ActiveState/Id"))).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    private static Task<T> Read<T>(UaSession session, string alarm, string path) =>
        session.ReadValueAsync<T>(new NodeId($"{CertificateGroupAlarms.ConditionId(PushedServer.Group, alarm).Identifier}/{path}", 1));
}
