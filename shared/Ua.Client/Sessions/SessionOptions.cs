using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ua.Core;
using Ua.Security.Certificates;

namespace Ua.Client;

/// <summary>To whom a session goes, as whom, and how patient it is.</summary>
public sealed class SessionOptions
{
    /// <summary>opc.tcp URL of the server. Host and port are those that are connected to, whatever the server calls itself.</summary>
    public required string EndpointUrl { get; init; }

    public required ClientApplication Application { get; init; }

    /// <summary>Judges the server's certificate; needed for every endpoint with security and for passwords.</summary>
    public CertificateValidator? ServerCertificates { get; init; }

    /// <summary>Judges what <see cref="ServerCertificates"/> refuses, by rules of its own, such as a certificate that a person has compared; null for nothing.</summary>
    public CertificateValidator? PinnedServerCertificates { get; init; }

    /// <summary>
    /// The ApplicationUri that the server's certificate has to carry, so that nobody else gets what is sent at sign-in; null takes
    /// the one that the server gives itself.
    /// </summary>
    public string? ServerApplicationUri { get; init; }

    /// <summary>Null takes the strongest that both sides have.</summary>
    public string? SecurityPolicyUri { get; init; }

    /// <summary>Null takes the strongest that the server offers. None is only taken where it is asked for here.</summary>
    public MessageSecurityMode? SecurityMode { get; init; }

    public UserIdentity User { get; init; } = UserIdentity.Anonymous;

    public string? SessionName { get; init; }

    /// <summary>In order of preference.</summary>
    public IReadOnlyList<string> LocaleIds { get; init; } = [];

    /// <summary>How long the server keeps the session without hearing from it.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a call may take, including the wait for a connection that is being made again.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one attempt to connect may take, from the socket to the active session.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After this long without an answer the server is asked for its state; no answer to that within <see cref="RequestTimeout"/> ends the connection.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Lifetime of a channel's token as asked for.</summary>
    public TimeSpan ChannelLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>False ends the session with its first connection: for owners who decide themselves when to come again.</summary>
    public bool Reconnects { get; init; } = true;

    /// <summary>The first wait before connecting again; each further one is twice as long, up to the longest.</summary>
    public TimeSpan FirstReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestReconnectDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest response accepted, in bytes.</summary>
    public uint MaxResponseMessageSize { get; init; } = 16 * 1024 * 1024;

    public EncodingLimits Limits { get; init; } = EncodingLimits.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    internal void Validate()
    {
        _ = ServerUrl.Parse(EndpointUrl);
        Positive(SessionTimeout, nameof(SessionTimeout));
        Positive(RequestTimeout, nameof(RequestTimeout));
        Positive(ConnectTimeout, nameof(ConnectTimeout));
        Positive(KeepAliveInterval, nameof(KeepAliveInterval));
        Positive(ChannelLifetime, nameof(ChannelLifetime));
        Positive(FirstReconnectDelay, nameof(FirstReconnectDelay));
        if (LongestReconnectDelay < FirstReconnectDelay) throw new ArgumentException("LongestReconnectDelay must not be shorter than FirstReconnectDelay.");
        if (SecurityMode is MessageSecurityMode.Invalid) throw new ArgumentException("SecurityMode must be None, Sign or SignAndEncrypt.");
    }

    private static void Positive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero || value.TotalMilliseconds > uint.MaxValue) throw new ArgumentException($"{name} must be a positive time of less than 49 days.");
    }
}
