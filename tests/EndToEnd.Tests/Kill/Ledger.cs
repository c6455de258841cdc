using System.Collections.Concurrent;
using Pki;

namespace EndToEnd.Tests.Kill;

/// <summary>What the clients hold in their hands: whatever happens to the GDS, it must know all of it.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, HandedOut> _bySerial = new();
    private readonly ConcurrentDictionary<string, byte> _revoked = new();

    public IReadOnlyCollection<HandedOut> Certificates => [.. _bySerial.Values];

    /// <summary>Serial numbers of certificates whose revocation was answered.</summary>
    public IReadOnlyCollection<string> Revoked => [.. _revoked.Keys];

    /// <summary>A certificate that a client received; a serial number that another one carries fails.</summary>
    public void Add(string application, byte[] certificate)
    {
        var parsed = ApplicationCertificate.Parse(certificate);
        if (!_bySerial.TryAdd(parsed.SerialNumber, new HandedOut(application, parsed)))
            throw new InvalidOperationException($"The serial number {parsed.SerialNumber} was handed out twice, the second time to {application}.");
    }

    public void AddRevoked(HandedOut certificate) => _revoked.TryAdd(certificate.Certificate.SerialNumber, 0);
}

/// <summary>A certificate and the name of the application that received it.</summary>
internal sealed record HandedOut(string Application, ApplicationCertificate Certificate);
