using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TestKit;

/// <summary>An RSA key that was made beforehand, since making one takes long, with a certificate that it signed itself.</summary>
public sealed class TestKey
{
    private static readonly ConcurrentDictionary<(int, string), TestKey> s_keys = new();

    private TestKey(int bits, string name)
    {
        Rsa = RSA.Create();
        Rsa.ImportFromPem(Text($"rsa{bits}-{name}.pem"));
        Certificate = X509Certificate2.CreateFromPem(Text($"rsa{bits}-{name}.crt"));
    }

    public RSA Rsa { get; }

    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate's DER bytes.</summary>
    public byte[] Der => Certificate.RawData;

    /// <param name="bits">2048, 3072 or 4096.</param>
    /// <param name="name">"a" or "b"; by use "a" is the client's, "b" the server's.</param>
    public static TestKey Of(int bits, string name) => s_keys.GetOrAdd((bits, name), static key => new TestKey(key.Item1, key.Item2));

    private static string Text(string resource)
    {
        using var reader = new StreamReader(typeof(TestKey).Assembly.GetManifestResourceStream(resource)
            ?? throw new ArgumentException($"There is no test key {resource}."));
        return reader.ReadToEnd();
    }
}
