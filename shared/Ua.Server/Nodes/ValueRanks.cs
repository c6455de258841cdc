namespace Ua.Server.Nodes;

/// <summary>The value ranks with a meaning of their own (Part 3, 5.6.2); 1 and more is a number of dimensions.</summary>
public static class ValueRanks
{
    public const int ScalarOrOneDimension = -3;
    public const int Any = -2;
    public const int Scalar = -1;
    public const int OneOrMoreDimensions = 0;
    public const int OneDimension = 1;
}
