using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Ua.Client;
using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Hosting;
using Ua.Server.ServerConfiguration;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.ServerConfiguration;

/// <summary>One transaction per server, with an owner, an end and a report (Part 12, 7.10.2 and 7.10.17).</summary>
public sealed class TransactionTests
{
    private static readonly NodeId s_start = new(32337), s_end = new(32338), s_result = new(32339), s_lists = new(32340), s_groups = new(32341), s_errors = new(32342);

    [Fact]
    public async Task Who_comes_second_waits_until_the_first_has_ended()
    {
        await using var server = await PushedServer.StartAsync();
        await using var first = await server.AdminAsync();
        await using var second = await server.AdminAsync();
        await first.WriteListAsync(Pushing.Trusted(server.Live.Client.Der, server.Certificate.Der));
        await second.OpenAsync(6).ShouldFailAsync(StatusCodes.BadTransactionPending);
        await second.UpdateAsync(server.Certificate.Der).ShouldFailAsync(StatusCodes.BadTransactionPending);
        await second.DeleteAsync().ShouldFailAsync(StatusCodes.BadTransactionPending);
        await second.SelfSignedAsync().ShouldFailAsync(StatusCodes.BadTransactionPending);
        await second.AddAsync(server.Certificate.Der).ShouldFailAsync(StatusCodes.BadTransactionPending);
        await second.ApplyAsync().ShouldFailAsync(StatusCodes.BadSessionIdInvalid);
        await second.CancelAsync().ShouldFailAsync(StatusCodes.BadSessionIdInvalid);
        (await second.ReadListAsync()).TrustedCertificates.Length.ShouldBe(1);
        await first.ApplyAsync();
        (await second.ReadListAsync()).TrustedCertificates.Length.ShouldBe(2);
        await second.WriteListAsync(Pushing.Trusted(server.Live.Client.Der));
        await second.ApplyAsync();
        (await first.ReadListAsync()).TrustedCertificates.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_transaction_goes_with_its_session()
    {
        await using var server = await PushedServer.StartAsync();
        await using (var first = await server.AdminAsync()) await first.WriteListAsync(Pushing.Trusted(server.Live.Client.Der, server.Certificate.Der));
        await using var second = await server.AdminAsync();
        (await second.ReadValueAsync<StatusCode>(s_result)).ShouldBe(StatusCodes.BadSessionClosed);
        await second.WriteListAsync(Pushing.Trusted(server.Live.Client.Der));
        await second.ApplyAsync();
        (await second.ReadListAsync()).TrustedCertificates.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_transaction_that_is_forgotten_runs_out()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await PushedServer.StartAsync(services: s => s.AddSingleton<TimeProvider>(time));
        await using var first = await server.AdminAsync();
        await first.WriteListAsync(Pushing.Trusted(server.Live.Client.Der, server.Certificate.Der));
        for (var minute = 0; minute < 11; minute++)
        {
            time.Advance(TimeSpan.FromSeconds(59));
            await first.ReadValueAsync<int>(VariableIds.ServerStatusState);
        }

        await first.ApplyAsync().ShouldFailAsync(StatusCodes.BadNothingToDo);
        (await first.ReadValueAsync<StatusCode>(s_result)).ShouldBe(StatusCodes.BadTimeout);
    }

    [Fact]
    public async Task A_list_that_is_being_written_keeps_its_transaction()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await PushedServer.StartAsync(services: s => s.AddSingleton<TimeProvider>(time));
        await using var first = await server.AdminAsync();
        var handle = await first.OpenAsync(6);
        for (var minute = 0; minute < 13; minute++)
        {
            time.Advance(TimeSpan.FromSeconds(55));
            await first.ListAsync(MethodIds.FileTypeWrite, handle, new byte[] { 0 });
        }

        await using var second = await server.AdminAsync();
        await second.DeleteAsync().ShouldFailAsync(StatusCodes.BadTransactionPending);
        await first.CancelAsync();
    }

