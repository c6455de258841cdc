using Ua.Core;

namespace Ua.Gds.Tests.ServerConfiguration;

/// <summary>The typed client of push management: what goes out and what comes in (Part 12, 7.10).</summary>
public sealed class ServerConfigurationClientTests : IAsyncLifetime
{
    private static readonly NodeId s_group = ObjectIds.ServerDefaultApplicationGroup;
    private static readonly NodeId s_type = ObjectTypeIds.RsaSha256ApplicationCertificateType;

    private ScriptedConfiguration _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ScriptedConfiguration.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_the_server_says_of_itself()
    {
        _server.Set(25706, "urn:pushed");
        _server.Set(12639, (string?[])["PFX", "PEM"]);
        _server.Set(12640, 4096u);
        _server.Set(12710, (string?[])["DA", null]);
        _server.Remove(23597);
        var properties = await (await _server.OpenAsync()).ReadPropertiesAsync(Ct);
        properties.ApplicationUri.ShouldBe("urn:pushed");
        properties.SupportedPrivateKeyFormats.ShouldBe(["PFX", "PEM"]);
        properties.MaxTrustListSize.ShouldBe(4096u);
        properties.ServerCapabilities.ShouldBe(["DA"]);
        properties.HasSecureElement.ShouldBeNull();
        properties.SupportsTransactions.ShouldBeNull();
        properties.Enabled.ShouldBeNull();
    }

    [Fact]
    public async Task Groups_have_types_a_purpose_and_a_trust_list()
    {
        _server.Set(14161, (NodeId[])[s_type, NodeId.Null]);
        _server.Set(14121, (NodeId[])[ObjectTypeIds.HttpsCertificateType]);
        _server.Remove(14122);
        var groups = await (await _server.OpenAsync()).BrowseGroupsAsync(Ct);
        groups.Select(g => g.Name).ShouldBe(["DefaultApplicationGroup", "DefaultHttpsGroup"], ignoreOrder: true);
        var application = groups.Single(g => g.IsForApplications);
        application.NodeId.ShouldBe(s_group);
        application.CertificateTypes.ShouldBe([s_type]);
        application.TrustList.ShouldBe(ObjectIds.ServerDefaultApplicationGroupTrustList);
        groups.Single(g => !g.IsForApplications).Purpose.ShouldBe(ObjectTypeIds.HttpsCertificateType);
    }

