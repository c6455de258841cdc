namespace Gds.Store;

/// <summary>Permission to enrol, shown once as a string; only the hash of its secret is kept.</summary>
public sealed class EnrolmentToken
{
    private EnrolmentToken() { }

    public EnrolmentToken(
        Guid id, byte[] secretHash, int maxUses, DateTime expiresAt, IReadOnlyList<string> patterns, string? note, string createdBy, DateTime now)
    {
        Id = id;
        SecretHash = secretHash;
        MaxUses = maxUses;
        ExpiresAt = expiresAt;
        Patterns = patterns;
        Note = note;
        CreatedBy = createdBy;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }

    /// <summary>SHA-256 of a random secret of 256 bits, which needs no salt.</summary>
    public byte[] SecretHash { get; private set; } = [];

    /// <summary>How many different clients may enrol with it.</summary>
    public int MaxUses { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    /// <summary>ApplicationUris or LIKE patterns that may be registered with it; empty means any that is not registered yet.</summary>
    public IReadOnlyList<string> Patterns { get; private set; } = [];

    public string? Note { get; private set; }
    public string CreatedBy { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }
    public DateTime? RevokedAt { get; private set; }
    public string? RevokedBy { get; private set; }
    public List<TokenUse> Uses { get; private set; } = [];

    public void Use(string clientThumbprint, string clientUri, DateTime now)
    {
        if (Uses.Count >= MaxUses) throw new IllegalMoveException($"Token {Id} has been used {MaxUses} times, which is all it allows.");
        if (RevokedAt is not null) throw new IllegalMoveException($"Token {Id} was revoked.");
        if (now >= ExpiresAt) throw new IllegalMoveException($"Token {Id} has expired.");
        Uses.Add(new TokenUse(Id, clientThumbprint, clientUri, now));
    }

    public void Revoke(string by, DateTime now)
    {
        if (RevokedAt is not null) throw new IllegalMoveException($"Token {Id} was revoked already.");
        RevokedAt = now;
        RevokedBy = by;
    }
}
