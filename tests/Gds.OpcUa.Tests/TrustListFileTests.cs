using Gds.Core.TrustLists;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace Gds.OpcUa.Tests;

/// <summary>The file methods of a trust list with the result codes of Part 12, 7.8.2.</summary>
public sealed class TrustListFileTests(GdsFixture gds) : IClassFixture<GdsFixture>
{
    private static readonly TrustListIds s_ids = GroupIds.DefaultApplication.Methods;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_read_in_parts_from_any_position()
    {
        await using var session = await gds.ConnectAsAsync("authority");
        var handle = await OpenAsync(session);
        var whole = await ReadAsync(session, handle, int.MaxValue);
        (await ReadAsync(session, handle, 10)).ShouldBeEmpty();
        (await session.TrustListCallAsync(s_ids.GetPosition, handle))[0].ShouldBe((ulong)whole.Length);
        await session.TrustListCallAsync(s_ids.SetPosition, handle, 4ul);
        (await ReadAsync(session, handle, 8)).ShouldBe(whole[4..12]);
        (await session.TrustListCallAsync(s_ids.GetPosition, handle))[0].ShouldBe(12ul);
        await session.TrustListCallAsync(s_ids.SetPosition, handle, ulong.MaxValue);
        (await session.TrustListCallAsync(s_ids.GetPosition, handle))[0].ShouldBe((ulong)whole.Length);
        (await ReadAsync(session, handle, 0)).ShouldBeEmpty();
        await session.TrustListCallAsync(s_ids.Close, handle);
    }

    [Theory]
    [InlineData(TrustListMasks.None)]
    [InlineData(TrustListMasks.TrustedCertificates)]
    [InlineData(TrustListMasks.TrustedCrls | TrustListMasks.IssuerCrls)]
    [InlineData(TrustListMasks.All)]
    public async Task Only_the_lists_of_the_mask_are_there(TrustListMasks masks)
    {
        await using var session = await gds.ConnectAsAsync("authority");
        var list = await session.ReadTrustListAsync(masks);
        list.SpecifiedLists.ShouldBe(masks);
        list.TrustedCertificates.Length.ShouldBe(masks.HasFlag(TrustListMasks.TrustedCertificates) ? 1 : 0);
        list.TrustedCrls.Length.ShouldBe(masks.HasFlag(TrustListMasks.TrustedCrls) ? 1 : 0);
    }

    [Fact]
    public async Task Every_wrong_use_has_its_code()
    {
        await using var session = await gds.ConnectAsAsync("authority");
        foreach (var mode in new byte[] { 0, 3, 4, 7, 10 }) await session.TrustListCallAsync(s_ids.Open, mode).ShouldFailAsync(StatusCodes.BadNotSupported);
        foreach (var mode in new byte[] { 2, 6 }) await session.TrustListCallAsync(s_ids.Open, mode).ShouldFailAsync(StatusCodes.BadNotWritable);
        await session.TrustListCallAsync(s_ids.OpenWithMasks, 16u).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        foreach (var method in new[] { s_ids.Close, s_ids.GetPosition, s_ids.CloseAndUpdate })
            await session.TrustListCallAsync(method, 77u).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await session.TrustListCallAsync(s_ids.Read, 77u, 1).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await session.TrustListCallAsync(s_ids.SetPosition, 77u, 1ul).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        var handle = await OpenAsync(session);
        await session.TrustListCallAsync(s_ids.Read, handle, -1).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await session.TrustListCallAsync(s_ids.Write, handle, new byte[] { 1 }).ShouldFailAsync(StatusCodes.BadInvalidState);
        await session.TrustListCallAsync(s_ids.CloseAndUpdate, handle).ShouldFailAsync(StatusCodes.BadInvalidState);
        await session.TrustListCallAsync(s_ids.Close, handle);
        await session.TrustListCallAsync(s_ids.Close, handle).ShouldFailAsync(StatusCodes.BadInvalidArgument);
    }

    [Fact]
    public async Task A_handle_belongs_to_its_session_and_ends_with_it()
    {
        await using var mine = await gds.ConnectAsAsync("authority");
        uint foreign;
        await using (var theirs = await gds.ConnectAsAsync("authority"))
        {
            foreign = await OpenAsync(theirs);
            await mine.TrustListCallAsync(s_ids.Close, foreign).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        }

        await mine.TrustListCallAsync(s_ids.Close, foreign).ShouldFailAsync(StatusCodes.BadInvalidArgument);
    }

