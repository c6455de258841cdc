namespace TestKit;

/// <summary>A folder of its own for one test, gone with everything in it when the test ends.</summary>
public sealed class TempFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("gdssuite-").FullName;

    public string File(params string[] parts) => Path.Combine([FullPath, .. parts]);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var file = File(name);
        System.IO.File.WriteAllBytes(file, content);
        return file;
    }

    /// <summary>Writes a text file and gives its path.</summary>
    public string Write(string name, string content)
    {
        var file = File(name);
        System.IO.File.WriteAllText(file, content);
        return file;
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
