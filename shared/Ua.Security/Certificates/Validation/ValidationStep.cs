namespace Ua.Security.Certificates;

/// <summary>The steps of certificate validation in their order (Part 4, 6.1.3).</summary>
public enum ValidationStep
{
    Structure = 1,
    BuildChain = 2,
    Signature = 3,
    SecurityPolicy = 4,
    Trust = 5,
    Validity = 6,
    HostName = 7,
    ApplicationUri = 8,
    Usage = 9,
    FindRevocationList = 10,
    Revocation = 11,
}
