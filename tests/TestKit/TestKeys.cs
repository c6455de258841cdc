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
        using var pem = new StreamReader(typeof(TestKey).Assembly.GetManifestResourceStream($"rsa{bits}-{name}.pem")
            ?? throw new ArgumentException($"There is no test key {name} of {bits} bits."));
        Rsa = RSA.Create();
        Rsa.ImportFromPem(pem.ReadToEnd());
        var request = new CertificateRequest($"CN=Test {bits} {name}", Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri($"urn:localhost:test:{bits}{name}"));
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Certificate = request.CreateSelfSigned(start, start.AddYears(30));
    }

    public RSA Rsa { get; }

    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate's DER bytes.</summary>
    public byte[] Der => Certificate.RawData;

    /// <param name="bits">2048, 3072 or 4096.</param>
    /// <param name="name">"a" or "b"; by use "a" is the client's, "b" the server's.</param>
    public static TestKey Of(int bits, string name) => s_keys.GetOrAdd((bits, name), static key => new TestKey(key.Item1, key.Item2));
}