    [Fact]
    public async Task A_session_cannot_open_without_end()
    {
        await using var session = await gds.ConnectAsAsync("authority");
        for (var i = 0; i < 8; i++) await OpenAsync(session);
        await OpenAsync(session).ShouldFailAsync(StatusCodes.BadTooManyOperations);
    }

    [Fact]
    public async Task The_variables_say_how_it_is()
    {
        await using var session = await gds.ConnectAsAsync("authority");
        var before = await ReadAsync<ushort>(session, s_ids.OpenCount);
        await OpenAsync(session);
        (await ReadAsync<ushort>(session, s_ids.OpenCount)).ShouldBe((ushort)(before + 1));
        (await ReadAsync<bool>(session, s_ids.Writable)).ShouldBeFalse();
        (await ReadAsync<bool>(session, s_ids.UserWritable)).ShouldBeFalse();
        (await ReadAsync<DateTime>(session, s_ids.LastUpdateTime)).ShouldBe(gds.Get<GroupTrustLists>().Peek(null).LastUpdateTime, TimeSpan.FromMilliseconds(1));
        (await Should.ThrowAsync<UaException>(ReadAsync<ulong>(session, s_ids.Size))).StatusCode.ShouldBe(StatusCodes.BadNotSupported);
        var frequency = await session.TranslateAsync(Directory.TrustList, [new QualifiedName("UpdateFrequency")], Ct);
        (await session.ReadValueAsync<double>(frequency, Ct)).ShouldBe(TimeSpan.FromMinutes(60).TotalMilliseconds);
    }

    [Fact]
    public async Task The_ids_of_the_types_methods_open_and_read_too()
    {
        await using var session = await gds.ConnectAsAsync("authority");
        var handle = (await session.CallAsync(Directory.TrustList, new NodeId(11580), [(byte)1], Ct)).Get<uint>(0, "FileHandle");
        (await session.CallAsync(Directory.TrustList, new NodeId(11585), [handle, 4], Ct)).Get<byte[]>(0, "Data").ShouldBe([15, 0, 0, 0]);
        await session.CallAsync(Directory.TrustList, new NodeId(11583), [handle], Ct);
        handle = (await session.CallAsync(Directory.TrustList, new NodeId(12543), [1u], Ct)).Get<uint>(0, "FileHandle");
        await session.CallAsync(Directory.TrustList, new NodeId(11583), [handle], Ct);
    }

    [Fact]
    public async Task An_administrator_adds_and_removes_a_certificate_and_watchers_hear_of_it()
    {
        var peer = new TestApplication("urn:localhost:foreign-peer");
        await using var session = await gds.ConnectAsAsync("authority");
        await using var subscription = await session.SubscribeAsync(new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(50) }, Ct);
        var item = await subscription.MonitorAsync(new NodeId(s_ids.LastUpdateTime, Directory.Gds), cancellationToken: Ct);
        var before = (DateTime)(await item.Reader.ReadAsync(Ct)).Value.Value!;

        await session.TrustListCallAsync(s_ids.AddCertificate, peer.Certificate.Der, true);
        ((DateTime)(await item.Reader.ReadAsync(Ct)).Value.Value!).ShouldBeGreaterThan(before);
        (await session.ReadTrustListAsync()).TrustedCertificates.ShouldContain(c => c!.SequenceEqual(peer.Certificate.Der));
        await session.TrustListCallAsync(s_ids.RemoveCertificate, peer.Certificate.Thumbprint, true);
        (await session.ReadTrustListAsync()).TrustedCertificates.Length.ShouldBe(1);

        await session.TrustListCallAsync(s_ids.AddCertificate, peer.Certificate.Der, false).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        await session.TrustListCallAsync(s_ids.AddCertificate, new byte[] { 1 }, true).ShouldFailAsync(StatusCodes.BadCertificateInvalid);
        await session.TrustListCallAsync(s_ids.RemoveCertificate, peer.Certificate.Thumbprint, true).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        await using var nobody = await gds.ConnectAsAsync("discovery");
        await nobody.TrustListCallAsync(s_ids.AddCertificate, peer.Certificate.Der, true).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
    }

    private static async Task<uint> OpenAsync(UaSession session) => (await session.TrustListCallAsync(s_ids.Open, (byte)1)).Get<uint>(0, "FileHandle");

    private static async Task<byte[]> ReadAsync(UaSession session, uint handle, int length) =>
        (await session.TrustListCallAsync(s_ids.Read, handle, length)).Get<byte[]>(0, "Data");

    private static Task<T> ReadAsync<T>(UaSession session, uint id) => session.ReadValueAsync<T>(new NodeId(id, Directory.Gds), Ct);
}
