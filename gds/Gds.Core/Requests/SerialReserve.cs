using System.Collections.Concurrent;
using Gds.Core.Writing;
using Gds.Store;
using Pki;

namespace Gds.Core.Requests;

/// <summary>A serial number that is on disk, and that nothing was signed under yet.</summary>
internal sealed record ReservedSerial(Guid CertificateId, Guid AuthorityId, string SerialNumber, DateTime ReservedAt)
{
    /// <summary>The row as it was stored. Only the start of a process voids reservations, so it is still that.</summary>
    public IssuedCertificate Row() => new(CertificateId, AuthorityId, SerialNumber, ReservedAt);
}

/// <summary>
/// Hands out serial numbers that were recorded before. They are recorded many at a time, so that issuing
/// waits for one durable commit only: the one that holds the certificate.
/// </summary>
internal sealed class SerialReserve(WriteGate gate) : IDisposable
{
    private const int BlockSize = 64;

    private readonly ConcurrentDictionary<Guid, ConcurrentQueue<ReservedSerial>> _free = new();
    private readonly SemaphoreSlim _refilling = new(1, 1);

    public async Task<ReservedSerial> TakeAsync(Guid authorityId, CancellationToken cancellationToken)
    {
        var free = _free.GetOrAdd(authorityId, _ => new());
        while (true)
        {
            if (free.TryDequeue(out var serial)) return serial;
            await _refilling.WaitAsync(cancellationToken);
            try
            {
                if (free.IsEmpty) await RefillAsync(authorityId, free, cancellationToken);
            }
            finally
            {
                _refilling.Release();
            }
        }
    }

    public void Dispose() => _refilling.Dispose();

    private async Task RefillAsync(Guid authorityId, ConcurrentQueue<ReservedSerial> free, CancellationToken cancellationToken)
    {
        var block = await gate.WriteAsync((scope, _) =>
        {
            var reserved = new List<ReservedSerial>(BlockSize);
            for (var i = 0; i < BlockSize; i++)
            {
                var serial = new ReservedSerial(Guid.CreateVersion7(scope.Now), authorityId, SerialNumbers.ToText(SerialNumbers.Create()), scope.Now);
                scope.Db.IssuedCertificates.Add(serial.Row());
                reserved.Add(serial);
            }
            return Task.FromResult(reserved);
        }, cancellationToken);
        foreach (var serial in block) free.Enqueue(serial);
    }
}
