namespace Gds.Core.Audit;

/// <summary>Names of things in audit rows; bounded, so that a caller cannot fill the disk with one.</summary>
internal static class AuditText
{
    private const int Longest = 512;

    public static string Of(string? text) => text switch
    {
        null or "" => "(none)",
        { Length: > Longest } => string.Concat(text.AsSpan(0, Longest), "..."),
        _ => text,
    };

    public static string Of(Guid id) => id.ToString();

    public static string Of(Guid id, string name) => $"{id} {Of(name)}";
}
