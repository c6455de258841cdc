namespace Ua.Security.Certificates;

/// <summary>Where the own certificate and key come from.</summary>
public interface IApplicationIdentitySource
{
    /// <summary>The identity that new channels use. Take it once per channel: it may be another object the next time.</summary>
    ApplicationIdentity Current { get; }

    /// <summary>Raised after <see cref="Current"/> has become another one: endpoints are to be offered with the new certificate.</summary>
    event Action? Changed;
}
