namespace Gds.Store;

/// <summary>Kind of an OPC UA application, with the numbers of the wire (Part 4, 7.4).</summary>
public enum ApplicationType
{
    Server = 0,
    Client = 1,
    ClientAndServer = 2,
    DiscoveryServer = 3,
}
