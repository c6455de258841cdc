using Ua.Core;

namespace Ua.Server.Services;

/// <summary>Diagnostics as far as the client asked for them: what ReturnDiagnostics selects, with texts in one string table (Part 4, 7.12 and 7.33).</summary>
internal sealed class Diagnostics(uint mask)
{
    private const uint SymbolicId = 0x01;
    private const uint LocalizedText = 0x02;
    private const uint AdditionalInfo = 0x04;

    /// <summary>The bits of operations follow those of the service.</summary>
    private const int OperationShift = 5;

    private List<string?>? _texts;

    public bool WantsOperations => ((mask >> OperationShift) & (SymbolicId | LocalizedText | AdditionalInfo)) != 0;

    public string?[]? StringTable() => _texts?.ToArray();

    /// <summary>What to say about the failure of the whole service; null where nothing was asked for.</summary>
    public DiagnosticInfo? OfService(StatusCode status, string text) => Of(mask, status, text);

    /// <summary>One entry for each operation, or none at all where no operation failed or nothing was asked for.</summary>
    public DiagnosticInfo[] OfOperations<T>(T[] results, Func<T, StatusCode> status, Func<int, string?>? text = null)
    {
        if (!WantsOperations || !Array.Exists(results, r => status(r).IsBad)) return [];
        var infos = new DiagnosticInfo[results.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var code = status(results[i]);
            infos[i] = (code.IsBad ? Of(mask >> OperationShift, code, text?.Invoke(i) ?? code.ToString()) : null) ?? new DiagnosticInfo();
        }

        return infos;
    }

    public DiagnosticInfo[] OfOperations(StatusCode[] results) => OfOperations(results, static status => status);

    private DiagnosticInfo? Of(uint wanted, StatusCode status, string text)
    {
        if ((wanted & (SymbolicId | LocalizedText | AdditionalInfo)) == 0) return null;
        return new DiagnosticInfo(
            SymbolicId: (wanted & SymbolicId) != 0 ? Entry(status.ToString()) : null,
            LocalizedText: (wanted & LocalizedText) != 0 ? Entry(text) : null,
            AdditionalInfo: (wanted & AdditionalInfo) != 0 ? text : null);
    }

    private int Entry(string text)
    {
        _texts ??= [];
        var index = _texts.IndexOf(text);
        if (index >= 0) return index;
        _texts.Add(text);
        return _texts.Count - 1;
    }
}
