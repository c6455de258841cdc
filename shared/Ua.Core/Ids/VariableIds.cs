namespace Ua.Core;

/// <summary>Variables of namespace 0 that code names (Part 5, 8.3).</summary>
public static class VariableIds
{
    public static readonly NodeId ServerArray = new(2254);
    public static readonly NodeId NamespaceArray = new(2255);
    public static readonly NodeId ServerStatus = new(2256);
    public static readonly NodeId ServerStatusStartTime = new(2257);
    public static readonly NodeId ServerStatusCurrentTime = new(2258);
    public static readonly NodeId ServerStatusState = new(2259);
    public static readonly NodeId ServiceLevel = new(2267);
    public static readonly NodeId MaxNodesPerRead = new(11705);
}
