namespace Pki;

/// <summary>Who may read a file that <see cref="AtomicFile"/> writes.</summary>
public enum FileProtection
{
    /// <summary>What the directory and the process give by themselves.</summary>
    Default,

    /// <summary>Only the account that runs the process (and on Windows the system): private keys, secrets, tokens.</summary>
    OwnerOnly,
}
