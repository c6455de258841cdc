using Ua.Client.Tests.Kit;
using Ua.Core;
using Ua.Security;

namespace Ua.Client.Tests.Sessions;

/// <summary>Connecting to a server of our own: policies, modes and users.</summary>
public sealed class ConnectingTests(ConnectingTests.Fixture fixture) : IClassFixture<ConnectingTests.Fixture>
{
    private OwnServer Server => fixture.Server;

    [Theory]
    [InlineData("Basic256Sha256", MessageSecurityMode.Sign)]
    [InlineData("Basic256Sha256", MessageSecurityMode.SignAndEncrypt)]
    [InlineData("Aes128_Sha256_RsaOaep", MessageSecurityMode.Sign)]
    [InlineData("Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.Sign)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt)]
    public async Task Every_policy_and_mode(string policy, MessageSecurityMode mode)
    {
        await using var session = await UaSession.ConnectAsync(Server.Options(policy, mode));
        session.Endpoint!.SecurityMode.ShouldBe(mode);
        session.Endpoint.SecurityPolicyUri.ShouldBe(SecurityPolicies.Prefix + policy);
        (await session.ReadValueAsync<int>(VariableIds.ServerStatusState)).ShouldBe(0);
    }

    [Fact]
    public async Task The_strongest_endpoint_by_itself()
    {
        await using var session = await UaSession.ConnectAsync(Server.Options());
        session.Endpoint!.SecurityMode.ShouldBe(MessageSecurityMode.SignAndEncrypt);
        session.Endpoint.SecurityPolicyUri.ShouldBe(SecurityPolicies.Aes256Sha256RsaPss.Uri);
    }

    [Theory]
    [InlineData("Basic256Sha256", MessageSecurityMode.Sign, PasswordFormat.Legacy)]
    [InlineData("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, PasswordFormat.EncryptedSecret)]
    [InlineData("Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt, PasswordFormat.EncryptedSecret)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt, PasswordFormat.Legacy)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.Sign, PasswordFormat.EncryptedSecret)]
    public async Task A_user_name_in_both_formats(string policy, MessageSecurityMode mode, PasswordFormat format)
    {
        await using (var session = await UaSession.ConnectAsync(Server.Options(policy, mode, UserIdentity.Named("operator", "a secret: häßlich", format))))
            session.State.ShouldBe(SessionState.Connected);
        var wrong = Server.Options(policy, mode, UserIdentity.Named("operator", "guess", format));
        (await Should.ThrowAsync<UaException>(UaSession.ConnectAsync(wrong))).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task A_user_can_be_changed_and_a_wrong_one_changes_nothing()
    {
        await using var session = await Server.ConnectAsync();
        var id = session.SessionId;
        await session.ChangeUserAsync(UserIdentity.Named("operator", "a secret: häßlich"));
        (await Should.ThrowAsync<UaException>(session.ChangeUserAsync(UserIdentity.Named("operator", "guess")))).StatusCode.IsBad.ShouldBeTrue();
        await session.ChangeUserAsync(UserIdentity.Anonymous);
        session.SessionId.ShouldBe(id);
        (await session.ReadValueAsync<int>(VariableIds.ServerStatusState)).ShouldBe(0);
    }

    [Fact]
    public async Task An_endpoint_without_security_is_not_taken_unless_asked_for_and_offered()
    {
        var error = await Should.ThrowAsync<UaException>(UaSession.ConnectAsync(Server.Options("None", MessageSecurityMode.None)));
        error.StatusCode.ShouldBe(StatusCodes.BadSecurityModeRejected);
        error.Message.ShouldContain("Sign/Basic256Sha256");
    }

    [Fact]
    public async Task Nobody_there_is_said_at_once()
    {
        var options = Server.Options(port: 1);
        (await Should.ThrowAsync<UaException>(UaSession.ConnectAsync(options))).StatusCode.ShouldBe(StatusCodes.BadNotConnected);
    }

    [Fact]
    public async Task A_session_that_is_closed_answers_no_more_and_is_gone_at_the_server()
    {
        var session = await Server.ConnectAsync();
        var states = new StateLog(session);
        await session.DisposeAsync();
        await session.DisposeAsync();
        session.State.ShouldBe(SessionState.Closed);
        (await states.WaitForAsync(c => c.State == SessionState.Closed)).Reason.ShouldBeNull();
        (await Should.ThrowAsync<UaException>(session.ReadValueAsync<int>(VariableIds.ServerStatusState))).StatusCode.ShouldBe(StatusCodes.BadSessionClosed);
    }

    [Fact]
    public void Options_that_make_no_sense_are_named()
    {
        var good = Server.Options();
        Should.Throw<UaException>(() => With("http://localhost").Validate()).StatusCode.ShouldBe(StatusCodes.BadTcpEndpointUrlInvalid);
        Should.Throw<ArgumentException>(() => new SessionOptions { EndpointUrl = good.EndpointUrl, Application = good.Application, RequestTimeout = TimeSpan.Zero }.Validate())
            .Message.ShouldContain("RequestTimeout");
        Should.Throw<ArgumentException>(() => new ClientApplication("x", null)).Message.ShouldContain("ApplicationUri");

        SessionOptions With(string url) => new() { EndpointUrl = url, Application = good.Application };
    }

    /// <summary>One server for all tests of this class, none of which changes it.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal OwnServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await OwnServer.StartAsync();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
