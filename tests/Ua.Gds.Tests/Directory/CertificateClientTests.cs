using Ua.Core;

namespace Ua.Gds.Tests.Directory;

/// <summary>The typed client of the certificate manager: what goes out and what comes in (Part 12, 7.9).</summary>
public sealed class CertificateClientTests : IAsyncLifetime
{
    private static readonly NodeId s_application = new("app", 3);
    private static readonly NodeId s_group = new(615, 2);
    private static readonly NodeId s_type = ObjectTypeIds.RsaSha256ApplicationCertificateType;
    private static readonly NodeId s_request = new(Guid.Parse("72962B91-FA75-4AE6-8D28-B404DC7DAF63"), 3);

    private ScriptedDirectory _gds = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gds = await ScriptedDirectory.StartAsync();

    public ValueTask DisposeAsync() => _gds.DisposeAsync();

    [Fact]
    public async Task A_signing_request_is_started()
    {
        Variant[]? asked = null;
        _gds.On(DirectoryMethodIds.StartSigningRequest, inputs =>
        {
            asked = inputs;
            return [s_request];
        });
        (await _gds.Client.StartSigningRequestAsync(s_application, s_group, s_type, [0x30, 1], Ct)).ShouldBe(s_request);
        asked!.Take(3).Select(v => v.Value).ShouldBe([s_application, s_group, s_type]);
        asked![3].Value.ShouldBe(new byte[] { 0x30, 1 });
    }

    [Fact]
    public async Task A_key_pair_request_is_started()
    {
        Variant[]? asked = null;
        _gds.On(DirectoryMethodIds.StartNewKeyPairRequest, inputs =>
        {
            asked = inputs;
            return [s_request];
        });
        await _gds.Client.StartNewKeyPairRequestAsync(s_application, s_group, s_type, "CN=A", ["a", "b"], "PEM", "secret", Ct);
        asked![3].Value.ShouldBe("CN=A");
        asked[4].Value.ShouldBe(new string?[] { "a", "b" });
        asked[5].Value.ShouldBe("PEM");
        asked[6].Value.ShouldBe("secret");
        await _gds.Client.StartNewKeyPairRequestAsync(s_application, NodeId.Null, NodeId.Null, null, null, "PFX", null, Ct);
        asked[3].Value.ShouldBeNull();
        asked[4].Value.ShouldBeNull();
        asked[6].Value.ShouldBeNull();
    }

    [Fact]
    public async Task A_request_is_finished_when_the_GDS_has_decided()
    {
        var decided = false;
        _gds.On(DirectoryMethodIds.FinishRequest, inputs =>
        {
            inputs.Select(v => v.Value).ShouldBe([s_application, s_request]);
            if (!decided) throw new UaException(StatusCodes.BadNothingToDo, "The request waits for approval.");
            return [new byte[] { 0x30, 1 }, (byte[]?)null, (byte[]?[])[[0x30, 2], [0x30, 3]]];
        });
        (await _gds.Client.FinishRequestAsync(s_application, s_request, Ct)).ShouldBeNull();
        decided = true;
        var finished = (await _gds.Client.FinishRequestAsync(s_application, s_request, Ct))!;
        finished.Certificate.ShouldBe([0x30, 1]);
        finished.PrivateKey.ShouldBeNull();
        finished.IssuerCertificates.ShouldBe([[0x30, 2], [0x30, 3]]);
    }

    [Fact]
    public async Task A_rejected_request_is_an_error()
    {
        _gds.On(DirectoryMethodIds.FinishRequest, _ => throw new UaException(StatusCodes.BadRequestNotAllowed, "The request was rejected."));
        (await Should.ThrowAsync<UaException>(_gds.Client.FinishRequestAsync(s_application, s_request, Ct))).StatusCode.ShouldBe(StatusCodes.BadRequestNotAllowed);
    }

    [Fact]
    public async Task A_request_that_is_finished_without_a_certificate_is_an_error()
    {
        _gds.On(DirectoryMethodIds.FinishRequest, _ => [(byte[]?)null, (byte[]?)null, (byte[]?[])[]]);
        (await Should.ThrowAsync<UaException>(_gds.Client.FinishRequestAsync(s_application, s_request, Ct))).StatusCode.ShouldBe(StatusCodes.BadUnknownResponse);
    }

    [Fact]
    public async Task Groups_status_and_certificates()
    {
        _gds.On(DirectoryMethodIds.GetCertificateGroups, _ => [(NodeId[])[s_group]]);
        _gds.On(DirectoryMethodIds.GetCertificateStatus, inputs => [inputs[1].Value is NodeId group && group == s_group]);
        _gds.On(DirectoryMethodIds.GetCertificates, _ => [(NodeId[])[s_type, s_type], (byte[]?[])[[0x30, 1], null]]);
        (await _gds.Client.GetCertificateGroupsAsync(s_application, Ct)).ShouldBe([s_group]);
        (await _gds.Client.GetCertificateStatusAsync(s_application, s_group, s_type, Ct)).ShouldBeTrue();
        (await _gds.Client.GetCertificateStatusAsync(s_application, NodeId.Null, s_type, Ct)).ShouldBeFalse();
        var certificate = (await _gds.Client.GetCertificatesAsync(s_application, s_group, Ct)).ShouldHaveSingleItem();
        certificate.CertificateTypeId.ShouldBe(s_type);
        certificate.Certificate.ShouldBe([0x30, 1]);
    }

    [Fact]
    public async Task Types_without_their_certificates_are_refused()
    {
        _gds.On(DirectoryMethodIds.GetCertificates, _ => [(NodeId[])[s_type, s_type], (byte[]?[])[[0x30, 1]]]);
        (await Should.ThrowAsync<UaException>(_gds.Client.GetCertificatesAsync(s_application, s_group, Ct))).StatusCode.ShouldBe(StatusCodes.BadUnknownResponse);
    }

    [Fact]
    public async Task Revocation()
    {
        byte[]? revoked = null;
        _gds.On(DirectoryMethodIds.RevokeCertificate, inputs =>
        {
            revoked = (byte[]?)inputs[1].Value;
            return [];
        });
        var until = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        _gds.On(DirectoryMethodIds.CheckRevocationStatus, _ => [StatusCodes.BadCertificateRevoked, until]);
        await _gds.Client.RevokeCertificateAsync(s_application, [0x30, 1], Ct);
        revoked.ShouldBe([0x30, 1]);
        (await _gds.Client.CheckRevocationStatusAsync([0x30, 1], Ct)).ShouldBe(new RevocationStatus(StatusCodes.BadCertificateRevoked, until));
    }
}
