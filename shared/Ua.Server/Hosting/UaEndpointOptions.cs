using Ua.Core;
using Ua.Security;

namespace Ua.Server.Hosting;

/// <summary>One address to listen on, with the security and the users that it accepts.</summary>
public sealed class UaEndpointOptions
{
    /// <summary>
    /// Host, port and path, such as <c>opc.tcp://0.0.0.0:4840</c>. The host <c>0.0.0.0</c> or <c>[::]</c> listens everywhere and is shown
    /// as the name of this machine, unless a client came by another of its names. Port 0 takes a free one.
    /// </summary>
    public string Url { get; set; } = "";

    /// <summary>Further URLs under which clients reach this endpoint, such as that of an address translation.</summary>
    public IList<string> AlternateUrls { get; } = [];

    /// <summary>The names of the security policies behind '#', each offered in all of <see cref="SecurityModes"/>.</summary>
    public IList<string> SecurityPolicies { get; } =
        [Security.SecurityPolicies.Basic256Sha256.Name, Security.SecurityPolicies.Aes128Sha256RsaOaep.Name, Security.SecurityPolicies.Aes256Sha256RsaPss.Name];

    public IList<MessageSecurityMode> SecurityModes { get; } = [MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt];

    /// <summary>Lets sessions be made without any security. Without it, policy None serves discovery only.</summary>
    public bool AllowNone { get; set; }

    /// <summary>The kinds of users that may come in here.</summary>
    public IList<UserTokenType> UserTokens { get; } = [UserTokenType.Anonymous, UserTokenType.UserName];

    /// <summary>The policy that protects passwords and user signatures where the channel has none.</summary>
    public string UserTokenPolicyWithoutSecurity { get; set; } = Security.SecurityPolicies.Basic256Sha256.Name;
}
