namespace Ua.Client;

/// <summary>Bits of ReturnDiagnostics that ask for texts (Part 4, 7.33).</summary>
internal static class TextDiagnostics
{
    /// <summary>Localized text and additional info of the service.</summary>
    public const uint OfService = 0x02 | 0x04;

    /// <summary>The same of each operation too.</summary>
    public const uint OfOperations = OfService | 0x40 | 0x80;
}
