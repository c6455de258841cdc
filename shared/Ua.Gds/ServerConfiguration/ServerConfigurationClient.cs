using Ua.Client;
using Ua.Core;

namespace Ua.Gds;

/// <summary>
/// Push management of one application: the ServerConfiguration of a server, or an entry of its ManagedApplications (Part 12,
/// 7.10). What the object has is found out by browsing. Every method fails with <see cref="UaException"/>: the status of the
/// method and, where the server sent one, its text; Bad_NotSupported where the server does not have an optional method.
/// </summary>
public sealed partial class ServerConfigurationClient
{
    private readonly ObjectMembers _members;

    private ServerConfigurationClient(UaSession session, ObjectMembers members) => (Session, _members) = (session, members);

    public UaSession Session { get; }

    public NodeId NodeId => _members.Owner;

    /// <summary>Drops the changes of the transaction; every server with transactions has it.</summary>
    public bool HasCancelChanges => _members.Has("CancelChanges");

    public bool HasGetCertificates => _members.Has("GetCertificates");

    public bool HasCreateSelfSignedCertificate => _members.Has("CreateSelfSignedCertificate");

    public bool HasTransactionDiagnostics => _members.Find("TransactionDiagnostics") is not null;

    /// <summary>The ServerConfiguration of the server itself.</summary>
    public static Task<ServerConfigurationClient> OpenAsync(UaSession session, CancellationToken cancellationToken = default) =>
        OpenAsync(session, ServerConfigurationIds.ServerConfiguration, cancellationToken);

    /// <summary>The configuration of an application that the server manages, or of the server.</summary>
    /// <exception cref="UaException">Bad_NodeIdUnknown where there is no such object.</exception>
    public static async Task<ServerConfigurationClient> OpenAsync(UaSession session, NodeId configuration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new(session, await ObjectMembers.BrowseAsync(session, configuration, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The applications that the server manages for others; none where it has no such folder.</summary>
    public static async Task<IReadOnlyList<ManagedApplication>> BrowseManagedApplicationsAsync(UaSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        try
        {
            var entries = await session.BrowseAsync(ServerConfigurationIds.ManagedApplications, nodeClasses: NodeClass.Object, cancellationToken: cancellationToken).ConfigureAwait(false);
            return [.. entries.Where(e => e.NodeId.IsLocal).Select(e => new ManagedApplication(e.NodeId.NodeId, e.BrowseName.Name ?? e.NodeId.ToString()))];
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadNodeIdUnknown)
        {
            return [];
        }
    }

    /// <summary>Reads the properties that there are, in one call.</summary>
    public async Task<ServerConfigurationProperties> ReadPropertiesAsync(CancellationToken cancellationToken = default)
    {
        string[] names =
        [
            "ApplicationUri", "ProductUri", "ApplicationType", "ApplicationNames", "ServerCapabilities", "SupportedPrivateKeyFormats", "MaxTrustListSize",
            "MulticastDnsEnabled", "HasSecureElement", "SupportsTransactions", "InApplicationSetup", "Enabled", "IsNonUaApplication",
        ];
        var values = await _members.ReadAsync(Session, names, cancellationToken).ConfigureAwait(false);
        return new ServerConfigurationProperties
        {
            ApplicationUri = values.Reference<string>("ApplicationUri"),
            ProductUri = values.Reference<string>("ProductUri"),
            ApplicationType = values.Value<int>("ApplicationType") is { } type ? (ApplicationType)type : null,
            ApplicationNames = values.Reference<LocalizedText[]>("ApplicationNames") ?? [],
            ServerCapabilities = values.Texts("ServerCapabilities"),
            SupportedPrivateKeyFormats = values.Texts("SupportedPrivateKeyFormats"),
            MaxTrustListSize = values.Value<uint>("MaxTrustListSize") ?? 0,
            MulticastDnsEnabled = values.Value<bool>("MulticastDnsEnabled"),
            HasSecureElement = values.Value<bool>("HasSecureElement"),
            SupportsTransactions = values.Value<bool>("SupportsTransactions"),
            InApplicationSetup = values.Value<bool>("InApplicationSetup"),
            Enabled = values.Value<bool>("Enabled"),
            IsNonUaApplication = values.Value<bool>("IsNonUaApplication"),
        };
    }

    /// <summary>The certificate groups; a server of an old version may show none.</summary>
    public async Task<IReadOnlyList<ServerCertificateGroup>> BrowseGroupsAsync(CancellationToken cancellationToken = default)
    {
        if (_members.Find("CertificateGroups") is not { } folder) return [];
        var groups = new List<ServerCertificateGroup>();
        foreach (var entry in (await ObjectMembers.BrowseAsync(Session, folder, cancellationToken).ConfigureAwait(false)).Objects)
        {
            var members = await ObjectMembers.BrowseAsync(Session, entry.NodeId.NodeId, cancellationToken).ConfigureAwait(false);
            var values = await members.ReadAsync(Session, ["CertificateTypes", "Purpose"], cancellationToken).ConfigureAwait(false);
            NodeId[] types = [.. (values.Reference<NodeId[]>("CertificateTypes") ?? []).Where(t => !t.IsNull)];
            var purpose = values.Value<NodeId>("Purpose") is { IsNull: false } told ? told : PurposeOf(members.Owner, types);
            groups.Add(new(members.Owner, entry.BrowseName.Name ?? members.Owner.ToString(), purpose, types, members.Find("TrustList")));
        }

        return groups;
    }

    /// <summary>A trust list of the server, with the methods that it really has.</summary>
    public async Task<TrustListFile> OpenTrustListAsync(NodeId trustListId, CancellationToken cancellationToken = default) =>
        new(Session, trustListId, await ObjectMembers.BrowseAsync(Session, trustListId, cancellationToken).ConfigureAwait(false));

    // Servers before 1.05.03 have no Purpose; then the group's well-known id or the types tell.
    private static NodeId? PurposeOf(NodeId group, NodeId[] types)
    {
        if (group == ObjectIds.ServerDefaultApplicationGroup || types.Any(IsApplicationType)) return ObjectTypeIds.ApplicationCertificateType;
        if (types.Contains(ObjectTypeIds.HttpsCertificateType)) return ObjectTypeIds.HttpsCertificateType;
        return types.Contains(ServerConfigurationIds.UserCertificateType) ? ServerConfigurationIds.UserCertificateType : null;
    }

    private static bool IsApplicationType(NodeId type) =>
        type == ObjectTypeIds.ApplicationCertificateType
        || type == ObjectTypeIds.RsaMinApplicationCertificateType
        || type == ObjectTypeIds.RsaSha256ApplicationCertificateType
        || type == ObjectTypeIds.EccApplicationCertificateType
        || type == ObjectTypeIds.EccNistP256ApplicationCertificateType
        || type == ObjectTypeIds.EccNistP384ApplicationCertificateType;
}
