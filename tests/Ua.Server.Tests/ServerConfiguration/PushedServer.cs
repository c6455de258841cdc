using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;
using Ua.Server.ServerConfiguration;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.ServerConfiguration;

/// <summary>A live server that lets itself be pushed, and what a manager calls there: methods by their instance ids.</summary>
internal sealed class PushedServer : IAsyncDisposable
{
    public static readonly NodeId Configuration = ObjectIds.ServerConfiguration;
    public static readonly NodeId Group = ObjectIds.ServerDefaultApplicationGroup;
    public static readonly NodeId TrustList = ObjectIds.ServerDefaultApplicationGroupTrustList;
    public static readonly NodeId RsaSha256 = ObjectTypeIds.RsaSha256ApplicationCertificateType;

    private PushedServer(LiveServer live)
    {
        Live = live;
        Trusted.Publish(Trusting(ApplicationCertificate.Parse(CertificateChainBytes.Split(live.ServerCertificate)[0])));
    }

    public LiveServer Live { get; }

    /// <summary>What clients trust of servers.</summary>
    public PublishedTrustLists Trusted { get; } = new();

    public ApplicationCertificate Certificate => Live.Get<IApplicationIdentitySource>().Current.Primary.Certificate;

    public TrustFolder Folder => Live.Get<TrustFolder>();

    public static async Task<PushedServer> StartAsync(Action<ServerConfigurationOptions>? configure = null, Action<IServiceCollection>? services = null, bool trustsClient = true) =>
        new(await LiveServer.StartAsync(trustsClient: trustsClient, services: s =>
        {
            s.AddServerConfiguration(configure);
            services?.Invoke(s);
        }));

    public static TrustLists Trusting(params ApplicationCertificate[] certificates) => new(certificates.Select(c => new TrustListCertificate(c, "test")), [], [], []);

    public Task<UaSession> AdminAsync(MessageSecurityMode mode = MessageSecurityMode.SignAndEncrypt) => ConnectAsync(UserIdentity.Named("admin", "secret"), mode);

    public Task<UaSession> ConnectAsync(UserIdentity user, MessageSecurityMode mode = MessageSecurityMode.SignAndEncrypt, TestIdentity? client = null) => UaSession.ConnectAsync(new Ua.Client.SessionOptions
    {
        EndpointUrl = Live.Url,
        Application = new ClientApplication("client", new FixedApplicationIdentity((client ?? Live.Client).AsIdentity())),
        ServerCertificates = new CertificateValidator(
            Trusted, new CertificateValidationOptions { SuppressRevocationStatusUnknown = true }, TimeProvider.System, NullLogger<CertificateValidator>.Instance),
        SecurityPolicyUri = SecurityPolicies.Basic256Sha256.Uri,
        SecurityMode = mode,
        User = user,
        RequestTimeout = TimeSpan.FromSeconds(60),
        FirstReconnectDelay = TimeSpan.FromMilliseconds(50),
        LongestReconnectDelay = TimeSpan.FromMilliseconds(200),
    });

    public ValueTask DisposeAsync() => Live.DisposeAsync();
}

/// <summary>The calls of a manager.</summary>
internal static class Pushing
{
    private static readonly NodeId s_updateCertificate = new(13737), s_createSigningRequest = new(12737), s_applyChanges = new(12740), s_cancelChanges = new(25708);
    private static readonly NodeId s_getRejectedList = new(12777), s_createSelfSigned = new(19337), s_delete = new(19340), s_getCertificates = new(32296), s_reset = new(25709);

    public static Task<Variant[]> UpdateAsync(this UaSession session, byte[] certificate, string? format = null, byte[]? key = null, NodeId? group = null, NodeId? type = null, byte[]?[]? issuers = null) =>
        session.CallAsync(PushedServer.Configuration, s_updateCertificate, [group ?? NodeId.Null, type ?? PushedServer.RsaSha256, certificate, issuers ?? [], format, key]);

    public static async Task<byte[]> RequestAsync(this UaSession session, bool newKey, byte[]? nonce = null, string? subject = null, NodeId? group = null, NodeId? type = null) =>
        (await session.CallAsync(PushedServer.Configuration, s_createSigningRequest, [group ?? NodeId.Null, type ?? PushedServer.RsaSha256, subject, newKey, nonce ?? new byte[32]])).Get<byte[]>(0, "CertificateRequest");

    public static Task<Variant[]> ApplyAsync(this UaSession session) => session.CallAsync(PushedServer.Configuration, s_applyChanges, []);

    public static Task<Variant[]> CancelAsync(this UaSession session) => session.CallAsync(PushedServer.Configuration, s_cancelChanges, []);

    public static Task<Variant[]> ResetAsync(this UaSession session) => session.CallAsync(PushedServer.Configuration, s_reset, []);

