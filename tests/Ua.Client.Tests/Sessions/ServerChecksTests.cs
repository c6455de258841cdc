using Ua.Client.Tests.Kit;
using Ua.Core;

namespace Ua.Client.Tests.Sessions;

/// <summary>What a client refuses of a server that does not keep the rules (Part 4, 5.7.2).</summary>
public sealed class ServerChecksTests : IAsyncLifetime
{
    private OwnServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await OwnServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_honest_server_is_accepted()
    {
        await using var session = await _server.ConnectAsync();
        session.State.ShouldBe(SessionState.Connected);
        session.SessionId.IsNull.ShouldBeFalse();
    }

    [Fact]
    public Task A_signature_over_something_else_is_refused() =>
        RefusesAsync(r => r with { ServerSignature = Damaged(r.ServerSignature) }, StatusCodes.BadApplicationSignatureInvalid);

    [Fact]
    public Task A_missing_signature_is_refused() =>
        RefusesAsync(r => r with { ServerSignature = new SignatureData(null, null) }, StatusCodes.BadApplicationSignatureInvalid);

    [Fact]
    public Task A_signature_under_another_algorithm_is_refused() => RefusesAsync(
        r => r with { ServerSignature = r.ServerSignature with { Algorithm = "http://www.w3.org/2000/09/xmldsig#rsa-sha1" } }, StatusCodes.BadApplicationSignatureInvalid);

    [Fact]
    public Task A_short_nonce_is_refused() => RefusesAsync(r => r with { ServerNonce = r.ServerNonce![..31] }, StatusCodes.BadNonceInvalid);

    [Fact]
    public Task A_missing_nonce_is_refused() => RefusesAsync(r => r with { ServerNonce = null }, StatusCodes.BadNonceInvalid);

    [Fact]
    public Task Another_certificate_than_the_endpoints_is_refused() =>
        RefusesAsync(r => r with { ServerCertificate = TestPeer.Server("other").Der }, StatusCodes.BadCertificateInvalid);

    [Fact]
    public Task A_session_without_a_token_is_refused() =>
        RefusesAsync(r => r with { AuthenticationToken = NodeId.Null }, StatusCodes.BadSecurityChecksFailed);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public Task A_timeout_that_is_none_is_refused(double timeout) =>
        RefusesAsync(r => r with { RevisedSessionTimeout = timeout }, StatusCodes.BadSecurityChecksFailed);

    [Fact]
    public async Task Endpoints_that_were_taken_out_of_discovery_are_noticed()
    {
        _server.Tamper = async (request, honest) => await honest() is var answer && answer is GetEndpointsResponse endpoints
            ? endpoints with { Endpoints = [.. endpoints.Endpoints.Where(e => e.SecurityMode != MessageSecurityMode.SignAndEncrypt)] }
            : answer;
        var error = await RefusalAsync();
        error.StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
        error.Message.ShouldContain("that discovery did not show");
    }

    [Fact]
    public async Task User_tokens_that_were_weakened_in_discovery_are_noticed()
    {
        _server.Tamper = async (request, honest) => await honest() is var answer && answer is GetEndpointsResponse endpoints
            ? endpoints with { Endpoints = [.. endpoints.Endpoints.Select(e => e with { UserIdentityTokens = [new UserTokenPolicy("weak", UserTokenType.Anonymous)] })] }
            : answer;
        (await RefusalAsync()).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
    }

    [Fact]
    public async Task A_short_nonce_at_activation_is_refused()
    {
        _server.Tamper = async (request, honest) => await honest() is var answer && answer is ActivateSessionResponse activated
            ? activated with { ServerNonce = [1, 2, 3] }
            : answer;
        (await RefusalAsync()).StatusCode.ShouldBe(StatusCodes.BadNonceInvalid);
    }

    [Fact]
    public async Task A_fault_is_raised_with_its_text()
    {
        _server.Tamper = async (request, honest) => request is ActivateSessionRequest
            ? ServiceFault.Of(new UaException(StatusCodes.BadTooManySessions, "No more sessions today."), request.Header.RequestHandle, DateTime.MinValue)
            : await honest();
        var error = await RefusalAsync();
        error.StatusCode.ShouldBe(StatusCodes.BadTooManySessions);
        error.Message.ShouldBe("No more sessions today.");
    }

