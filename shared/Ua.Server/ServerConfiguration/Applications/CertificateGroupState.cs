using Pki;
using Ua.Core;
using Ua.Security.Certificates;

namespace Ua.Server.ServerConfiguration;

/// <summary>A certificate group at one moment.</summary>
/// <param name="Lists">Its trust list.</param>
/// <param name="LastUpdateTime">When the list was changed last (UTC); DateTime.MinValue where that is not known.</param>
/// <param name="Slots">The certificates that are there, one per type.</param>
public sealed record CertificateGroupState(TrustLists Lists, DateTime LastUpdateTime, IReadOnlyList<CertificateSlot> Slots);

/// <summary>A certificate in the slot of its type.</summary>
/// <param name="Key">Its private key; null where it cannot be used from here.</param>
public sealed record CertificateSlot(NodeId Type, ApplicationCertificate Certificate, KeyPair? Key);
