using TestKit;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

/// <summary>Client channels to a <see cref="TestServer"/>.</summary>
internal static class Clients
{
    public static ClientChannelOptions OptionsFor(this TestServer server, ISecurityPolicy? policy = null, MessageSecurityMode mode = MessageSecurityMode.None, int keyBits = 2048) => new()
    {
        EndpointUrl = server.Url,
        Policy = policy ?? SecurityPolicies.None,
        Mode = mode,
        Certificate = policy is null ? null : new OwnCertificate(TestKey.Of(keyBits, "a").Der, TestKey.Of(keyBits, "a").Rsa),
        ServerCertificate = policy is null ? null : server.Certificate?.Chain,
    };

    public static Task<ClientChannel> OpenAsync(this ClientChannelOptions options) => ClientChannel.OpenAsync(options, TestContext.Current.CancellationToken);
}
