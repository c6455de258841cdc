using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Follows paths of browse names (Part 4, 5.9.4). All nodes are local, so that a path is followed to its end or not at all.</summary>
public sealed class PathTranslator(AddressSpace space)
{
    private const int MostMatches = 1_000;

    public BrowsePathResult Translate(BrowsePath path, ICallContext caller)
    {
        if (space.Find(path.StartingNode) is not { } start) return Bad(StatusCodes.BadNodeIdUnknown);
        var elements = path.RelativePath.Elements;
        if (elements.Length == 0) return Bad(StatusCodes.BadNothingToDo);
        for (var i = 0; i < elements.Length; i++)
            if (elements[i].TargetName.IsNull && i < elements.Length - 1) return Bad(StatusCodes.BadBrowseNameInvalid);

        HashSet<Node> reached = [start];
        foreach (var element in elements)
        {
            reached = Follow(reached, element, caller);
            if (reached.Count == 0) return Bad(StatusCodes.BadNoMatch);
            if (reached.Count > MostMatches) return Bad(StatusCodes.BadTooManyMatches);
        }

        return new BrowsePathResult(StatusCodes.Good, [.. reached.Select(n => new BrowsePathTarget(n.Id, uint.MaxValue))]);
    }

    private static BrowsePathResult Bad(StatusCode status) => new(status, []);

    /// <summary>The nodes one step further; only the last name of a path may be empty, which takes every target.</summary>
    private HashSet<Node> Follow(HashSet<Node> from, RelativePathElement element, ICallContext caller)
    {
        HashSet<Node> reached = [];
        foreach (var node in from)
        {
            if (space.Permissions.Check(node, PermissionType.Browse, caller).IsBad) continue;
            foreach (var reference in node.References)
            {
                if (reference.IsForward == element.IsInverse) continue;
                if (!element.TargetName.IsNull && reference.Target.BrowseName != element.TargetName) continue;
                if (!Browser.IsOfType(reference, element.ReferenceTypeId, element.IncludeSubtypes)) continue;
                if (space.Permissions.Check(reference.Target, PermissionType.Browse, caller).IsGood) reached.Add(reference.Target);
            }
        }

        return reached;
    }
}
