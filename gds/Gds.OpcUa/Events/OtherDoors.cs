using System.Collections.Immutable;
using Gds.Core;
using Gds.OpcUa.Identity;
using Gds.OpcUa.TrustListFiles;
using Microsoft.Extensions.Hosting;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Events;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Events;

/// <summary>Listens to the core: tells clients of what was done at the command line or by a rule, and keeps the nodes up to date.</summary>
internal sealed class OtherDoors(
    GdsEvents core, AuditEvents events, EventClaims claims, RequestSubjects subjects, EnrolmentGrants grants, TrustListNodes trustLists, RequestNews requests, DirectoryAlarms alarms, GdsNamespace ns) : IHostedService, IDisposable
{
    private static readonly ICallContext s_local = new LocalCaller();
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = core.Subscribe(Heard);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _subscription?.Dispose();

    private void Heard(GdsEvent happened)
    {
        subjects.Heard(happened);
        alarms.Heard(happened);
        switch (happened)
        {
            case TrustListChanged changed:
                trustLists.Changed(changed);
                break;
            case RequestDecided:
                requests.Decided();
                break;
            case TokenRevoked revoked:
                grants.Drop(revoked.TokenId);
                break;
            case ApplicationChanged changed when !claims.IsClaimed(changed.ApplicationUri) && !claims.IsClaimed(changed.ApplicationId.ToString()):
                Raise(GdsIds.ApplicationRegistrationChangedAuditEventType, MethodOf(changed.Change), $"Application '{changed.ApplicationUri}' was {changed.Change.ToString().ToLowerInvariant()}.", GdsNamespace.Own(changed.ApplicationId));
                break;
            case CertificateRevoked revoked when !claims.IsClaimed(revoked.Thumbprint):
                Raise(GdsIds.CertificateRevokedAuditEventType, DirectoryMethodIds.RevokeCertificate, $"Certificate {revoked.Thumbprint} was revoked.", revoked.ApplicationId is { } id ? GdsNamespace.Own(id) : NodeId.Null, Variant.Null);
                break;
        }
    }

    private static uint MethodOf(ApplicationChange change) => change switch
    {
        ApplicationChange.Registered => DirectoryMethodIds.RegisterApplication,
        ApplicationChange.Updated => DirectoryMethodIds.UpdateApplication,
        _ => DirectoryMethodIds.UnregisterApplication,
    };

    private void Raise(uint eventType, uint method, string message, params Variant[] inputs)
    {
        var call = new MethodCall(ns.Node(GdsIds.Directory), ns.Node(method), inputs, s_local);
        events.Raise(events.OfMethod(ns.Node(eventType), call, StatusCodes.Good, message, sourceName: "Directory"));
    }

    private sealed class LocalCaller : ICallContext
    {
        public NodeId SessionId => NodeId.Null;

        public MessageSecurityMode SecurityMode => MessageSecurityMode.SignAndEncrypt;

        public string SecurityPolicyUri => "";

        public byte[]? ClientCertificate => null;

        public UserIdentity User { get; } = new(UserIdentityKind.UserName, "local");

        public IReadOnlySet<NodeId> Roles => ImmutableHashSet<NodeId>.Empty;

        public ApplicationDescription? ClientDescription => null;

        public IReadOnlyList<string> LocaleIds => [];
    }
}