    [Fact]
    public async Task A_handle_that_nobody_uses_is_closed_with_what_was_written()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await PushedServer.StartAsync(services: s => s.AddSingleton<TimeProvider>(time));
        await using var admin = await server.AdminAsync();
        var handle = await admin.OpenAsync(6);
        (await admin.ReadValueAsync<ushort>(new NodeId(12646))).ShouldBe((ushort)1);
        time.Advance(TimeSpan.FromSeconds(59));
        await admin.ListAsync(MethodIds.FileTypeWrite, handle, new byte[] { 0, 0, 0, 0 });
        time.Advance(TimeSpan.FromSeconds(59));
        await admin.ReadValueAsync<int>(VariableIds.ServerStatusState);
        time.Advance(TimeSpan.FromSeconds(2));
        await admin.ListAsync(MethodIds.TrustListTypeCloseAndUpdate, handle).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        (await admin.ReadValueAsync<ushort>(new NodeId(12646))).ShouldBe((ushort)0);
        await admin.ApplyAsync();
    }

    [Fact]
    public async Task Diagnostics_tell_of_the_last_transaction()
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        foreach (var id in new[] { s_start, s_end, s_result, s_lists, s_groups, s_errors })
            (await Should.ThrowAsync<UaException>(() => admin.ReadValueAsync<object>(id))).StatusCode.ShouldBe(StatusCodes.BadOutOfService);

        var before = TimeProvider.System.GetUtcNow().UtcDateTime;
        await admin.WriteListAsync(Pushing.Trusted(server.Live.Client.Der));
        (await admin.ReadValueAsync<DateTime>(s_start)).ShouldBeGreaterThan(before.AddSeconds(-1));
        (await admin.ReadValueAsync<DateTime>(s_end)).ShouldBe(DateTime.MinValue);
        (await Should.ThrowAsync<UaException>(() => admin.ReadValueAsync<StatusCode>(s_result))).StatusCode.ShouldBe(StatusCodes.BadInvalidState);
        (await admin.ReadValueAsync<NodeId[]>(s_lists)).ShouldBe([PushedServer.TrustList]);
        (await admin.ReadValueAsync<NodeId[]>(s_groups)).ShouldBeEmpty();
        await admin.CancelAsync();
        (await admin.ReadValueAsync<StatusCode>(s_result)).ShouldBe(StatusCodes.BadRequestCancelledByClient);

        await admin.DeleteAsync();
        await admin.ApplyAsync().ShouldFailAsync(StatusCodes.BadInvalidState);
        (await admin.ReadValueAsync<StatusCode>(s_result)).ShouldBe(StatusCodes.BadInvalidState);
        (await admin.ReadValueAsync<DateTime>(s_end)).ShouldBeGreaterThan(before.AddSeconds(-1));
        (await admin.ReadValueAsync<NodeId[]>(s_groups)).ShouldBe([PushedServer.Group]);
        (await admin.ReadValueAsync<ExtensionObject[]>(s_errors)).ShouldHaveSingleItem().TryDecode<TransactionErrorType>(out var error).ShouldBeTrue();
        (error!.TargetId, error.Error).ShouldBe((PushedServer.Group, StatusCodes.BadInvalidState));
        error.Message.Text.ShouldNotBeNull().ShouldContain("used by the endpoints");
        await admin.ApplyAsync().ShouldFailAsync(StatusCodes.BadNothingToDo);
    }

    [Fact]
    public async Task An_error_drops_everything_that_was_queued()
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        await admin.WriteListAsync(Pushing.Trusted(server.Live.Client.Der, server.Certificate.Der));
        await admin.DeleteAsync();
        await admin.ApplyAsync().ShouldFailAsync(StatusCodes.BadInvalidState);
        (await admin.ReadListAsync()).TrustedCertificates.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_method_that_fails_leaves_the_transaction_as_it_was()
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        await admin.WriteListAsync(Pushing.Trusted(server.Live.Client.Der, server.Certificate.Der));
        await admin.WriteListAsync(Pushing.Trusted([1])).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        await admin.UpdateAsync([1]).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        await admin.ApplyAsync();
        (await admin.ReadListAsync()).TrustedCertificates.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_deleted_certificate_may_be_made_anew_in_the_same_transaction()
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        var id = admin.SessionId;
        await admin.DeleteAsync();
        var made = Pki.ApplicationCertificate.Parse(await admin.SelfSignedAsync("CN=Self", ["localhost"], ["127.0.0.1"], days: 7, bits: 3072));
        (made.CommonName, made.PublicKey.SizeInBits, made.ApplicationUri).ShouldBe(("Self", 3072, "urn:test:server"));
        made.NotAfter.ShouldBe(TimeProvider.System.GetUtcNow().AddDays(7), TimeSpan.FromMinutes(5));
        server.Trusted.Publish(PushedServer.Trusting(server.Certificate, made));
        await admin.ApplyAsync();
        server.Certificate.ShouldBe(made);
        await server.BackAsync(admin, id);
    }

    [Fact]
    public async Task Audit_events_tell_what_was_asked_and_done_and_never_a_key()
    {
        await using var server = await PushedServer.StartAsync();
        await using var admin = await server.AdminAsync();
        var heard = new Listening(server.Live.Get<Ua.Server.Sessions.UaServerSessions>().Activated.Single());
        server.Live.Get<EventRouter>().Add(heard);
        using var key = Pki.KeyPair.Import(TestKit.TestKey.Of(3072, "b").Rsa.ExportPkcs8PrivateKey());
        var certificate = Pki.SelfSignedCertificate.Create("urn:test:server", Pki.SubjectName.Build("server"), ["localhost"], [], key, TimeSpan.FromDays(9), TimeProvider.System);
        var pem = System.Text.Encoding.ASCII.GetBytes(key.ExportPem());
        await admin.UpdateAsync(certificate.Der, "PEM", [1]).ShouldFailAsync(StatusCodes.BadSecurityChecksFailed);
        await admin.UpdateAsync(certificate.Der, "PEM", pem);
        await admin.WriteListAsync(Pushing.Trusted(server.Live.Client.Der));
        server.Trusted.Publish(PushedServer.Trusting(server.Certificate, certificate));
        await admin.ApplyAsync();

        var requested = heard.Events.Where(e => e.EventType == new NodeId(32306)).ToList();
        requested.Select(e => (StatusCode)e["StatusCodeId"].Value!).ShouldBe([StatusCodes.BadSecurityChecksFailed, StatusCodes.Good]);
        requested.ShouldAllBe(e => ((Variant[])e["InputArguments"].Value!)[5].IsNull);
        heard.Events.ShouldContain(e => e.EventType == new NodeId(32260));
        heard.Events.ShouldContain(e => e.EventType == new NodeId(12561) && Equals(e["TrustListId"].Value, PushedServer.TrustList));
        heard.Events.ShouldContain(e => e.EventType == new NodeId(12620) && Equals(e["CertificateGroup"].Value, PushedServer.Group) && Equals(e["CertificateType"].Value, PushedServer.RsaSha256));
    }

    private sealed class Listening(Ua.Server.Nodes.ICallContext caller) : IEventListener
    {
        public System.Collections.Concurrent.ConcurrentQueue<UaEvent> Events { get; } = [];

        public NodeId Notifier => ObjectIds.Server;

        public Ua.Server.Nodes.ICallContext Caller => caller;

        public void Offer(UaEvent e) => Events.Enqueue(e);
    }
}
