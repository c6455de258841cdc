using Ua.Core;

namespace Ua.Client;

/// <summary>Call (Part 4, 5.12.2).</summary>
public static class SessionCalling
{
    /// <summary>Calls one method.</summary>
    /// <returns>Its output arguments.</returns>
    /// <exception cref="UaException">The method's status and, where the server sent one, its text.</exception>
    public static async Task<Variant[]> CallAsync(
        this UaSession session, NodeId objectId, NodeId methodId, IReadOnlyList<Variant> arguments, CancellationToken cancellationToken = default)
    {
        var header = RequestHeader.Empty with { ReturnDiagnostics = TextDiagnostics.OfOperations };
        var request = new CallRequest(header, [new CallMethodRequest(objectId, methodId, [.. arguments])]);
        var response = await session.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var result = Results.Expect(response.Results, 1, "Call")[0];
        if (result.StatusCode.IsBad) throw ErrorOf(response, result, methodId);
        return result.OutputArguments;
    }

    private static UaException ErrorOf(CallResponse response, CallMethodResult result, NodeId methodId)
    {
        var table = response.Header.StringTable;
        var texts = new List<string>();
        if (response.DiagnosticInfos is [var first, ..] && first.TextFrom(table) is { } text) texts.Add(text);
        for (var i = 0; i < result.InputArgumentResults.Length; i++)
        {
            if (!result.InputArgumentResults[i].IsBad) continue;
            var reason = i < result.InputArgumentDiagnosticInfos.Length ? result.InputArgumentDiagnosticInfos[i].TextFrom(table) : null;
            texts.Add($"argument {i}: {reason ?? result.InputArgumentResults[i].ToString()}");
        }

        return new UaException(result.StatusCode, texts.Count > 0 ? string.Join("; ", texts) : $"Method {methodId} failed: {result.StatusCode}.");
    }
}
