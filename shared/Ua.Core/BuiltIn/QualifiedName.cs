namespace Ua.Core;

/// <summary>A name within a namespace (Part 3, 8.3).</summary>
public readonly record struct QualifiedName(string? Name, ushort NamespaceIndex = 0)
{
    public bool IsNull => NamespaceIndex == 0 && string.IsNullOrEmpty(Name);

    public override string ToString() => NamespaceIndex == 0 ? Name ?? "" : $"{NamespaceIndex}:{Name}";
}
