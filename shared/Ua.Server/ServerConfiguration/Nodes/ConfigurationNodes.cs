using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// Brings a configuration object to life, whether it is the well-known one of the server or one that was added for an application:
/// variables, methods, certificate groups, diagnostics of the transaction.
/// </summary>
internal sealed class ConfigurationNodes(
    AddressSpace space, IEnumerable<IConfigurationMethod> methods, CertificateGroupNodes groupNodes, TransactionDesk desk, ApplicationSetup setup)
{
    private const ushort OwnNamespace = 1;

    private static readonly QualifiedName s_certificateGroups = new("CertificateGroups");
    private static readonly QualifiedName s_transactionDiagnostics = new("TransactionDiagnostics");
    private static readonly string[] s_optionalGroups = [CertificateGroupFacts.DefaultHttpsGroup, CertificateGroupFacts.DefaultUserTokenGroup];

    /// <summary>Members of ServerConfigurationType and ApplicationConfigurationType that are optional and that we have.</summary>
    private static readonly string[] s_optional =
    [
        "ApplicationUri", "ProductUri", "ApplicationType", "ApplicationNames", "HasSecureElement", "SupportsTransactions", "InApplicationSetup", "IsNonUaApplication",
        "CreateSelfSignedCertificate", "DeleteCertificate", "GetCertificates", "CancelChanges", "ResetToServerDefaults", "TransactionDiagnostics",
    ];

    private readonly Dictionary<string, IConfigurationMethod> _methods = methods.ToDictionary(m => m.Name, StringComparer.Ordinal);

    /// <summary>Says which optional members an object of an application has, for <see cref="AddressSpace.AddInstance"/>.</summary>
    public static Func<string, bool> MembersOf(IConfiguredApplication application) => path =>
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (s_optionalGroups.Contains(name)) return application.Groups.Any(g => g.Facts.Name == name);
        return !path.Contains('/') && s_optional.Contains(name) && (name != "InApplicationSetup" || application is ServerApplication);
    };

    /// <summary>Gives an object with all its nodes its work.</summary>
    public async Task<ConfigurationAttachment> AttachAsync(ObjectNode node, IConfiguredApplication application, CancellationToken cancellationToken)
    {
        if (application.Groups is not [var first, ..] || first.Facts.Name != CertificateGroupFacts.DefaultApplicationGroup)
            throw new ArgumentException($"The first certificate group of {application.Key} must be the {CertificateGroupFacts.DefaultApplicationGroup}.", nameof(application));
        space.AddOptionalMembers(node, OwnNamespace, MembersOf(application));
        List<GroupAttachment> groups = [];
        foreach (var group in application.Groups)
            groups.Add(await groupNodes.AttachAsync(application, group, GroupNode(node, group), OwnNamespace, cancellationToken).ConfigureAwait(false));

        var shown = new ConfigurationObject(node.Id, application, [.. groups.Select(g => g.Shown)]);
        AttachVariables(node, application);
        if (node.Child(s_transactionDiagnostics) is { } diagnostics) AttachDiagnostics(diagnostics);
        foreach (var method in node.Children().Concat(groups.SelectMany(g => space.Get<ObjectNode>(g.Shown.Id).Children())).OfType<MethodNode>())
            if (_methods.TryGetValue(method.BrowseName.Name ?? "", out var known)) method.Handler = (call, token) => known.CallAsync(shown, call, token);
        ConfigurationRights.Apply(node);
        return new ConfigurationAttachment(shown, groups);
    }

    /// <summary>Takes an object out of use; the nodes are for the caller to remove.</summary>
    public void Detach(ConfigurationAttachment attachment)
    {
        foreach (var group in attachment.Groups) groupNodes.Detach(group);
        desk.Forget(attachment.Shown.Application);
    }

    /// <summary>The standard groups lie where the type has them; others are organized by the folder.</summary>
    private ObjectNode GroupNode(ObjectNode configuration, ICertificateGroup group)
    {
        var folder = configuration.Child(s_certificateGroups) as ObjectNode ?? throw new UaException(StatusCodes.BadInternalError, $"{configuration} has no {s_certificateGroups}.");
        if (folder.Child(new QualifiedName(group.Facts.Name)) is ObjectNode there) return there;
        var name = new QualifiedName(group.Facts.Name, OwnNamespace);
        return space.AddInstance(folder.Id, AddressSpace.ChildId(configuration.Id, name), name, ObjectTypeIds.CertificateGroupType, ReferenceTypeIds.Organizes);
    }

    private void AttachVariables(ObjectNode node, IConfiguredApplication application)
    {
        Show("ApplicationUri", f => f.ApplicationUri);
        Show("ProductUri", f => f.ProductUri);
        Show("ApplicationType", f => (int)f.ApplicationType);
        Show("ApplicationNames", f => f.ApplicationNames.ToArray());
        Show("ServerCapabilities", f => f.ServerCapabilities.Select(c => (string?)c).ToArray());
        Show("SupportedPrivateKeyFormats", f => f.PrivateKeyFormats.Select(c => (string?)c).ToArray());
        Show("MaxTrustListSize", f => f.MaxTrustListSize);
        Show("MulticastDnsEnabled", f => f.MulticastDnsEnabled);
        Show("HasSecureElement", f => f.HasSecureElement);
        Show("SupportsTransactions", _ => true);
        Show("InApplicationSetup", _ => setup.IsActive);
        Show("Enabled", f => f.IsEnabled);
        Show("IsNonUaApplication", f => f.IsNonUaApplication);

        void Show(string name, Func<ApplicationFacts, Variant> value)
        {
            if (node.Child(new QualifiedName(name)) is VariableNode variable)
                variable.ValueSource = context => new DataValue(value(application.Facts), SourceTimestamp: context.Now);
        }
    }

    /// <summary>Nothing is known before the first transaction, and no result while one is open (Part 12, 7.10.17).</summary>
    private void AttachDiagnostics(Node diagnostics)
    {
        Show("StartTime", r => new DataValue(r.StartTime));
        Show("EndTime", r => new DataValue(r.EndTime ?? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)));
        Show("Result", r => r.EndTime is null ? DataValue.Bad(StatusCodes.BadInvalidState) : new DataValue(r.Result));
        Show("AffectedTrustLists", r => new DataValue(r.AffectedTrustLists.ToArray()));
        Show("AffectedCertificateGroups", r => new DataValue(r.AffectedCertificateGroups.ToArray()));
        Show("Errors", r => new DataValue(r.Errors.Select(ExtensionObject.Of).ToArray()));

        void Show(string name, Func<TransactionReport, DataValue> value)
        {
            if (diagnostics.Child(new QualifiedName(name)) is VariableNode variable)
                variable.ValueSource = _ => desk.Report is { } report ? value(report) : DataValue.Bad(StatusCodes.BadOutOfService);
        }
    }
}

/// <summary>A configuration object that is shown.</summary>
internal sealed record ConfigurationAttachment(ConfigurationObject Shown, IReadOnlyList<GroupAttachment> Groups);
