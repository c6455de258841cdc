using Ua.Core;
using Ua.Server.Conditions;
using Ua.Server.Hosting;
using Ua.Server.Nodes;
using Ua.Server.Services;
using Ua.Server.Sessions;
using Ua.Server.Subscriptions;
using Ua.Transport;

namespace Ua.Server.ServerObject;

/// <summary>Brings the Server object to life: state, capabilities, limits and diagnostics as they are (Part 5, 6.3).</summary>
internal sealed class ServerObjectNodes(
    AddressSpace space, UaServerOptions options, UaTcpOptions transport, ServerState state, SessionTable sessions, SubscriptionTable subscriptions, ServerCounters counters,
    ConditionRegister conditions)
{
    private static readonly QualifiedName s_namespaceUri = new("NamespaceUri");

    private static readonly string[] s_profiles =
    [
        "http://opcfoundation.org/UA-Profile/Server/StandardUA2017",
        "http://opcfoundation.org/UA-Profile/Server/EmbeddedUA2017",
        "http://opcfoundation.org/UA-Profile/Server/ComplexTypes2017",
        "http://opcfoundation.org/UA-Profile/Server/Methods",
        "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary",
    ];

    /// <summary>True of a server that has the alarms of certificate groups: conditions as instances, that are enabled, acknowledged and refreshed.</summary>
    private static readonly string[] s_conditionProfiles =
    [
        "http://opcfoundation.org/UA-Profile/Server/ACBaseCondition",
        "http://opcfoundation.org/UA-Profile/Server/ACRefresh2",
        "http://opcfoundation.org/UA-Profile/Server/ACAddressSpaceInstance",
        "http://opcfoundation.org/UA-Profile/Server/ACEnable",
        "http://opcfoundation.org/UA-Profile/Server/ACAlarm",
        "http://opcfoundation.org/UA-Profile/Server/ACAckAlarm",
        "http://opcfoundation.org/UA-Profile/Server/ACCertificateExpiration2022",
    ];

    public void Attach()
    {
        AttachIdentity();
        AttachStatus();
        AttachCapabilities();
        AttachOperationLimits();
        AttachDiagnostics();
        AttachNamespaces();
    }

    private void AttachIdentity()
    {
        Live(2254, () => new string?[] { options.ApplicationUri });
        Live(2255, () => space.Namespaces.Uris);
        Fixed(2267, (byte)255);
        Fixed(2994, true);
        Fixed(3709, 0);
    }

    private void AttachStatus()
    {
        var build = new BuildInfo(
            options.ProductUri, options.ManufacturerName, options.ProductName, options.SoftwareVersion, options.BuildNumber, options.BuildDate);
        Live(2256, now => ExtensionObject.Of(state.Status(build, now)));
        Fixed(2257, state.StartTime);
        Live(2258, now => now);
        Live(2259, () => (int)state.Current);
        Fixed(2260, ExtensionObject.Of(build));
        Fixed(2261, build.ProductName);
        Fixed(2262, build.ProductUri);
        Fixed(2263, build.ManufacturerName);
        Fixed(2264, build.SoftwareVersion);
        Fixed(2265, build.BuildNumber);
        Fixed(2266, build.BuildDate);
        Live(2992, () => state.SecondsTillShutdown);
        Live(2993, () => state.ShutdownReason);
    }

    private void AttachCapabilities()
    {
        var limits = options.Subscriptions;
        string?[] profiles = [.. s_profiles.Concat(conditions.All.Count > 0 ? s_conditionProfiles : []).Concat(options.ServerProfiles).Distinct()];
        string?[] locales = [.. options.LocaleIds];
        Fixed(2269, profiles);
        Fixed(2271, locales);
        Fixed(2272, limits.MinSamplingInterval);
        Fixed(2735, (ushort)options.Sessions.MaxBrowseContinuationPoints);
        Fixed(2736, (ushort)0);
        Fixed(2737, (ushort)0);
        Fixed(3704, Array.Empty<ExtensionObject>());
        Fixed(11702, (uint)transport.EncodingLimits.MaxArrayLength);
        Fixed(11703, (uint)transport.EncodingLimits.MaxStringLength);
        Fixed(12911, (uint)transport.EncodingLimits.MaxByteStringLength);
        Fixed(24095, (uint)options.Sessions.MaxSessions);
        Fixed(24096, (uint)limits.MaxSubscriptions);
        Fixed(24097, (uint)limits.MaxMonitoredItems);
        Fixed(24098, (uint)limits.MaxSubscriptionsPerSession);
        Fixed(24104, (uint)limits.MaxMonitoredItemsPerSubscription);
        Fixed(24099, (uint)limits.MaxSelectClauses);
        Fixed(24100, (uint)limits.MaxWhereElements);
        Fixed(31916, (uint)Math.Max(limits.MaxDataQueueSize, limits.MaxEventQueueSize));
    }

    private void AttachOperationLimits()
    {
        var limits = options.Operations;
        Fixed(11705, (uint)limits.MaxNodesPerRead);
        Fixed(11707, (uint)limits.MaxNodesPerWrite);
        Fixed(11709, (uint)limits.MaxNodesPerMethodCall);
        Fixed(11710, (uint)limits.MaxNodesPerBrowse);
        Fixed(11711, (uint)limits.MaxNodesPerRegisterNodes);
        Fixed(11712, (uint)limits.MaxNodesPerTranslateBrowsePaths);
        Fixed(11714, (uint)limits.MaxMonitoredItemsPerCall);
    }

    private void AttachDiagnostics()
    {
        Live(2275, () => ExtensionObject.Of(Summary()));
        Live(2276, () => 0u);
        Live(2277, () => (uint)sessions.Count);
        Live(2278, () => counters.CumulatedSessions);
        Live(2279, () => counters.SecurityRejectedSessions);
        Live(3705, () => counters.RejectedSessions);
        Live(2281, () => counters.TimedOutSessions);
        Live(2282, () => counters.AbortedSessions);
        Live(2284, () => (uint)subscriptions.PublishingIntervals);
        Live(2285, () => (uint)subscriptions.SubscriptionCount);
        Live(2286, () => (uint)subscriptions.CreatedCount);
        Live(2287, () => counters.SecurityRejectedRequests);
        Live(2288, () => counters.RejectedRequests);
        Fixed(2294, true);
        Variable(2294).AccessLevel = AccessLevels.CurrentRead;
        Live(3707, () => Each(session => ExtensionObject.Of(session.Describe())));
        Live(3708, () => Each(session => ExtensionObject.Of(session.DescribeSecurity())));
        Live(2290, () => Array.ConvertAll(subscriptions.Describe(), ExtensionObject.Of));
    }

    private Variant Each(Converter<Session, ExtensionObject> describe) => sessions.All.Select(session => describe(session)).ToArray();

    /// <summary>What holds for nodes of a namespace that say nothing themselves (Part 5, 6.3.13).</summary>
    private void AttachNamespaces()
    {
        foreach (var metadata in space.Get<ObjectNode>(new NodeId(11715)).Children())
        {
            if (metadata.Child(s_namespaceUri) is not VariableNode { Value.Value.Value: string uri }) continue;
            var index = space.Namespaces.IndexOf(uri);
            if (index < 0) continue;
            foreach (var variable in metadata.Children().OfType<VariableNode>().Where(v => v.Value.Status == StatusCodes.BadWaitingForInitialData))
            {
                Variant? value = variable.BrowseName.Name switch
                {
                    "DefaultRolePermissions" or "DefaultUserRolePermissions" => Array.ConvertAll(space.Permissions.NamespaceRolePermissions((ushort)index) ?? [], ExtensionObject.Of),
                    "DefaultAccessRestrictions" => (ushort)space.Permissions.NamespaceRestrictions((ushort)index),
                    _ => null,
                };
                if (value is { } known) variable.SetValue(known, state.StartTime);
            }
        }
    }

    private ServerDiagnosticsSummaryDataType Summary() => new(
        ServerViewCount: 0,
        CurrentSessionCount: (uint)sessions.Count,
        CumulatedSessionCount: counters.CumulatedSessions,
        SecurityRejectedSessionCount: counters.SecurityRejectedSessions,
        RejectedSessionCount: counters.RejectedSessions,
        SessionTimeoutCount: counters.TimedOutSessions,
        SessionAbortCount: counters.AbortedSessions,
        CurrentSubscriptionCount: (uint)subscriptions.SubscriptionCount,
        CumulatedSubscriptionCount: (uint)subscriptions.CreatedCount,
        PublishingIntervalCount: (uint)subscriptions.PublishingIntervals,
        SecurityRejectedRequestsCount: counters.SecurityRejectedRequests,
        RejectedRequestsCount: counters.RejectedRequests);

    private VariableNode Variable(uint id) => space.Get<VariableNode>(new NodeId(id));

    /// <summary>A node that an application removed or never had is left alone.</summary>
    private void Fixed(uint id, Variant value)
    {
        if (space.TryFind<VariableNode>(new NodeId(id), out var variable)) variable.SetValue(value, state.StartTime);
    }

    private void Live(uint id, Func<Variant> value) => Live(id, _ => value());

    private void Live(uint id, Func<DateTime, Variant> value)
    {
        if (space.TryFind<VariableNode>(new NodeId(id), out var variable))
            variable.ValueSource = context => new DataValue(value(context.Now), SourceTimestamp: context.Now);
    }
}
