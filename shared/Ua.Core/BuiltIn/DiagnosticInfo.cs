namespace Ua.Core;

/// <summary>Vendor diagnostics; integers index the string table of the response header (Part 4, 7.12). Null fields are absent on the wire.</summary>
public sealed record DiagnosticInfo(
    int? SymbolicId = null,
    int? NamespaceUri = null,
    int? Locale = null,
    int? LocalizedText = null,
    string? AdditionalInfo = null,
    StatusCode? InnerStatusCode = null,
    DiagnosticInfo? InnerDiagnosticInfo = null)
{
    /// <summary>No diagnostics, as most responses carry it.</summary>
    public static readonly DiagnosticInfo Empty = new();

    /// <summary>What there is to read for a person: the additional info, else the localized text, else the symbolic id; null where all are absent.</summary>
    public string? TextFrom(IReadOnlyList<string?>? stringTable)
    {
        if (!string.IsNullOrEmpty(AdditionalInfo)) return AdditionalInfo;
        return Entry(LocalizedText) ?? Entry(SymbolicId) ?? InnerDiagnosticInfo?.TextFrom(stringTable);

        string? Entry(int? index) => index is { } i && i >= 0 && i < (stringTable?.Count ?? 0) ? stringTable![i] : null;
    }
}
