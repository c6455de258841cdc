using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace Gds.OpcUa.Tests;

/// <summary>The methods of the Directory called as a client does, by their ids on the wire.</summary>
internal static class Directory
{
    public const ushort Gds = 2;
    public static readonly NodeId Id = new(GdsIds.Directory, Gds);
    public static readonly NodeId DefaultGroup = GroupIds.DefaultApplication.GroupNode(Gds);
    public static readonly NodeId TrustList = GroupIds.DefaultApplication.TrustListNode(Gds);
    public static readonly NodeId RsaSha256 = new(12560);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<Variant[]> DirectoryCallAsync(this UaSession session, uint method, params Variant[] inputs) =>
        session.CallAsync(Id, new NodeId(method, Gds), inputs, Ct);

    public static Task<Variant[]> TrustListCallAsync(this UaSession session, uint method, params Variant[] inputs) =>
        session.CallAsync(TrustList, new NodeId(method, Gds), inputs, Ct);

    public static async Task<NodeId> RegisterAsync(this UaSession session, ApplicationRecord record) =>
        (await session.DirectoryCallAsync(DirectoryMethodIds.RegisterApplication, record.ToExtensionObject(Gds))).Get<NodeId>(0, "ApplicationId");

    public static async Task<NodeId> StartAsync(this UaSession session, NodeId application, byte[] request) =>
        (await session.DirectoryCallAsync(DirectoryMethodIds.StartSigningRequest, application, NodeId.Null, NodeId.Null, request)).Get<NodeId>(0, "RequestId");

    public static async Task<byte[]> FinishAsync(this UaSession session, NodeId application, NodeId request) =>
        (await session.DirectoryCallAsync(DirectoryMethodIds.FinishRequest, application, request)).Get<byte[]>(0, "Certificate");

    public static async Task<TrustListDataType> ReadTrustListAsync(this UaSession session, TrustListMasks masks = TrustListMasks.All)
    {
        var ids = GroupIds.DefaultApplication.Methods;
        var handle = (await session.TrustListCallAsync(ids.OpenWithMasks, (uint)masks)).Get<uint>(0, "FileHandle");
        using var file = new MemoryStream();
        while ((await session.TrustListCallAsync(ids.Read, handle, 1000)).Get<byte[]>(0, "Data") is { Length: > 0 } part) file.Write(part);
        await session.TrustListCallAsync(ids.Close, handle);
        return TrustListContent.Decode(file.ToArray());
    }

    /// <summary>Expects the call to fail with that code, and gives the sentence that came with it.</summary>
    public static async Task<string> ShouldFailAsync(this Task call, StatusCode status)
    {
        var problem = await Should.ThrowAsync<UaException>(call);
        problem.StatusCode.ShouldBe(status, problem.Message);
        return problem.Message;
    }
}
