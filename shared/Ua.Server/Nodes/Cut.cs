using System.Buffers.Text;

namespace Ua.Server.Nodes;

/// <summary>Cuts the text of a node table at its separators, without copies.</summary>
internal static class Cut
{
    /// <summary>What stands before the next separator, or all that is left; the text goes on behind it.</summary>
    public static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> text, byte separator)
    {
        var end = text.IndexOf(separator);
        if (end < 0)
        {
            var all = text;
            text = [];
            return all;
        }

        var part = text[..end];
        text = text[(end + 1)..];
        return part;
    }

    public static int Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int value, out var used) && used == text.Length ? value : throw NotANumber(text);

    public static uint Unsigned(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out uint value, out var used) && used == text.Length ? value : throw NotANumber(text);

    public static long Long(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length ? value : throw NotANumber(text);

    private static FormatException NotANumber(ReadOnlySpan<byte> text) =>
        new($"'{System.Text.Encoding.UTF8.GetString(text)}' is not a number.");
}
