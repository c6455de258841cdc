namespace Gds.Web.Records;

/// <summary>A problem as RFC 9457 writes it; Kind is the name of the problem kind of the core.</summary>
public sealed record ProblemJson(string Type, string Title, int Status, string Detail, string Kind);
