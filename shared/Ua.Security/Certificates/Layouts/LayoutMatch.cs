namespace Ua.Security.Certificates;

/// <summary>How sure a detection is.</summary>
public enum Certainty
{
    /// <summary>Something is there that is missing in another layout's folder, or something is missing here.</summary>
    Possible,

    /// <summary>Everything fits, and it fits another layout as well.</summary>
    Likely,

    /// <summary>Everything fits, and no other layout does.</summary>
    Sure,
}

/// <summary>A layout that an existing folder may have.</summary>
/// <param name="Root">The root that would have to be named for this layout; it can lie above the folder that was looked at.</param>
/// <param name="Reasons">Why, and what speaks against it, in sentences.</param>
public sealed record LayoutMatch(TrustFolderLayout Layout, string Root, Certainty Certainty, IReadOnlyList<string> Reasons);
