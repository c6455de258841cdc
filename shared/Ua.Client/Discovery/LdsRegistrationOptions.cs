using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ua.Security.Certificates;

namespace Ua.Client;

/// <summary>Which discovery server a server registers with, and how often.</summary>
public sealed class LdsRegistrationOptions
{
    /// <summary>Such as opc.tcp://localhost:4840.</summary>
    public required string LdsUrl { get; init; }

    public required IApplicationIdentitySource Identity { get; init; }

    /// <summary>Judges the certificate of the LDS.</summary>
    public required CertificateValidator LdsCertificates { get; init; }

    /// <summary>Identifiers such as DA or GDS (Part 12, Annex D).</summary>
    public IReadOnlyList<string> ServerCapabilities { get; init; } = ["NA"];

    /// <summary>An LDS forgets a server that it has not heard from for ten minutes (Part 4, 5.5.5).</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The first wait after a failure; further ones grow up to <see cref="Interval"/>.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
