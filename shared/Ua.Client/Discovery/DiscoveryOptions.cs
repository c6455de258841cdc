using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ua.Core;

namespace Ua.Client;

/// <summary>How patient discovery is, and how much it believes.</summary>
public sealed class DiscoveryOptions
{
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public EncodingLimits Limits { get; init; } = EncodingLimits.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
