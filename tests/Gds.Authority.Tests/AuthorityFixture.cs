using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Pki;
using TestKit;

namespace Gds.Authority.Tests;

/// <summary>One authority on disk for all tests of a class, and one application that wants a certificate.</summary>
public sealed class AuthorityFixture : IAsyncLifetime
{
    public const string Uri = "urn:host-7:plant:pump-1";

    private CaKeyStore? _store;

    internal TempFolder Folder { get; } = new();

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, 890, TimeSpan.Zero));

    /// <summary>Seconds since 1970 for openssl's -attime.</summary>
    internal string Now => Time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal CertificateAuthority Authority { get; private set; } = null!;

    internal KeyPair Key { get; } = KeyPair.Create(KeyPairKind.Rsa2048);

    internal static CertificateProfile Profile { get; } = CertificateProfile.RsaSha256(TimeSpan.FromDays(365));

    internal static CertificateOrder Order { get; } = new(
        SubjectName.Parse("CN=Pump 1/O=Plant"), Uri, ["host-7", "host-7.plant.example"], [IPAddress.Parse("192.0.2.7")]);

    internal SigningRequest Request => SigningRequest.Parse(SigningRequest.Create(Order.Subject, Key, Uri, [], []));

    public async ValueTask InitializeAsync()
    {
        _store = Store(Folder, Time);
        Authority = await _store.OpenOrCreateAsync("DefaultApplicationGroup");
    }

    public ValueTask DisposeAsync()
    {
        _store?.Dispose();
        Key.Dispose();
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static CaKeyStore Store(TempFolder folder, TimeProvider time, Action<AuthorityOptions>? change = null, IKeyProtection? protection = null)
    {
        var options = new AuthorityOptions { Folder = folder.File("ca") };
        change?.Invoke(options);
        protection ??= new FileKeyProtection(options.SecretFileOrDefault, NullLogger.Instance);
        return new CaKeyStore(Options.Create(options), protection, time, NullLogger<CaKeyStore>.Instance);
    }
}
