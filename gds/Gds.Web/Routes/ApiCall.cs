using System.Globalization;
using Gds.Core;
using Microsoft.AspNetCore.Http;

namespace Gds.Web.Routes;

/// <summary>A request to the API: who calls, and its arguments read with a rule each.</summary>
internal sealed class ApiCall(HttpContext http, Caller caller)
{
    public const int LargestList = 10_000;

    public Caller Caller { get; } = caller;

    public CancellationToken Cancellation => http.RequestAborted;

    public T Service<T>()
        where T : notnull => (T?)http.RequestServices.GetService(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not there.");

    public string Route(string name) => Uri.UnescapeDataString((string)http.Request.RouteValues[name]!);

    public Guid RouteId(string name) => Guid.TryParse(Route(name), out var id) ? id : throw Invalid($"'{Route(name)}' is not an id.");

    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var value) && value.Count == 1 ? value[0] : null;

    public Guid? QueryId(string name) => Query(name) is not { } text ? null : Guid.TryParse(text, out var id) ? id : throw Invalid($"{name} '{text}' is not an id.");

    public uint QueryNumber(string name) => Query(name) is not { } text ? 0
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Invalid($"{name} '{text}' is not a number.");

    public int Max() => Query("max") is not { } text ? 1_000
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var max) && max is >= 1 and <= LargestList ? max
        : throw Invalid($"max '{text}' must be 1 to {LargestList}.");

    public DateTime? QueryTime(string name) => Query(name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.UtcDateTime
        : throw Invalid($"{name} '{text}' is not a time such as 2026-01-31T12:00:00Z.");

    public bool? QueryFlag(string name) => Query(name) is not { } text ? null
        : bool.TryParse(text, out var flag) ? flag
        : throw Invalid($"{name} '{text}' must be true or false.");

    public T? QueryName<T>(string name)
        where T : struct, Enum => Query(name) is not { } text ? null
        : Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value
        : throw Invalid($"{name} '{text}' must be one of {string.Join(", ", Enum.GetNames<T>())}.");

    public static GdsProblem Invalid(string text) => new(ProblemKind.InvalidArgument, text);
}
