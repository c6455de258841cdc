using Ua.Core;

namespace Ua.Gds;

/// <summary>Nodes of push management in namespace 0 (Part 12, 7.10): the objects, and the methods by the ids of their type.</summary>
public static class ServerConfigurationIds
{
    public static readonly NodeId ServerConfiguration = ObjectIds.ServerConfiguration;
    public static readonly NodeId ManagedApplications = new(16706);

    public static readonly NodeId UpdateCertificate = new(12616);
    public static readonly NodeId CreateSigningRequest = new(12731);
    public static readonly NodeId ApplyChanges = new(12734);
    public static readonly NodeId GetRejectedList = new(12775);
    public static readonly NodeId CreateSelfSignedCertificate = new(19337);
    public static readonly NodeId DeleteCertificate = new(19340);
    public static readonly NodeId CancelChanges = new(25698);
    public static readonly NodeId ResetToServerDefaults = new(25699);
    public static readonly NodeId GetCertificates = new(32296);

    /// <summary>A variable of every server that says how many bytes a ByteString may have there.</summary>
    public static readonly NodeId ServerMaxByteStringLength = new(12911);

    /// <summary>Purpose of a group whose certificates identify users.</summary>
    public static readonly NodeId UserCertificateType = new(15181);
}
