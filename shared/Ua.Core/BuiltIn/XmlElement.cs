namespace Ua.Core;

/// <summary>An XML fragment carried as UTF-8 text and never interpreted here (Part 6, 5.2.2.8).</summary>
public readonly record struct XmlElement(string? Value)
{
    public override string ToString() => Value ?? "";
}
