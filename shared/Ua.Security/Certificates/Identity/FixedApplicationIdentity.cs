namespace Ua.Security.Certificates;

/// <summary>An identity that someone else decides: a client in a tool, or a test.</summary>
public sealed class FixedApplicationIdentity(ApplicationIdentity identity) : IApplicationIdentitySource
{
    private volatile ApplicationIdentity _current = identity;

    public event Action? Changed;

    public ApplicationIdentity Current => _current;

    public void Replace(ApplicationIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        _current = identity;
        Changed?.Invoke();
    }
}
