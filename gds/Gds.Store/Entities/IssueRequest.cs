namespace Gds.Store;

public enum RequestKind
{
    /// <summary>The application made its key and sent a PKCS#10 request.</summary>
    SigningRequest = 0,

    /// <summary>The GDS makes the key and hands it out once.</summary>
    NewKeyPair = 1,
}

public enum RequestState
{
    /// <summary>Waits for a RegistrationAuthorityAdmin.</summary>
    New = 0,

    /// <summary>May be issued; the certificate does not exist yet.</summary>
    Approved = 1,
    Rejected = 2,

    /// <summary>The certificate exists and has not been collected.</summary>
    Completed = 3,

    /// <summary>Collected; a second FinishRequest is an error.</summary>
    Accepted = 4,
}

/// <summary>A certificate request from Start... to FinishRequest (Part 12, 7.9.3 to 7.9.5).</summary>
public sealed class IssueRequest
{
    private IssueRequest() { }

    private IssueRequest(Guid id, RequestKind kind, Guid applicationId, int groupId, uint typeId, RequestOrigin origin, DateTime now)
    {
        Id = id;
        Kind = kind;
        ApplicationId = applicationId;
        GroupId = groupId;
        TypeId = typeId;
        CallerThumbprint = origin.CallerThumbprint;
        RequestedBy = origin.RequestedBy;
        RequestedFrom = origin.RequestedFrom;
        CreatedAt = now;
    }

    public static IssueRequest ForSigning(
        Guid id, Guid applicationId, int groupId, uint typeId, RequestOrigin origin, byte[] csr, string csrHash, DateTime now)
        => new(id, RequestKind.SigningRequest, applicationId, groupId, typeId, origin, now) { Csr = csr, CsrHash = csrHash };

    public static IssueRequest ForNewKeyPair(
        Guid id, Guid applicationId, int groupId, uint typeId, RequestOrigin origin,
        string subjectName, IReadOnlyList<string> domainNames, string privateKeyFormat, byte[]? protectedPassword, DateTime now)
        => new(id, RequestKind.NewKeyPair, applicationId, groupId, typeId, origin, now)
        {
            SubjectName = subjectName,
            DomainNames = domainNames,
            PrivateKeyFormat = privateKeyFormat,
            ProtectedPassword = protectedPassword,
        };

    public Guid Id { get; private set; }
    public RequestKind Kind { get; private set; }
    public RequestState State { get; private set; }
    public Guid ApplicationId { get; private set; }
    public int GroupId { get; private set; }
    public uint TypeId { get; private set; }

    /// <summary>Client certificate of the Start call; FinishRequest must come with the same one.</summary>
    public string? CallerThumbprint { get; private set; }

    public string RequestedBy { get; private set; } = "";
    public string RequestedFrom { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }

    public byte[]? Csr { get; private set; }
    public string? CsrHash { get; private set; }

    public string? SubjectName { get; private set; }
    public IReadOnlyList<string> DomainNames { get; private set; } = [];
    public string? PrivateKeyFormat { get; private set; }

    /// <summary>Encrypted under the data protection key; gone as soon as the key pair is made or refused.</summary>
    public byte[]? ProtectedPassword { get; private set; }

    /// <summary>Encrypted under the data protection key; gone as soon as it is collected or refused.</summary>
    public byte[]? ProtectedPrivateKey { get; private set; }

    public string? DecidedBy { get; private set; }
    public DateTime? DecidedAt { get; private set; }

    /// <summary>Why it was approved (the rule) or rejected (the person's words).</summary>
    public string? Reason { get; private set; }

    public Guid? CertificateId { get; private set; }
    public DateTime? CompletedAt { get; private set; }
    public DateTime? AcceptedAt { get; private set; }

    public bool IsOpen => State is RequestState.New or RequestState.Approved or RequestState.Completed;

    public void Approve(string by, string reason, DateTime now)
    {
        MoveTo(RequestState.Approved, from: RequestState.New);
        Decided(by, reason, now);
    }

    public void Reject(string by, string reason, DateTime now)
    {
        MoveTo(RequestState.Rejected, from: RequestState.New);
        Decided(by, reason, now);
        ProtectedPassword = null;
    }

    /// <summary>What was approved cannot be issued any more; the reason says why.</summary>
    public void Fail(string by, string reason, DateTime now)
    {
        MoveTo(RequestState.Rejected, from: RequestState.Approved);
        Decided(by, reason, now);
        ProtectedPassword = null;
    }

    public void Complete(Guid certificateId, byte[]? protectedPrivateKey, DateTime now)
    {
        if (Kind == RequestKind.NewKeyPair && protectedPrivateKey is null)
            throw new IllegalMoveException($"Request {Id} makes a key pair and cannot complete without it.");
        MoveTo(RequestState.Completed, from: RequestState.Approved);
        CertificateId = certificateId;
        ProtectedPrivateKey = protectedPrivateKey;
        ProtectedPassword = null;
        CompletedAt = now;
    }

    public void Accept(DateTime now)
    {
        MoveTo(RequestState.Accepted, from: RequestState.Completed);
        ProtectedPrivateKey = null;
        AcceptedAt = now;
    }

    private void Decided(string by, string reason, DateTime now)
    {
        DecidedBy = by;
        Reason = reason;
        DecidedAt = now;
    }

    private void MoveTo(RequestState to, RequestState from)
    {
        if (State != from) throw IllegalMoveException.Of($"Request {Id}", State, to);
        State = to;
    }
}

/// <summary>Who started a request, from where, and with which client certificate.</summary>
public sealed record RequestOrigin(string RequestedBy, string RequestedFrom, string? CallerThumbprint);
