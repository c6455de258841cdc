using System.Security.Cryptography;
using Ua.Core;
using Ua.Security;
using Ua.Server.Events;
using Ua.Server.Hosting;
using Ua.Server.Identity;
using Ua.Server.Nodes;
using Ua.Server.Sessions;
using Ua.Server.Subscriptions;
using Ua.Transport;

namespace Ua.Server.Services;

/// <summary>The session service set (Part 4, 5.7): CreateSession, ActivateSession, CloseSession, Cancel.</summary>
internal sealed class SessionService(
    SessionTable sessions,
    SubscriptionTable subscriptions,
    EndpointCatalog endpoints,
    OwnCertificates own,
    ClientCertificates clients,
    UserTokens users,
    IRoleMapper roles,
    AuditEvents audit,
    ServerCounters counters,
    UaServerOptions options,
    UaTcpOptions transport,
    TimeProvider time) : IServiceSet
{
    private const int NonceLength = 32;
    private const int MostNameLength = 1_024;

    public IEnumerable<ServiceRoute> Routes =>
    [
        ServiceRoute.Open<CreateSessionRequest>(CreateAsync),
        ServiceRoute.Open<ActivateSessionRequest>(ActivateAsync),
        ServiceRoute.Open<CloseSessionRequest>(CloseAsync),
        ServiceRoute.Quick<CancelRequest>(Cancel),
    ];

    private async ValueTask<IServiceResponse> CreateAsync(CreateSessionRequest request, ServiceCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await CreateCheckedAsync(request, call, cancellationToken).ConfigureAwait(false);
        }
        catch (UaException e)
        {
            if (e.StatusCode != StatusCodes.BadTooManySessions) Refused(call.Channel, e.StatusCode, e.Message, null, request.ClientDescription.ApplicationUri);
            audit.SessionCreated(request, call.Channel, NodeId.Null, 0, e.StatusCode);
            throw;
        }
    }

    private async ValueTask<IServiceResponse> CreateCheckedAsync(CreateSessionRequest request, ServiceCall call, CancellationToken cancellationToken)
    {
        var channel = call.Channel;
        var policy = SecurityPolicies.ByUri(channel.SecurityPolicyUri)!;
        if (!endpoints.EndpointOf(channel).Offers(channel.SecurityPolicyUri, channel.SecurityMode))
            throw new UaException(StatusCodes.BadSecurityPolicyRejected, "This endpoint offers policy None for discovery only; sessions need a secure channel.");
        CheckRequest(request, policy);
        if (!policy.IsNone && !ClientCertificates.AreSame(request.ClientCertificate, channel.ClientCertificate))
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "ClientCertificate is not the certificate of the channel.");
        await clients.JudgeAsync(channel, request.ClientDescription.ApplicationUri, cancellationToken).ConfigureAwait(false);

        var certificate = own.Of(channel);
        var session = NewSession(request, channel);
        sessions.Add(session);
        if (!endpoints.CertificateNames(request.EndpointUrl)) audit.UrlMismatch(request, channel);
        audit.SessionCreated(request, channel, session.Id, session.Timeout.TotalMilliseconds, StatusCodes.Good);
        return new CreateSessionResponse(
            call.Good(),
            session.Id,
            session.Identity.AuthenticationToken,
            session.Timeout.TotalMilliseconds,
            session.Binding.ServerNonce,
            certificate.Chain,
            endpoints.Describe(request.EndpointUrl),
            ServerSoftwareCertificates: [],
            ApplicationSignature.Create(policy, certificate.PrivateKey, request.ClientCertificate, request.ClientNonce),
            (uint)transport.MaxMessageSize);
    }

    private void CheckRequest(CreateSessionRequest request, ISecurityPolicy policy)
    {
        if (!string.IsNullOrEmpty(request.ServerUri) && request.ServerUri != options.ApplicationUri)
            throw new UaException(StatusCodes.BadServerUriInvalid, $"ServerUri is '{request.ServerUri}'; this server is '{options.ApplicationUri}' and no gateway to others.");
        if (!policy.IsNone && request.ClientNonce is not { Length: >= NonceLength })
            throw new UaException(StatusCodes.BadNonceInvalid, $"ClientNonce has {request.ClientNonce?.Length ?? 0} bytes; {NonceLength} are needed.");
        if (request.ClientNonce is { Length: > 256 }) throw new UaException(StatusCodes.BadNonceInvalid, "ClientNonce has more than 256 bytes.");
        if (request.SessionName is { Length: > MostNameLength })
            throw new UaException(StatusCodes.BadInvalidArgument, $"SessionName has more than {MostNameLength} characters.");
    }

    private Session NewSession(CreateSessionRequest request, IServerChannel channel)
    {
        var id = sessions.NewId();
        var identity = new SessionIdentity(
            id, SessionTable.NewToken(), request.SessionName ?? "", request.ClientDescription, channel.ClientCertificate,
            ClientCertificates.KeyOf(channel), request.ServerUri, request.EndpointUrl, request.MaxResponseMessageSize);
        var limits = options.Sessions;
        var wished = double.IsNaN(request.RequestedSessionTimeout) || request.RequestedSessionTimeout <= 0 ? limits.MaxSessionTimeout.TotalMilliseconds : request.RequestedSessionTimeout;
        var timeout = TimeSpan.FromMilliseconds(Math.Clamp(wished, limits.MinSessionTimeout.TotalMilliseconds, limits.MaxSessionTimeout.TotalMilliseconds));
        var binding = new SessionBinding(channel, NewNonce(), SessionContexts.Unactivated(id, channel, request.ClientDescription), IsActivated: false);
        return new Session(binding, identity, timeout, limits, subscriptions, time);
    }

    private async ValueTask<IServiceResponse> ActivateAsync(ActivateSessionRequest request, ServiceCall call, CancellationToken cancellationToken)
    {
        var session = sessions.Find(request.Header.AuthenticationToken);
        try
        {
            return await ActivateCheckedAsync(request, call, session, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedUserException e)
        {
            ActivationFailed(session, request, call, StatusCodes.BadUserAccessDenied, e.Message, e.UserName);
            throw new UaException(StatusCodes.BadUserAccessDenied, "The user was refused.");
        }
        catch (UaException e)
        {
            ActivationFailed(session, request, call, e.StatusCode, e.Message, null);
            throw;
        }
    }

    private async ValueTask<IServiceResponse> ActivateCheckedAsync(ActivateSessionRequest request, ServiceCall call, Session session, CancellationToken cancellationToken)
    {
        var channel = call.Channel;
        var before = session.Binding;
        CheckChannel(session, before, channel);
        if (!ClientCertificates.HasSigned(channel, request.ClientSignature, before.ServerNonce))
            throw new UaException(StatusCodes.BadApplicationSignatureInvalid, "ClientSignature is not that of the client over the certificate and last nonce of this server.");

        var client = session.Identity.Client;
        var standing = await clients.JudgeAsync(channel, client.ApplicationUri, cancellationToken).ConfigureAwait(false);
        var endpoint = endpoints.EndpointOf(channel);
        var offer = new OfferedSecurity(SecurityPolicies.ByUri(channel.SecurityPolicyUri)!, channel.SecurityMode);
        var presented = new PresentedToken(
            request.UserIdentityToken, request.UserTokenSignature, channel, EndpointCatalog.TokenPolicies(endpoint, offer),
            own.Of(channel), before.ServerNonce, standing, client.ApplicationUri);
        var user = await users.IdentifyAsync(presented, cancellationToken).ConfigureAwait(false);

        var context = ContextOf(session, channel, request, user, standing);
        var after = new SessionBinding(channel, NewNonce(), context, IsActivated: true);
        if (!session.TryRebind(before, after)) throw new UaException(StatusCodes.BadNonceInvalid, "The session was activated by another request meanwhile.");
        if (session.IsClosed) throw new UaException(StatusCodes.BadSessionClosed, "The session was closed meanwhile.");
        channel.HasSession = true;
        sessions.Tell(o => o.Activated(context));
        audit.SessionActivated(context, session.Id, channel, StatusCodes.Good);
        return new ActivateSessionResponse(call.Good(), after.ServerNonce, [], []);
    }

    /// <summary>The first activation comes on the channel that made the session; a later one may come on another channel of the same client.</summary>
    private void CheckChannel(Session session, SessionBinding binding, IServerChannel channel)
    {
        if (binding.Channel == channel) return;
        if (!binding.IsActivated) throw new UaException(StatusCodes.BadSecureChannelIdInvalid, "The session was made on another channel, and is activated there first.");
        if (!endpoints.EndpointOf(channel).Offers(channel.SecurityPolicyUri, channel.SecurityMode))
            throw new UaException(StatusCodes.BadSecurityPolicyRejected, "This endpoint offers policy None for discovery only; sessions need a secure channel.");
        if (channel.SecurityPolicyUri != binding.Channel.SecurityPolicyUri || channel.SecurityMode != binding.Channel.SecurityMode)
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "The session was made under another security policy or mode.");
        if (!ClientCertificates.AreSame(session.Identity.ClientCertificate, channel.ClientCertificate))
            throw new UaException(StatusCodes.BadSecurityChecksFailed, "The session belongs to a client with another certificate.");
    }

    private SessionContext ContextOf(Session session, IServerChannel channel, ActivateSessionRequest request, IdentifiedUser user, ClientStanding standing)
    {
        var client = session.Identity.Client;
        var applicant = new RoleApplicant(
            user.Identity, user.Roles, standing.IsTrusted ? client.ApplicationUri : null, channel.SecurityMode, channel.EndpointUrl)
        { ApplicationCertificate = session.Identity.ClientCertificate };
        string[] locales = [.. request.LocaleIds.OfType<string>().Where(l => l.Length <= 64).Take(16)];
        return SessionContexts.Unactivated(session.Id, channel, client) with
        {
            User = user.Identity,
            Roles = roles.RolesOf(applicant),
            LocaleIds = locales.Length > 0 ? locales : session.Context.LocaleIds,
            AuditEntryId = request.Header.AuditEntryId,
            MaxResponseSize = session.Identity.MaxResponseSize,
        };
    }

    private void ActivationFailed(Session session, ActivateSessionRequest request, ServiceCall call, StatusCode status, string reason, string? userName)
    {
        Refused(call.Channel, status, reason, userName, session.Identity.Client.ApplicationUri);
        audit.SessionActivated(session.Context with { AuditEntryId = request.Header.AuditEntryId }, session.Id, call.Channel, status);

        // Only its own client can end a session by failing: others have no part in it.
        if (session.Channel == call.Channel && session.CountFailedActivation() >= options.Sessions.MaxFailedActivations && !session.Binding.IsActivated)
            sessions.Close(session, SessionEnd.Misused);
    }

    private ValueTask<IServiceResponse> CloseAsync(CloseSessionRequest request, ServiceCall call, CancellationToken cancellationToken)
    {
        var session = sessions.Find(request.Header.AuthenticationToken);
        if (session.Channel != call.Channel) throw new UaException(StatusCodes.BadSecureChannelIdInvalid, "The session belongs to another channel.");

        sessions.Close(session, SessionEnd.ClosedByClient, keepSubscriptions: !request.DeleteSubscriptions);
        audit.SessionClosed(session.Context with { AuditEntryId = request.Header.AuditEntryId });
        return new(new CloseSessionResponse(call.Good()));
    }

    private CancelResponse Cancel(CancelRequest request, ServiceCall call) =>
        new(call.Good(), call.Session.OpenRequests.Cancel(request.RequestHandle));

    private void Refused(IServerChannel channel, StatusCode status, string reason, string? userName, string? applicationUri)
    {
        counters.SessionRefusedBySecurity();
        var refusal = new SessionRefusal(status, reason, userName, applicationUri, channel.ClientCertificate, channel.RemoteEndPoint);
        sessions.Tell(o => o.Refused(refusal));
    }

    private static byte[] NewNonce() => RandomNumberGenerator.GetBytes(NonceLength);
}
