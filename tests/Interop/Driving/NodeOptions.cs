namespace Interop.Driving;

/// <summary>How a foreign client connects; null takes the default that peers/README.md names.</summary>
internal sealed record NodeConnect
{
    public required string EndpointUrl { get; init; }

    /// <summary>Trust folder of the client; what is not in it is not trusted.</summary>
    public required string PkiFolder { get; init; }

    /// <summary>None, Basic256Sha256, Aes128_Sha256_RsaOaep or Aes256_Sha256_RsaPss.</summary>
    public string Policy { get; init; } = "None";

    /// <summary>None, Sign or SignAndEncrypt.</summary>
    public string Mode { get; init; } = "None";

    public string? CertificateFile { get; init; }

    public string? PrivateKeyFile { get; init; }

    /// <summary>Certificate of the server, when it is not to be asked for over GetEndpoints.</summary>
    public string? ServerCertificateFile { get; init; }

    /// <summary>Taken from the certificate when null.</summary>
    public string? ApplicationUri { get; init; }

    public string? ApplicationName { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public string? UserCertificateFile { get; init; }

    public string? UserPrivateKeyFile { get; init; }

    /// <summary>False opens a channel only.</summary>
    public bool? Session { get; init; }

    /// <summary>True repairs a broken connection, and repeats a first one that fails.</summary>
    public bool? Reconnect { get; init; }

    public bool? KeepSessionAlive { get; init; }

    public bool? EndpointMustExist { get; init; }

    /// <summary>Milliseconds; tokens are renewed after three quarters of it.</summary>
    public int? TokenLifetime { get; init; }

    public int? SessionTimeout { get; init; }

    public int? TransportTimeout { get; init; }

    public int? RequestTimeout { get; init; }

    /// <summary>What the client asks for in its Hello.</summary>
    public NodeTransport? TransportSettings { get; init; }
}

/// <summary>Limits of a connection, in bytes and chunks; null takes the default of the library.</summary>
internal sealed record NodeTransport(int? MaxChunkCount = null, int? MaxMessageSize = null, int? SendBufferSize = null, int? ReceiveBufferSize = null);

/// <summary>An item to monitor.</summary>
internal sealed record NodeMonitor(string NodeId)
{
    public string? Attribute { get; init; }

    public string? IndexRange { get; init; }

    public double? SamplingInterval { get; init; }

    public uint? QueueSize { get; init; }

    public bool? DiscardOldest { get; init; }

    public NodeDeadband? Deadband { get; init; }

    /// <summary>Status, StatusValue or StatusValueTimestamp.</summary>
    public string? Trigger { get; init; }

    /// <summary>Disabled, Sampling or Reporting.</summary>
    public string? MonitoringMode { get; init; }
}

/// <summary>Type is Absolute or Percent.</summary>
internal sealed record NodeDeadband(string Type, double Value);

/// <summary>How a foreign server listens; null takes the default that peers/README.md names.</summary>
internal sealed record NodeServe
{
    public required string PkiFolder { get; init; }

    public string? UserPkiFolder { get; init; }

    public int? Port { get; init; }

    public string? CertificateFile { get; init; }

    public string? PrivateKeyFile { get; init; }

    public string? ApplicationUri { get; init; }

    public string? ApplicationName { get; init; }

    public string[]? Policies { get; init; }

    public string[]? Modes { get; init; }

    public bool? AllowAnonymous { get; init; }

    public Dictionary<string, string>? Users { get; init; }

    public Dictionary<string, string>? Roles { get; init; }

    public int? TokenLifetime { get; init; }

    public int? MaxConnections { get; init; }

    public int? MaxSessions { get; init; }

    public Dictionary<string, int>? OperationLimits { get; init; }

    /// <summary>The most that the server grants in its Acknowledge.</summary>
    public NodeTransport? TransportLimits { get; init; }
}
