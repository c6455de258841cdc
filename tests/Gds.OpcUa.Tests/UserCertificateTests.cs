using Gds.Core.Users;
using Ua.Client;
using Ua.Core;
using Ua.Security;

namespace Gds.OpcUa.Tests;

/// <summary>Users who show a certificate instead of a password.</summary>
public sealed class UserCertificateTests(GdsFixture gds) : IClassFixture<GdsFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_in_a_file_called_like_the_user_gives_the_users_roles()
    {
        var app = await TrustedAsync("urn:localhost:x509:app");
        var person = new TestApplication("urn:localhost:x509:person");
        var user = UserIdentity.WithCertificate(new OwnCertificate(person.Certificate.Der, person.Key.Rsa));
        await gds.ConnectAsync(app, user).ShouldFailAsync(StatusCodes.BadUserAccessDenied);

        System.IO.Directory.CreateDirectory(gds.UserFolder);
        await File.WriteAllBytesAsync(Path.Combine(gds.UserFolder, "discovery.der"), person.Certificate.Der, Ct);
        await using (var session = await gds.ConnectAsync(app, user)) await session.RegisterAsync(person.Record);

        await gds.Get<UserAccounts>().SetDisabledAsync(GdsFixture.Local, "discovery", disabled: true, Ct);
        await gds.ConnectAsync(app, user).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task An_application_that_nobody_knows_cannot_bring_one()
    {
        var person = new TestApplication("urn:localhost:x509:stranger");
        await gds.ConnectAsync(new TestApplication("urn:localhost:x509:unknown"), UserIdentity.WithCertificate(new OwnCertificate(person.Certificate.Der, person.Key.Rsa)))
            .ShouldFailAsync(StatusCodes.BadIdentityTokenRejected);
    }

    private async Task<TestApplication> TrustedAsync(string uri)
    {
        var app = new TestApplication(uri);
        await File.WriteAllBytesAsync(Path.Combine(gds.TrustFolder, "trusted", "certs", "app.der"), app.Certificate.Der, Ct);
        return app;
    }
}
