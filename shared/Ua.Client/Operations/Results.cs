using Ua.Core;

namespace Ua.Client;

/// <summary>Checks that a response has one result for each operation.</summary>
internal static class Results
{
    public static T[] Expect<T>(T[] results, int count, string service) => results.Length == count
        ? results
        : throw new UaException(StatusCodes.BadUnknownResponse, $"The server answered {count} operations of {service} with {results.Length} results.");

    public static UaException ToError(StatusCode status, DiagnosticInfo? diagnostics, ResponseHeader header, string what) =>
        new(status, diagnostics?.TextFrom(header.StringTable) is { } text ? $"{what}: {text}" : $"{what}: {status}");
}
