using System.Security.Cryptography;
using Interop.Driving;
using Ua.Client;
using Ua.Core;
using Ua.Security;

namespace Interop.Ours;

/// <summary>Our client against a foreign server: endpoints, users, services.</summary>
public sealed class OurClientTests(ForeignServer foreign) : IClassFixture<ForeignServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("None", MessageSecurityMode.None)]
    [InlineData("Basic256Sha256", MessageSecurityMode.Sign)]
    [InlineData("Basic256Sha256", MessageSecurityMode.SignAndEncrypt)]
    [InlineData("Aes128_Sha256_RsaOaep", MessageSecurityMode.Sign)]
    [InlineData("Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.Sign)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt)]
    public async Task Reads_browses_writes_and_calls(string policy, MessageSecurityMode mode)
    {
        await using var session = await UaSession.ConnectAsync(foreign.Options(policy, mode), Ct);
        session.Endpoint!.SecurityMode.ShouldBe(mode);
        var plant = await session.NamespaceIndexOfAsync(NodeServer.PlantUri, Ct);
        var folder = await session.TranslateAsync(ObjectIds.ObjectsFolder, [new QualifiedName("Plant", plant)], Ct);

        var references = await session.BrowseAsync(folder, cancellationToken: Ct);
        references.Count.ShouldBeGreaterThan(15);
        references.ShouldContain(r => r.BrowseName.Name == "Add" && r.NodeClass == NodeClass.Method);

        (await session.CallAsync(folder, new NodeId("Add", plant), [2, 3], Ct)).Get<int>(0, "Sum").ShouldBe(5);
        (await Should.ThrowAsync<UaException>(session.CallAsync(folder, new NodeId("Refuse", plant), [], Ct))).StatusCode.ShouldBe(StatusCodes.BadInvalidState);

        await session.WriteValueAsync(new NodeId("Double", plant), 2.5, Ct);
        (await session.ReadValueAsync<double>(new NodeId("Double", plant), Ct)).ShouldBe(2.5);
        (await Should.ThrowAsync<UaException>(session.ReadValueAsync<int>(new NodeId("Double", plant), Ct))).StatusCode.ShouldBe(StatusCodes.BadTypeMismatch);
        (await Should.ThrowAsync<UaException>(session.ReadValueAsync<int>(new NodeId("Nothing", plant), Ct))).StatusCode.ShouldBe(StatusCodes.BadNodeIdUnknown);
        (await session.ReadStructureAsync<ServerStatusDataType>(VariableIds.ServerStatus, Ct)).State.ShouldBe(ServerState.Running);
    }

    [Fact]
    public async Task Takes_the_strongest_endpoint_by_itself()
    {
        await using var session = await UaSession.ConnectAsync(foreign.Options(null, null), Ct);
        session.Endpoint!.SecurityMode.ShouldBe(MessageSecurityMode.SignAndEncrypt);
        session.Endpoint.SecurityPolicyUri.ShouldBe(SecurityPolicies.Aes256Sha256RsaPss.Uri);
    }

    [Theory]
    [InlineData("Basic256Sha256", MessageSecurityMode.SignAndEncrypt)]
    [InlineData("Aes128_Sha256_RsaOaep", MessageSecurityMode.Sign)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt)]
    [InlineData("None", MessageSecurityMode.None)]
    public async Task Signs_in_with_a_user_name(string policy, MessageSecurityMode mode)
    {
        await using (var session = await UaSession.ConnectAsync(foreign.Options(policy, mode, UserIdentity.Named(ForeignServer.User, ForeignServer.Password)), Ct))
            (await session.ReadValueAsync<int>(VariableIds.ServerStatusState, Ct)).ShouldBe(0);
        (await Should.ThrowAsync<UaException>(UaSession.ConnectAsync(foreign.Options(policy, mode, UserIdentity.Named(ForeignServer.User, "wrong")), Ct)))
            .StatusCode.ShouldBeOneOf(StatusCodes.BadUserAccessDenied, StatusCodes.BadIdentityTokenRejected);
    }

    [Theory]
    [InlineData("Basic256Sha256")]
    [InlineData("Aes256_Sha256_RsaPss")]
    public async Task Signs_in_with_a_certificate(string policy)
    {
        using var key = RSA.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(foreign.UserCertificate.PrivateKeyFile, Ct));
        var user = UserIdentity.WithCertificate(new OwnCertificate(foreign.UserCertificate.Der, key));
        await using var session = await UaSession.ConnectAsync(foreign.Options(policy, MessageSecurityMode.SignAndEncrypt, user), Ct);
        (await session.ReadValueAsync<int>(VariableIds.ServerStatusState, Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task Changes_its_user_while_the_session_goes_on()
    {
        await using var session = await UaSession.ConnectAsync(foreign.Options("Basic256Sha256", MessageSecurityMode.SignAndEncrypt), Ct);
        var id = session.SessionId;
        await session.ChangeUserAsync(UserIdentity.Named(ForeignServer.User, ForeignServer.Password), Ct);
        (await Should.ThrowAsync<UaException>(session.ChangeUserAsync(UserIdentity.Named(ForeignServer.User, "wrong"), Ct))).StatusCode.IsBad.ShouldBeTrue();
        await session.ChangeUserAsync(UserIdentity.Anonymous, Ct);
        session.SessionId.ShouldBe(id);
    }

    [Fact]
    public async Task A_server_that_is_not_trusted_is_refused()
    {
        var options = foreign.Options(null, null, trusted: foreign.NewCertificate("other"));
        (await Should.ThrowAsync<UaException>(UaSession.ConnectAsync(options, Ct))).StatusCode.ShouldBe(StatusCodes.BadCertificateUntrusted);
    }

    [Fact]
    public async Task A_server_that_does_not_trust_us_says_so()
    {
        var options = foreign.Options("Basic256Sha256", MessageSecurityMode.Sign, own: foreign.NewCertificate("stranger"));
        (await Should.ThrowAsync<UaException>(UaSession.ConnectAsync(options, Ct))).StatusCode
            .ShouldBeOneOf(StatusCodes.BadSecurityChecksFailed, StatusCodes.BadCertificateUntrusted);
    }

    [Fact]
    public async Task Discovers_endpoints_and_servers()
    {
        (await Discovery.GetEndpointsAsync(foreign.Server.EndpointUrl, cancellationToken: Ct)).Length.ShouldBe(7);
        (await Discovery.FindServersAsync(foreign.Server.EndpointUrl, cancellationToken: Ct)).Single().ApplicationUri.ShouldBe(foreign.Certificate.ApplicationUri);
    }
}
