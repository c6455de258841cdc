using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport;

/// <summary>Where a client channel leads and how it is secured. Sizes in bytes.</summary>
public sealed record ClientChannelOptions
{
    /// <summary>opc.tcp://host:port/path; the port is 4840 where it is left out.</summary>
    public required string EndpointUrl { get; init; }

    public ISecurityPolicy Policy { get; init; } = SecurityPolicies.None;

    public MessageSecurityMode Mode { get; init; } = MessageSecurityMode.None;

    /// <summary>The client's certificate; needed unless the policy is None.</summary>
    public OwnCertificate? Certificate { get; init; }

    /// <summary>The certificate that the server must have, from its endpoint description and already validated; needed unless the policy is None.</summary>
    public byte[]? ServerCertificate { get; init; }

    public int ReceiveBufferSize { get; init; } = 65_535;

    public int SendBufferSize { get; init; } = 65_535;

    /// <summary>Largest response accepted, before protection.</summary>
    public int MaxMessageSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most chunks of one response.</summary>
    public int MaxChunkCount { get; init; } = 4096;

    /// <summary>For the socket, HEL and the first OpenSecureChannel together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For requests whose header has no TimeoutHint.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From the first byte of a chunk to its last.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the server may leave bytes of ours waiting.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Lifetime asked for each token; the server may revise it.</summary>
    public TimeSpan RequestedLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What the decoder of responses accepts.</summary>
    public EncodingLimits EncodingLimits { get; init; } = EncodingLimits.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal void Validate()
    {
        if (Policy.IsNone != (Mode == MessageSecurityMode.None) || Mode is MessageSecurityMode.Invalid)
            throw new UaException(StatusCodes.BadSecurityModeRejected, $"Security mode {Mode} does not go with policy {Policy.Name}.");
        if (Policy.IsNone) return;
        if (Certificate is null) throw new UaException(StatusCodes.BadNoValidCertificates, $"Policy {Policy.Name} needs a client certificate.");
        if (ServerCertificate is null) throw new UaException(StatusCodes.BadCertificateInvalid, $"Policy {Policy.Name} needs the server's certificate.");
    }
}
