using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;

namespace Ua.Security.Certificates.Tests;

/// <summary>A time that stands still without holding up delays.</summary>
internal sealed class FrozenClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => Plant.Now;
}

/// <summary>One of the two sets that the victim of the kill tests swaps, on disk so that parent and child speak of the same.</summary>
internal sealed record SwapSet(string Name, TrustFolderSet Content, ApplicationCertificate Peer)
{
    public static SwapSet Create(string name, int caKey, int ownKey)
    {
        var root = Signer.SelfSigned(new Shape($"Root {name}", Plant.Key(caKey)).AsAuthority());
        var sub = root.Issue(new Shape($"Sub {name}", Plant.Key(caKey + 1)).AsAuthority());
        var own = sub.Issue(new Shape($"Own {name}", Plant.Key(ownKey)));
        var content = new TrustFolderSet([sub.Certificate], [sub.Crl()], [root.Certificate], [root.Crl()]) { Own = new IdentityCertificate(own.Certificate, own.Pair, []) };
        return new SwapSet(name, content, sub.Certify(new Shape($"Peer {name}", Plant.Key(ownKey))));
    }

    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "trusted.der"), Content.TrustedCertificates[0].Der);
        File.WriteAllBytes(Path.Combine(folder, "trusted.crl"), Content.TrustedCrls[0].Der);
        File.WriteAllBytes(Path.Combine(folder, "issuer.der"), Content.IssuerCertificates[0].Der);
        File.WriteAllBytes(Path.Combine(folder, "issuer.crl"), Content.IssuerCrls[0].Der);
        File.WriteAllBytes(Path.Combine(folder, "own.der"), Content.Own!.Certificate.Der);
        File.WriteAllBytes(Path.Combine(folder, "own.key"), Content.Own.Key.ExportPkcs8());
    }

    public static TrustFolderSet Load(string folder)
    {
        ApplicationCertificate Certificate(string name) => ApplicationCertificate.Parse(File.ReadAllBytes(Path.Combine(folder, name)));
        CertificateRevocationList Crl(string name) => CertificateRevocationList.Parse(File.ReadAllBytes(Path.Combine(folder, name)));
        return new TrustFolderSet([Certificate("trusted.der")], [Crl("trusted.crl")], [Certificate("issuer.der")], [Crl("issuer.crl")])
        {
            Own = new IdentityCertificate(Certificate("own.der"), KeyPair.Import(File.ReadAllBytes(Path.Combine(folder, "own.key"))), []),
        };
    }
}

/// <summary>The victim: swaps two sets in a trust folder for ever, and says so once the first is in place.</summary>
internal static class SwapLoop
{
    public const string Command = "swap-loop";

    /// <summary>Arguments: layout, root of the folder, folders of the two sets.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var time = new FrozenClock();
        using var folder = new TrustFolder(args[1], TrustFolderLayouts.Find(args[0]), time, NullLogger<TrustFolder>.Instance);
        var update = new TrustFolderUpdate(folder, time, NullLogger<TrustFolderUpdate>.Instance);
        TrustFolderSet[] sets = [SwapSet.Load(args[2]), SwapSet.Load(args[3])];
        for (var i = 0; ; i++)
        {
            await update.ApplyAsync(sets[i % 2]);
            Console.Out.WriteLine(i);
        }
    }

    public static Process Start(params string[] args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Ua.Security.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        start.Environment["DOTNET_TieredPGO"] = "0"; // the victim lives for a moment: it need not get faster
        start.ArgumentList.Add(Command);
        foreach (var argument in args) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
