namespace Ua.Core;

/// <summary>Methods of namespace 0 that code names, by their type's id, which any instance accepts (Part 4, 5.12.2; Part 12, 7.8.2; Part 20, 4.2).</summary>
public static class MethodIds
{
    public static readonly NodeId FileTypeOpen = new(11580);
    public static readonly NodeId FileTypeClose = new(11583);
    public static readonly NodeId FileTypeRead = new(11585);
    public static readonly NodeId FileTypeWrite = new(11588);
    public static readonly NodeId FileTypeGetPosition = new(11590);
    public static readonly NodeId FileTypeSetPosition = new(11593);
    public static readonly NodeId TrustListTypeOpenWithMasks = new(12543);
    public static readonly NodeId TrustListTypeCloseAndUpdate = new(12546);
    public static readonly NodeId TrustListTypeAddCertificate = new(12548);
    public static readonly NodeId TrustListTypeRemoveCertificate = new(12550);
    public static readonly NodeId GetMonitoredItems = new(11492);
    public static readonly NodeId ResendData = new(12873);
}
