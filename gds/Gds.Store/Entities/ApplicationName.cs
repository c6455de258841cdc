namespace Gds.Store;

/// <summary>One localised name of an application; the first of a record is its default.</summary>
public sealed record ApplicationName(string? Locale, string Text);