    [Fact]
    public async Task A_server_without_groups_or_managed_applications_is_no_error()
    {
        _server.Remove(14053);
        (await (await _server.OpenAsync()).BrowseGroupsAsync(Ct)).ShouldBeEmpty();
        (await ServerConfigurationClient.BrowseManagedApplicationsAsync(_server.Session, Ct)).ShouldBeEmpty();
        _server.Remove(16706);
        (await ServerConfigurationClient.BrowseManagedApplicationsAsync(_server.Session, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_managed_application_is_configured_like_a_server()
    {
        var ns = _server.Server.NamespaceIndex;
        _server.Server.Space.AddInstance(
            ServerConfigurationIds.ManagedApplications, new NodeId("press", ns), new QualifiedName("Press 7", ns), new NodeId(25731), ReferenceTypeIds.Organizes, path => path == "CancelChanges");
        var cancelled = 0;
        var method = _server.Server.Space.Get<Ua.Server.Nodes.MethodNode>(new NodeId("press/CancelChanges", ns));
        method.Handler = (_, _) =>
        {
            cancelled++;
            return Task.FromResult(Ua.Server.Nodes.MethodResult.Good());
        };
        var entry = (await ServerConfigurationClient.BrowseManagedApplicationsAsync(_server.Session, Ct)).ShouldHaveSingleItem();
        entry.Name.ShouldBe("Press 7");
        var client = await ServerConfigurationClient.OpenAsync(_server.Session, entry.NodeId, Ct);
        client.HasCancelChanges.ShouldBeTrue();
        client.HasGetCertificates.ShouldBeFalse();
        await client.CancelChangesAsync(Ct);
        cancelled.ShouldBe(1);
    }

    [Fact]
    public async Task A_signing_request_names_its_key()
    {
        Variant[]? asked = null;
        _server.On(12737, inputs =>
        {
            asked = inputs;
            return [new byte[] { 0x30, 1 }];
        });
        var client = await _server.OpenAsync();
        var nonce = new byte[32];
        (await client.CreateSigningRequestAsync(s_group, s_type, null, regeneratePrivateKey: true, nonce, Ct)).ShouldBe([0x30, 1]);
        asked!.Select(v => v.Value).ShouldBe([s_group, s_type, null, true, nonce]);
        await Should.ThrowAsync<ArgumentException>(client.CreateSigningRequestAsync(s_group, s_type, null, regeneratePrivateKey: true, new byte[31], Ct));
        await client.CreateSigningRequestAsync(s_group, s_type, "CN=A", regeneratePrivateKey: false, null, Ct);
        asked![2].Value.ShouldBe("CN=A");
    }

    [Fact]
    public async Task A_certificate_is_given_in_three_forms()
    {
        Variant[]? asked = null;
        _server.On(13737, inputs =>
        {
            asked = inputs;
            return [true];
        });
        var client = await _server.OpenAsync();
        (await client.UpdateCertificateAsync(s_group, s_type, [0x30, 1], [[0x30, 2]], Ct)).ShouldBeTrue();
        asked!.Select(v => v.Value).ShouldBe([s_group, s_type, new byte[] { 0x30, 1 }, new byte[]?[] { [0x30, 2] }, "", null]);
        await client.UpdateCertificateAsync(NodeId.Null, s_type, [0x30, 1], [], PrivateKeyFormats.Pfx, [1], Ct);
        asked!.Select(v => v.Value).Skip(4).ShouldBe(["PFX", new byte[] { 1 }]);
        await client.UpdateCertificateAsync(NodeId.Null, s_type, [0x30, 1], [], PrivateKeyFormats.Pem, [2], Ct);
        asked!.Select(v => v.Value).Skip(4).ShouldBe(["PEM", new byte[] { 2 }]);
        await Should.ThrowAsync<ArgumentException>(client.UpdateCertificateAsync(NodeId.Null, s_type, [0x30, 1], [], "DER", [1], Ct));
        await Should.ThrowAsync<ArgumentException>(client.UpdateCertificateAsync(NodeId.Null, s_type, [0x30, 1], [], PrivateKeyFormats.Pfx, [], Ct));
    }

    [Fact]
    public async Task A_refusal_carries_status_and_text()
    {
        _server.On(12740, _ => throw new UaException(StatusCodes.BadTransactionPending, "Session 7 changes something."));
        var error = await Should.ThrowAsync<UaException>((await _server.OpenAsync()).ApplyChangesAsync(Ct));
        error.StatusCode.ShouldBe(StatusCodes.BadTransactionPending);
        error.Message.ShouldContain("Session 7");
    }

    [Fact]
    public async Task Methods_that_a_server_does_not_have_are_not_called()
    {
        _server.Remove(25708);
        var client = await _server.OpenAsync();
        client.HasCancelChanges.ShouldBeFalse();
        foreach (var call in (Task[])
        [
            client.CancelChangesAsync(Ct), client.GetCertificatesAsync(s_group, Ct), client.DeleteCertificateAsync(s_group, s_type, Ct),
            client.CreateSelfSignedCertificateAsync(s_group, s_type, null, ["a"], [], cancellationToken: Ct),
        ])
        {
            (await Should.ThrowAsync<UaException>(call)).StatusCode.ShouldBe(StatusCodes.BadNotSupported);
        }
    }

    [Fact]
    public async Task Certificates_and_rejected_ones_are_listed()
    {
        _server.On(12777, _ => [(byte[]?[])[[0x30, 9], null]]);
        _server.Add(
            "GetCertificates",
            ServerConfigurationIds.GetCertificates,
            [new Argument("CertificateGroupId", new NodeId(17))],
            [new Argument("CertificateTypeIds", new NodeId(17)) { ValueRank = 1 }, new Argument("Certificates", new NodeId(15)) { ValueRank = 1 }],
            inputs => inputs[0].Value is NodeId id && id == s_group ? [(NodeId[])[s_type], (byte[]?[])[[0x30, 1]]] : [(NodeId[])[s_type], (byte[]?[])[]]);
        var client = await _server.OpenAsync();
        (await client.GetRejectedListAsync(Ct)).ShouldBe([[0x30, 9]]);
        (await client.GetCertificatesAsync(s_group, Ct)).ShouldHaveSingleItem().Certificate.ShouldBe([0x30, 1]);
        (await Should.ThrowAsync<UaException>(client.GetCertificatesAsync(NodeId.Null, Ct))).StatusCode.ShouldBe(StatusCodes.BadUnknownResponse);
    }

    [Fact]
    public async Task The_last_transaction_is_told()
    {
        var started = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        _server.Set(32337, started);
        _server.Set(32339, StatusCodes.BadCertificateChainIncomplete);
        _server.Set(32341, (NodeId[])[s_group]);
        _server.Set(32342, (ExtensionObject[])[ExtensionObject.Of(new TransactionErrorType(s_group, StatusCodes.BadCertificateChainIncomplete, new LocalizedText("no issuer")))]);
        var diagnostics = (await (await _server.OpenAsync()).ReadTransactionDiagnosticsAsync(Ct))!;
        diagnostics.StartTime.ShouldBe(started);
        diagnostics.Result.ShouldBe(StatusCodes.BadCertificateChainIncomplete);
        diagnostics.AffectedCertificateGroups.ShouldBe([s_group]);
        diagnostics.Errors.ShouldHaveSingleItem().Message.Text.ShouldBe("no issuer");
        _server.Remove(32336);
        (await (await _server.OpenAsync()).ReadTransactionDiagnosticsAsync(Ct)).ShouldBeNull();
    }
}
