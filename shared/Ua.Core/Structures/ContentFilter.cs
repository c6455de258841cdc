namespace Ua.Core;

/// <summary>What an element of a content filter does with its operands (Part 4, 7.7.3).</summary>
public enum FilterOperator
{
    Equals = 0,
    IsNull = 1,
    GreaterThan = 2,
    LessThan = 3,
    GreaterThanOrEqual = 4,
    LessThanOrEqual = 5,
    Like = 6,
    Not = 7,
    Between = 8,
    InList = 9,
    And = 10,
    Or = 11,
    Cast = 12,
    InView = 13,
    OfType = 14,
    RelatedTo = 15,
    BitwiseAnd = 16,
    BitwiseOr = 17,
}

/// <summary>One operator with its operands, each a structure of its own in an ExtensionObject (Part 4, 7.7.1).</summary>
public sealed record ContentFilterElement(FilterOperator FilterOperator, ExtensionObject[] FilterOperands)
    : IUaStructure<ContentFilterElement>
{
    public void Write(ref UaWriter w)
    {
        w.Enum(FilterOperator);
        w.ExtensionObjectArray(FilterOperands);
    }

    public static ContentFilterElement Read(ref UaReader r) => new(
        FilterOperator: r.Enum<FilterOperator>(),
        FilterOperands: r.ExtensionObjectArray());
}

/// <summary>Criteria as a tree whose root is the first element; no elements accept everything (Part 4, 7.7.1).</summary>
public sealed record ContentFilter(ContentFilterElement[] Elements) : IUaEncodable<ContentFilter>
{
    public static uint BinaryEncodingId => 588;

    public void Write(ref UaWriter w) => w.StructureArray(Elements);

    public static ContentFilter Read(ref UaReader r) => new(Elements: r.StructureArray<ContentFilterElement>());
}
