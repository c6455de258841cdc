using Pki;
using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>Typed reading of arguments; nulls mean not given.</summary>
internal static class MethodArguments
{
    public static NodeId Node(this MethodCall call, int index) => call.Inputs[index].TryGet<NodeId>(out var id) ? id : NodeId.Null;

    public static string Text(this MethodCall call, int index) => call.Inputs[index].Value as string ?? "";

    public static byte[] Bytes(this MethodCall call, int index) => call.Inputs[index].Value as byte[] ?? [];

    public static string[] Texts(this MethodCall call, int index) => call.Inputs[index].Value is string?[] texts ? Array.ConvertAll(texts, t => t ?? "") : [];

    public static bool Flag(this MethodCall call, int index) => call.Inputs[index].TryGet<bool>(out var flag) && flag;

    public static ushort Short(this MethodCall call, int index) => call.Inputs[index].TryGet<ushort>(out var number) ? number : (ushort)0;

    /// <exception cref="UaException">Bad_InvalidArgument where the group has no such type.</exception>
    public static NodeId CertificateType(this MethodCall call, int index, GroupObject group)
    {
        var type = call.Node(index);
        return group.Group.Facts.CertificateTypes.Contains(type)
            ? type
            : throw new UaException(StatusCodes.BadInvalidArgument, $"CertificateTypeId is {type}; {group.Name} has {string.Join(", ", group.Group.Facts.CertificateTypes)}.");
    }

    /// <exception cref="UaException">Bad_CertificateInvalid where the bytes are no certificate.</exception>
    public static ApplicationCertificate Certificate(byte[] der, string argument)
    {
        try
        {
            return CertificateChainBytes.Parse(der)[0];
        }
        catch (PkiException e)
        {
            throw new UaException(StatusCodes.BadCertificateInvalid, $"{argument} is no certificate in DER: {e.Message}", e);
        }
    }
}
