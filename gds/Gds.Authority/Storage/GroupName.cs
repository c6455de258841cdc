using System.Buffers;

namespace Gds.Authority;

/// <summary>The name of a certificate group as the name of a folder on any system.</summary>
internal static class GroupName
{
    public const int Longest = 40;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL"];

    public static string Checked(string group)
    {
        var device = group.Length == 4 && char.IsAsciiDigit(group[3]) && (group.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || group.StartsWith("LPT", StringComparison.OrdinalIgnoreCase));
        if (group.Length is 0 or > Longest || group.AsSpan().ContainsAnyExcept(Allowed) || device || Reserved.Contains(group, StringComparer.OrdinalIgnoreCase))
        {
            throw new AuthorityException(AuthorityFault.InvalidRequest, $"The certificate group name '{group}' must have 1 to {Longest} letters, digits, '-' or '_' and be no device name.");
        }

        return group;
    }
}
