namespace Ua.Server.Nodes;

/// <summary>One reference as its owner sees it: forward to its target, or inverse from it.</summary>
public readonly record struct Reference(ReferenceTypeNode Type, bool IsForward, Node Target);
