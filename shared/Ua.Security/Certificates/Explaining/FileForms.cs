namespace Ua.Security.Certificates;

/// <summary>Which files of its folder a product reads, as far as its layout says (<see cref="TrustFolderLayout.Reads"/>).</summary>
internal sealed class FileForms(TrustFolderLayout layout)
{
    /// <summary>The end of a sentence that begins with the file, or null where the product reads it, or nobody knows.</summary>
    public string? WhyNotRead(string file, bool isCrl)
    {
        if (layout.Reads is not { Count: > 0 } reads || reads.Contains("*")) return null;
        var extension = Path.GetExtension(file);
        if (!reads.Contains(extension, StringComparer.OrdinalIgnoreCase) && !(isCrl && Is(extension, ".crl")))
            return $"has the extension '{extension}', which the product ({layout.Name}) does not read; it reads {string.Join(", ", reads)}";
        var isPem = IsPem(file);
        if (Is(extension, ".der") && isPem) return "is PEM text under the name of a DER file, which the product does not read";
        return Is(extension, ".pem") && !isPem ? "is DER under the name of a PEM file, which the product does not read" : null;
    }

    private static bool Is(string extension, string other) => string.Equals(extension, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>DER begins with a SEQUENCE; everything else that could be parsed is text.</summary>
    private static bool IsPem(string file)
    {
        using var stream = File.OpenRead(file);
        return stream.ReadByte() != 0x30;
    }
}
