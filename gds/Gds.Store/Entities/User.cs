namespace Gds.Store;

/// <summary>A person or a program that signs in with a name and a password.</summary>
public sealed class User
{
    private User() { }

    public User(Guid id, string name, string nameKey, IReadOnlyList<string> roles, string createdBy, DateTime now)
    {
        Id = id;
        Name = name;
        NameKey = nameKey;
        Roles = roles;
        CreatedBy = createdBy;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>The name as it is compared; unique.</summary>
    public string NameKey { get; private set; } = "";

    public IReadOnlyList<string> Roles { get; private set; } = [];
    public string HashAlgorithm { get; private set; } = "";
    public int HashIterations { get; private set; }
    public byte[] Salt { get; private set; } = [];
    public byte[] PasswordHash { get; private set; } = [];
    public bool Disabled { get; private set; }
    public int FailedLogins { get; private set; }
    public DateTime? LastFailureAt { get; private set; }
    public DateTime? LastLoginAt { get; private set; }
    public DateTime PasswordChangedAt { get; private set; }
    public string CreatedBy { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }

    public void SetPassword(string algorithm, int iterations, byte[] salt, byte[] hash, DateTime now)
    {
        HashAlgorithm = algorithm;
        HashIterations = iterations;
        Salt = salt;
        PasswordHash = hash;
        PasswordChangedAt = now;
        FailedLogins = 0;
    }

    public void SetRoles(IReadOnlyList<string> roles) => Roles = roles;

    public void Disable() => Disabled = true;

    public void Enable()
    {
        Disabled = false;
        FailedLogins = 0;
    }

    public void LoginFailed(DateTime now)
    {
        FailedLogins++;
        LastFailureAt = now;
    }

    public void LoginSucceeded(DateTime now)
    {
        FailedLogins = 0;
        LastLoginAt = now;
    }
}