    [Fact]
    public async Task Another_response_than_the_one_asked_for_is_refused()
    {
        _server.Tamper = async (request, honest) => request is CreateSessionRequest
            ? new CloseSessionResponse(new ResponseHeader(DateTime.MinValue, request.Header.RequestHandle, StatusCodes.Good))
            : await honest();
        (await RefusalAsync()).StatusCode.ShouldBe(StatusCodes.BadUnknownResponse);
    }

    [Fact]
    public async Task A_server_that_is_not_trusted_is_refused_before_anything_is_sent_to_it()
    {
        var asked = false;
        _server.Tamper = (request, honest) =>
        {
            asked |= request is CreateSessionRequest;
            return honest();
        };
        var honest = _server.Options();
        var options = new SessionOptions { EndpointUrl = honest.EndpointUrl, Application = honest.Application, ServerCertificates = TestPeer.Validator(TestPeer.Server("other")) };
        (await Should.ThrowAsync<UaException>(UaSession.ConnectAsync(options))).StatusCode.ShouldBe(StatusCodes.BadCertificateUntrusted);
        asked.ShouldBeFalse();
    }

    [Fact]
    public async Task A_trusted_server_that_is_not_the_expected_one_is_refused_before_anything_is_sent_to_it()
    {
        var asked = false;
        _server.Tamper = (request, honest) =>
        {
            asked |= request is CreateSessionRequest;
            return honest();
        };
        var honest = _server.Options();
        var options = new SessionOptions
        {
            EndpointUrl = honest.EndpointUrl,
            Application = honest.Application,
            ServerCertificates = honest.ServerCertificates,
            ServerApplicationUri = "urn:the:expected:one",
        };
        (await Should.ThrowAsync<UaException>(UaSession.ConnectAsync(options))).StatusCode.ShouldBe(StatusCodes.BadCertificateUriInvalid);
        asked.ShouldBeFalse();
    }

    [Fact]
    public async Task A_pinned_certificate_counts_beside_those_that_are_trusted_and_no_other_does()
    {
        var honest = _server.Options();
        SessionOptions Pinned(TestPeer trusted, TestPeer pinned) => new()
        {
            EndpointUrl = honest.EndpointUrl,
            Application = honest.Application,
            ServerCertificates = TestPeer.Validator(trusted),
            PinnedServerCertificates = TestPeer.Validator(pinned),
        };
        var other = TestPeer.Server("other");
        await using (await UaSession.ConnectAsync(Pinned(trusted: other, pinned: _server.Peer))) { }
        await using (await UaSession.ConnectAsync(Pinned(trusted: _server.Peer, pinned: other))) { }
        (await Should.ThrowAsync<UaException>(UaSession.ConnectAsync(Pinned(trusted: other, pinned: other)))).StatusCode.ShouldBe(StatusCodes.BadCertificateUntrusted);
    }

    [Fact]
    public async Task Without_a_validator_no_secured_endpoint_is_used()
    {
        var honest = _server.Options();
        var options = new SessionOptions { EndpointUrl = honest.EndpointUrl, Application = honest.Application };
        (await Should.ThrowAsync<UaException>(UaSession.ConnectAsync(options))).StatusCode.ShouldBe(StatusCodes.BadConfigurationError);
    }

    [Fact]
    public async Task A_server_under_another_ApplicationUri_than_its_certificates_is_refused()
    {
        _server.Tamper = async (request, honest) => await honest() is var answer && answer is GetEndpointsResponse endpoints
            ? endpoints with { Endpoints = [.. endpoints.Endpoints.Select(e => e with { Server = e.Server with { ApplicationUri = "urn:somebody:else" } })] }
            : answer;
        (await RefusalAsync()).StatusCode.ShouldBe(StatusCodes.BadCertificateUriInvalid);
    }

    private async Task RefusesAsync(Func<CreateSessionResponse, CreateSessionResponse> change, StatusCode status)
    {
        _server.Tamper = async (request, honest) => await honest() is var answer && answer is CreateSessionResponse created ? change(created) : answer;
        (await RefusalAsync()).StatusCode.ShouldBe(status);
    }

    private Task<UaException> RefusalAsync() => Should.ThrowAsync<UaException>(UaSession.ConnectAsync(_server.Options("Basic256Sha256", MessageSecurityMode.Sign)));

    private static SignatureData Damaged(SignatureData signature)
    {
        var bytes = (byte[])signature.Signature!.Clone();
        bytes[7] ^= 1;
        return signature with { Signature = bytes };
    }
}
