namespace Ua.Core;

/// <summary>Objects of namespace 0 that code names (Part 5, 8).</summary>
public static class ObjectIds
{
    public static readonly NodeId RootFolder = new(84);
    public static readonly NodeId ObjectsFolder = new(85);
    public static readonly NodeId TypesFolder = new(86);
    public static readonly NodeId Server = new(2253);
    public static readonly NodeId ServerCapabilities = new(2268);
    public static readonly NodeId OperationLimits = new(11704);
    public static readonly NodeId ServerConfiguration = new(12637);
    public static readonly NodeId ServerConfigurationCertificateGroups = new(14053);
    public static readonly NodeId ServerDefaultApplicationGroup = new(14156);
    public static readonly NodeId ServerDefaultApplicationGroupTrustList = new(12642);
}
