using Gds.Core.Applications;
using Gds.Store;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Nodes;
using ApplicationType = Gds.Store.ApplicationType;

namespace Gds.OpcUa.Methods;

/// <summary>Typed reading of arguments. Their types were checked against the declared ones; nulls mean not given.</summary>
internal static class MethodInputs
{
    public static NodeId Node(this MethodCall call, int index) => call.Inputs[index].TryGet<NodeId>(out var id) ? id : NodeId.Null;

    public static string? Text(this MethodCall call, int index) => call.Inputs[index].Value as string;

    public static byte[] Bytes(this MethodCall call, int index) => call.Inputs[index].Value as byte[] ?? [];

    public static uint Number(this MethodCall call, int index) => call.Inputs[index].TryGet<uint>(out var number) ? number : 0;

    public static int Int(this MethodCall call, int index) => call.Inputs[index].TryGet<int>(out var number) ? number : 0;

    /// <summary>A time; null for the smallest one, by which the wire says that there is none.</summary>
    public static DateTime? Time(this MethodCall call, int index) =>
        call.Inputs[index].TryGet<DateTime>(out var time) && time > DateTime.UnixEpoch ? time : null;

    public static bool Flag(this MethodCall call, int index) => call.Inputs[index].TryGet<bool>(out var flag) && flag;

    /// <summary>Null elements count as empty texts, which the rules of the core refuse where they matter.</summary>
    public static string[]? Texts(this MethodCall call, int index) =>
        call.Inputs[index].Value is string?[] texts ? Array.ConvertAll(texts, t => t ?? "") : null;

    /// <summary>The Guid of an ApplicationId or RequestId.</summary>
    public static Guid OwnId(this MethodCall call, int index) => GdsNamespace.GuidOf(call.Node(index));

    /// <summary>The id of a certificate type in namespace 0; null where none was given, 0 for what cannot be one.</summary>
    public static uint? CertificateType(this MethodCall call, int index)
    {
        var id = call.Node(index);
        if (id.IsNull) return null;
        return id is { NamespaceIndex: 0, IdType: IdType.Numeric } ? id.Numeric : 0;
    }

    /// <summary>An ApplicationRecordDataType; its ApplicationId is for the method to look at.</summary>
    public static Ua.Gds.ApplicationRecord Record(this MethodCall call, int index, GdsNamespace ns)
    {
        if (Ua.Gds.ApplicationRecord.TryFrom(call.Inputs[index].Value as ExtensionObject, ns.Index, out var record)) return record!;
        throw new UaException(StatusCodes.BadInvalidArgument, "Application is not an ApplicationRecordDataType.");
    }

    public static ApplicationRegistration ToRegistration(this Ua.Gds.ApplicationRecord record) => new(
        record.ApplicationUri,
        (ApplicationType)(int)record.ApplicationType,
        [.. record.ApplicationNames.Select(n => new ApplicationName(n.Locale, n.Text ?? ""))],
        record.ProductUri,
        [.. record.DiscoveryUrls.Select(u => u ?? "")],
        [.. record.ServerCapabilities.Select(c => c ?? "")]);
}
