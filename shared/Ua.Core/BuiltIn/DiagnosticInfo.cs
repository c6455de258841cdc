namespace Ua.Core;

/// <summary>Vendor diagnostics; integers index the string table of the response header (Part 4, 7.12). Null fields are absent on the wire.</summary>
public sealed record DiagnosticInfo(
    int? SymbolicId = null,
    int? NamespaceUri = null,
    int? Locale = null,
    int? LocalizedText = null,
    string? AdditionalInfo = null,
    StatusCode? InnerStatusCode = null,
    DiagnosticInfo? InnerDiagnosticInfo = null);