    public static async Task<byte[]?[]> RejectedAsync(this UaSession session) => (await session.CallAsync(PushedServer.Configuration, s_getRejectedList, [])).Get<byte[]?[]>(0, "Certificates");

    public static Task<Variant[]> CertificatesAsync(this UaSession session, NodeId? group = null) => session.CallAsync(PushedServer.Configuration, s_getCertificates, [group ?? NodeId.Null]);

    public static Task<Variant[]> DeleteAsync(this UaSession session, NodeId? group = null, NodeId? type = null) =>
        session.CallAsync(PushedServer.Configuration, s_delete, [group ?? NodeId.Null, type ?? PushedServer.RsaSha256]);

    public static async Task<byte[]> SelfSignedAsync(
        this UaSession session, string? subject = null, string[]? names = null, string[]? addresses = null, ushort days = 0, ushort bits = 0, NodeId? group = null, NodeId? type = null) =>
        (await session.CallAsync(
            PushedServer.Configuration, s_createSelfSigned, [group ?? NodeId.Null, type ?? PushedServer.RsaSha256, subject, (string?[])(names ?? ["localhost"]), (string?[])(addresses ?? []), days, bits])).Get<byte[]>(0, "Certificate");

    public static Task<Variant[]> ListAsync(this UaSession session, NodeId method, params Variant[] inputs) => session.CallAsync(PushedServer.TrustList, method, inputs);

    public static async Task<uint> OpenAsync(this UaSession session, byte mode) => (await session.ListAsync(MethodIds.FileTypeOpen, mode)).Get<uint>(0, "FileHandle");

    public static async Task<TrustListDataType> ReadListAsync(this UaSession session, TrustListMasks masks = TrustListMasks.All)
    {
        var handle = (await session.ListAsync(MethodIds.TrustListTypeOpenWithMasks, (uint)masks)).Get<uint>(0, "FileHandle");
        using var file = new MemoryStream();
        while ((await session.ListAsync(MethodIds.FileTypeRead, handle, 1000)).Get<byte[]>(0, "Data") is { Length: > 0 } part) file.Write(part);
        await session.ListAsync(MethodIds.FileTypeClose, handle);
        return TrustListContent.Decode(file.ToArray());
    }

    /// <summary>Writes parts of the list, in blocks, and gives what CloseAndUpdate said.</summary>
    public static async Task<bool> WriteListAsync(this UaSession session, TrustListDataType list, byte mode = 6)
    {
        var handle = await session.OpenAsync(mode);
        try
        {
            foreach (var block in TrustListContent.Encode(list).Chunk(700)) await session.ListAsync(MethodIds.FileTypeWrite, handle, block);
            return (await session.ListAsync(MethodIds.TrustListTypeCloseAndUpdate, handle)).Get<bool>(0, "ApplyChangesRequired");
        }
        catch (UaException)
        {
            await session.ListAsync(MethodIds.FileTypeClose, handle);
            throw;
        }
    }

    public static Task<Variant[]> AddAsync(this UaSession session, byte[] certificate, bool trusted = true) => session.ListAsync(MethodIds.TrustListTypeAddCertificate, certificate, trusted);

    public static Task<Variant[]> RemoveAsync(this UaSession session, string thumbprint, bool trusted = true) => session.ListAsync(MethodIds.TrustListTypeRemoveCertificate, thumbprint, trusted);

    public static TrustListDataType Trusted(params byte[][] certificates) => new(TrustListMasks.TrustedCertificates, [.. certificates], [], [], []);

    public static TrustListDataType Of(TestAuthority authority, params byte[][] alsoTrusted) =>
        new(TrustListMasks.All, [authority.Der, .. alsoTrusted], [authority.Crl()], [authority.Der], [authority.Crl()]);

    /// <summary>Waits until a session that is cut off has been activated on a channel with the new certificate.</summary>
    public static async Task BackAsync(this PushedServer server, UaSession session, NodeId id)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await session.ReadValueAsync<int>(VariableIds.ServerStatusState);
                if (session.Endpoint is { } endpoint && CertificateChainBytes.Parse(endpoint.ServerCertificate)[0].Equals(server.Certificate))
                {
                    session.SessionId.ShouldBe(id, "sessions outlive their channels");
                    return;
                }

                await Task.Delay(100);
            }
            catch (UaException) when (attempt < 600)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Expects the call to fail with that code, and gives the sentence that came with it.</summary>
    public static async Task<string> ShouldFailAsync(this Task call, StatusCode status)
    {
        var problem = await Should.ThrowAsync<UaException>(call);
        problem.StatusCode.ShouldBe(status, problem.Message);
        return problem.Message;
    }
}
