namespace GatewayAgent.State;

/// <summary>With whom the agent is enrolled: enrolment.json. The secret of the enrolment string is never part of it.</summary>
internal sealed record EnrolmentState
{
    public required string EndpointUrl { get; init; }

    /// <summary>SHA-256 of the GDS certificate that the enrolment string named.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>That certificate as the GDS showed it, DER; trusted until the GDS shows one issued by its authority.</summary>
    public byte[]? PinnedCertificate { get; init; }

    /// <summary>The ApplicationUri that the GDS certificate carried at enrolment.</summary>
    public string? GdsApplicationUri { get; init; }

    public required string TokenId { get; init; }

    /// <summary>The agent's own ApplicationUri; never changes once made.</summary>
    public required string ApplicationUri { get; init; }

    public required string ApplicationName { get; init; }

    public required DateTimeOffset Begun { get; init; }

    /// <summary>When the agent first held a certificate of the GDS; null while enrolment has not come that far.</summary>
    public DateTimeOffset? Completed { get; init; }

    public bool IsComplete => Completed is not null;
}

/// <summary>How the GDS was met last: contact.json.</summary>
internal sealed record ContactState
{
    public static ContactState None { get; } = new();

    public DateTimeOffset? LastAttempt { get; init; }

    public DateTimeOffset? LastContact { get; init; }

    public int FailuresInARow { get; init; }

    public string? LastError { get; init; }
}
