using System.Text.Json.Nodes;
using Interop.Driving;
using Ua.Core;
using Ua.Gds;

namespace Interop.OurGds;

/// <summary>The Directory as a foreign client calls it: by ids that carry the namespace's URI.</summary>
internal static class DirectoryNames
{
    public static readonly string Directory = Id(GdsIds.Directory);
    public static readonly string Record = Id(GdsIds.ApplicationRecordDataType);

    public static string Id(uint id) => $"nsu={GdsIds.NamespaceUri};i={id}";

    public static Task<NodeVariant[]> DirectoryAsync(this NodeClient client, uint method, params NodeVariant[] args) =>
        client.CallGoodAsync(Directory, Id(method), args);

    public static async Task<string> RefusalAsync(this NodeClient client, uint method, params NodeVariant[] args) =>
        (await client.CallAsync(Directory, Id(method), args)).StatusCode;

    /// <summary>A record built from the types that the client discovered.</summary>
    public static NodeVariant NewRecord(string uri, bool server = true) => NodeVariant.Structure(Record, new JsonObject
    {
        ["applicationUri"] = uri,
        ["applicationType"] = server ? 0 : 1,
        ["applicationNames"] = new JsonArray(new JsonObject { ["locale"] = "en", ["text"] = "Foreign" }),
        ["productUri"] = "urn:foreign:product",
        ["discoveryUrls"] = server ? new JsonArray("opc.tcp://localhost:4840") : [],
        ["serverCapabilities"] = server ? new JsonArray("DA") : [],
    });

    public static async Task<string> RegisterAsync(this NodeClient client, string uri, bool server = true) =>
        (await client.DirectoryAsync(DirectoryMethodIds.RegisterApplication, NewRecord(uri, server)))[0].As<string>();

    /// <summary>Reads the trust list of the default group by its file methods.</summary>
    public static async Task<Ua.Core.TrustListDataType> ReadTrustListAsync(this NodeClient client, string applicationId)
    {
        var list = (await client.DirectoryAsync(DirectoryMethodIds.GetTrustList, NodeVariant.NodeId(applicationId), NodeVariant.NodeId("i=0")))[0].As<string>();
        var ids = GroupIds.DefaultApplication.Methods;
        var handle = (await client.CallGoodAsync(list, Id(ids.OpenWithMasks), NodeVariant.UInt32(15)))[0];
        using var file = new MemoryStream();
        while ((await client.CallGoodAsync(list, Id(ids.Read), handle, NodeVariant.Int32(700)))[0].Bytes() is { Length: > 0 } part) file.Write(part);
        await client.CallGoodAsync(list, Id(ids.Close), handle);
        return TrustListContent.Decode(file.ToArray());
    }
}
