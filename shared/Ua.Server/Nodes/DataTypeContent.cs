using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>What a data type consists of, without what it inherits.</summary>
public abstract record DataTypeContent;

/// <summary>The own fields of a structure or union.</summary>
public sealed record StructureContent(bool IsUnion, DataTypeField[] Fields) : DataTypeContent;

/// <summary>The values of an enumeration or the bits of an option set.</summary>
public sealed record EnumerationContent(EnumField[] Fields) : DataTypeContent;

/// <summary>One field; a field that allows subtypes is carried in an ExtensionObject or Variant.</summary>
public sealed record DataTypeField(StructureField Field, bool IsOptional, bool AllowsSubtypes);
