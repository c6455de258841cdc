namespace Ua.Core;

/// <summary>A text with its locale; either part may be null (Part 3, 8.5).</summary>
public readonly record struct LocalizedText(string? Locale, string? Text)
{
    public LocalizedText(string? text)
        : this(null, text)
    {
    }

    public bool IsNull => Locale is null && Text is null;

    public override string ToString() => Text ?? "";
}
