namespace Ua.Security.Certificates;

/// <summary>A product without a folder that may be written to: known, so that whoever names it is told what to do instead.</summary>
/// <param name="Instead">What to use instead, in a sentence.</param>
public sealed record UnmanagedProduct(string Name, string Title, string Instead);
