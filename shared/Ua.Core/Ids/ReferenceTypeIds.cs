namespace Ua.Core;

/// <summary>Reference types of namespace 0 that code names (Part 3, 7 and Part 5, 11).</summary>
public static class ReferenceTypeIds
{
    public static readonly NodeId References = new(31);
    public static readonly NodeId NonHierarchicalReferences = new(32);
    public static readonly NodeId HierarchicalReferences = new(33);
    public static readonly NodeId HasChild = new(34);
    public static readonly NodeId Organizes = new(35);
    public static readonly NodeId HasEventSource = new(36);
    public static readonly NodeId HasModellingRule = new(37);
    public static readonly NodeId HasEncoding = new(38);
    public static readonly NodeId HasTypeDefinition = new(40);
    public static readonly NodeId GeneratesEvent = new(41);
    public static readonly NodeId Aggregates = new(44);
    public static readonly NodeId HasSubtype = new(45);
    public static readonly NodeId HasProperty = new(46);
    public static readonly NodeId HasComponent = new(47);
    public static readonly NodeId HasNotifier = new(48);
    public static readonly NodeId HasOrderedComponent = new(49);
    public static readonly NodeId AlwaysGeneratesEvent = new(3065);
    public static readonly NodeId HasTrueSubState = new(9004);
    public static readonly NodeId HasCondition = new(9006);
    public static readonly NodeId HasInterface = new(17603);
    public static readonly NodeId HasAddIn = new(17604);
}
