namespace Ua.Core;

/// <summary>Named values in the AdditionalHeader of a request or response (Part 4, 7.1).</summary>
public sealed record AdditionalParametersType(KeyValuePair[] Parameters) : IUaEncodable<AdditionalParametersType>
{
    public static uint BinaryEncodingId => 17537;

    public void Write(ref UaWriter w) => w.StructureArray(Parameters);

    public static AdditionalParametersType Read(ref UaReader r) => new(Parameters: r.StructureArray<KeyValuePair>());
}
