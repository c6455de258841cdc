using System.Diagnostics;
using System.Text.Json;
using Interop.Driving;
using TestKit;

namespace Interop.OurGds;

/// <summary>Our GDS as a process of its own on a free port, with its first administrator, and foreign clients for it.</summary>
public class GdsProcess : IAsyncLifetime
{
    private const string Ready = "GDS is ready at ";
    private readonly TempFolder _folder = new();
    private Process _process = null!;

    public string Url { get; private set; } = "";

    public string Admin { get; private set; } = "";

    public string Password { get; private set; } = "";

    internal PeerCertificate Console { get; private set; } = null!;

    /// <summary>Settings of the GDS by the names of its configuration, such as Gds:CrlLifetimeDays.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    private string Data => _folder.File("data");

    public async ValueTask InitializeAsync()
    {
        var made = await RunAsync("init", "--host", "127.0.0.1", "--json");
        var admin = made.GetProperty("administrator");
        (Admin, Password) = (admin.GetProperty("name").GetString()!, admin.GetProperty("password").GetString()!);
        Console = NewPeer("console");
        _process = Start("run", "--port", "0", "--listen", "127.0.0.1");
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Ready, StringComparison.Ordinal)) continue;
            Url = line[Ready.Length..];
            return;
        }

        throw new InvalidOperationException($"The GDS ended with {_process.ExitCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The certificate that the GDS shows, and with which it comes to push targets.</summary>
    internal byte[] Certificate => PemOrDer(Directory.GetFiles(Path.Combine(Data, "pki", "own", "certs")).Single());

    /// <summary>A certificate that the GDS does not know yet.</summary>
    internal PeerCertificate NewPeer(string name) => PeerFolder.SelfSigned(_folder.File("peers"), name, $"urn:localhost:interop:{name}");

    /// <summary>Runs a command against the GDS and gives its JSON.</summary>
    internal Task<JsonElement> RunAsync(params string[] arguments) => RunWithInputAsync(null, arguments);

    /// <summary>The same for a command that reads a secret from its standard input.</summary>
    internal async Task<JsonElement> RunWithInputAsync(string? input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error + output);
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>How a foreign client connects; without a user it is anonymous.</summary>
    internal NodeConnect Options(PeerCertificate own, string policy = "Basic256Sha256", string mode = "SignAndEncrypt")
    {
        var pki = _folder.File("client-pki");
        PeerFolder.Trust(pki, File.ReadAllBytes(Directory.GetFiles(Path.Combine(Data, "pki", "own", "certs")).Single()));
        return new NodeConnect
        {
            EndpointUrl = Url,
            PkiFolder = pki,
            Policy = policy,
            Mode = mode,
            CertificateFile = own.CertificateFile,
            PrivateKeyFile = own.PrivateKeyFile,
            ApplicationUri = own.ApplicationUri,
        };
    }

    internal NodeConnect AdminOptions(string policy = "Basic256Sha256", string mode = "SignAndEncrypt") =>
        Options(Console, policy, mode) with { User = Admin, Password = Password };

    private static byte[] PemOrDer(string file) => Pki.PemFile.ReadCertificates(File.ReadAllBytes(file))[0].Der;

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "gds.dll"), "--data", Data, .. arguments]) start.ArgumentList.Add(argument);
        foreach (var (key, value) in Settings) start.Environment["GDS_" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return Process.Start(start)!;
    }
}
