using System.Security.Cryptography;
using Gds.Core.Access;
using Gds.Core.Audit;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Ua.Gds;

namespace Gds.Core.Tokens;

/// <summary>What a new token is to allow. Patterns are ApplicationUris or LIKE patterns; none means any application that is not registered yet.</summary>
public sealed record TokenOrder(int MaxUses, TimeSpan Lifetime, IReadOnlyList<string>? Patterns, string? Note);

/// <summary>A token as lists show it; its secret is not known here.</summary>
public sealed record TokenView(
    Guid Id, int MaxUses, IReadOnlyList<TokenUseView> Uses, DateTime ExpiresAt, IReadOnlyList<string> Patterns, string? Note,
    string CreatedBy, DateTime CreatedAt, DateTime? RevokedAt, string? RevokedBy);

public sealed record TokenUseView(string ClientUri, string ClientThumbprint, DateTime UsedAt);

/// <summary>A new token with the string to hand to the agent; it is shown this once.</summary>
public sealed record CreatedToken(TokenView Token, string Text);

/// <summary>Enrolment tokens: first contact for an agent that nobody knows yet.</summary>
public sealed class EnrolmentTokens
{
    private const GdsRoles Creators = GdsRoles.DiscoveryAdmin | GdsRoles.RegistrationAuthorityAdmin;
    private const int MostUses = 10_000, MostPatterns = 32, LongestNote = 256;
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;

    internal EnrolmentTokens(IDbContextFactory<GdsDbContext> factory, LiveState live, WriteGate gate, Auditor auditor)
        => (_factory, _live, _gate, _auditor) = (factory, live, gate, auditor);

    /// <summary>Makes a token for a GDS at that endpoint with that certificate (SHA-256 of the DER, 32 bytes).</summary>
    public Task<CreatedToken> CreateAsync(
        Caller caller, TokenOrder order, string endpointUrl, ReadOnlyMemory<byte> certificateSha256, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var deed = new Deed(caller, "token.create", "(new)");
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.Role(caller, Creators, "Creating an enrolment token");
            Check(order);
            var secret = RandomNumberGenerator.GetBytes(EnrolmentString.SecretSize);
            var token = await _gate.WriteAsync((scope, _) =>
            {
                var made = new EnrolmentToken(
                    Guid.NewGuid(), SHA256.HashData(secret), order.MaxUses, scope.Now + order.Lifetime,
                    [.. order.Patterns ?? []], order.Note, caller.Who, scope.Now);
                scope.Db.EnrolmentTokens.Add(made);
                scope.Audit(deed with { Target = AuditText.Of(made.Id) }, $"{made.MaxUses} uses until {made.ExpiresAt:u}, for {(made.Patterns.Count == 0 ? "any new application" : string.Join(' ', made.Patterns))}");
                return Task.FromResult(made);
            }, cancellationToken);
            return new CreatedToken(View(token), new EnrolmentString(endpointUrl, certificateSha256.ToArray(), token.Id, secret).ToText());
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<TokenView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        Demands.AnyRole(caller, GdsRoles.All, "Listing enrolment tokens");
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var tokens = await db.EnrolmentTokens.AsNoTracking().Include(t => t.Uses).OrderByDescending(t => t.CreatedAt).ToListAsync(cancellationToken);
        return tokens.ConvertAll(View);
    }

    /// <summary>Ends a token; what was enrolled with it stays.</summary>
    public Task RevokeAsync(Caller caller, Guid tokenId, CancellationToken cancellationToken)
    {
        var deed = new Deed(caller, "token.revoke", AuditText.Of(tokenId));
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.AnyRole(caller, Creators, "Revoking an enrolment token");
            await _gate.WriteAsync(async (scope, ct) =>
            {
                var token = await scope.Db.EnrolmentTokens.SingleOrDefaultAsync(t => t.Id == tokenId, ct)
                    ?? throw GdsProblem.NotFound($"There is no enrolment token {tokenId}.");
                token.Revoke(caller.Who, scope.Now);
                scope.Audit(deed);
                scope.Tell(new TokenRevoked(tokenId));
            }, cancellationToken);
        }, cancellationToken);
    }

    /// <summary>
    /// Opens a session for the bearer of a token. The first time with a client certificate counts as a use; coming back
    /// with the same one, or with a certificate of ours for the same application, does not. CredentialsRejected otherwise.
    /// </summary>
    public Task<EnrolmentGrant> RedeemAsync(Guid tokenId, ReadOnlyMemory<byte> secret, ChannelIdentity client, string origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var caller = new Caller { Who = $"token:{tokenId}", Origin = origin, Application = client };
        var deed = new Deed(caller, "token.redeem", $"{tokenId} {AuditText.Of(client.ApplicationUri)}");
        var hash = SHA256.HashData(secret.Span);
        return _auditor.RunAsync(deed, () => _gate.WriteAsync(async (scope, ct) =>
        {
            var token = await scope.Db.EnrolmentTokens.Include(t => t.Uses).SingleOrDefaultAsync(t => t.Id == tokenId, ct);
            if (token is null || !CryptographicOperations.FixedTimeEquals(hash, token.SecretHash)) throw Rejected("is not known");
            if (token.RevokedAt is not null) throw Rejected("was revoked");
            if (scope.Now >= token.ExpiresAt) throw Rejected($"expired at {token.ExpiresAt:u}");
            if (!ReturnsWith(scope.State, token, client))
            {
                if (token.Uses.Exists(u => u.ClientUri == client.ApplicationUri))
                    throw Rejected($"was used for '{client.ApplicationUri}' with another certificate");
                if (token.Uses.Count >= token.MaxUses) throw Rejected($"has been used {token.MaxUses} times, which is all it allows");
                token.Use(client.Thumbprint, client.ApplicationUri, scope.Now);
                scope.Audit(deed);
            }
            return new EnrolmentGrant(token.Id, token.ExpiresAt, token.Patterns);
        }, cancellationToken), cancellationToken);
    }

    private static bool ReturnsWith(GdsState state, EnrolmentToken token, ChannelIdentity client) => token.Uses.Exists(u => u.ClientUri == client.ApplicationUri
        && (u.ClientThumbprint == client.Thumbprint
            || (state.Certificates.Find(client.Thumbprint) is { } ours && state.Directory.Find(ours.ApplicationId)?.ApplicationUri == u.ClientUri)));

    private static GdsProblem Rejected(string why) => new(ProblemKind.CredentialsRejected, $"The enrolment token {why}.");

    private static void Check(TokenOrder order)
    {
        if (order.MaxUses is < 1 or > MostUses) throw GdsProblem.Invalid($"MaxUses is {order.MaxUses}; it must be 1 to {MostUses}.");
        if (order.Lifetime <= TimeSpan.Zero || order.Lifetime > LongestLife) throw GdsProblem.Invalid($"Lifetime is {order.Lifetime}; it must be positive and at most {LongestLife.TotalDays} days.");
        if (order.Note?.Length > LongestNote) throw GdsProblem.Invalid($"Note has {order.Note.Length} characters; {LongestNote} is the limit.");
        if (order.Patterns is not { } patterns) return;
        if (patterns.Count > MostPatterns) throw GdsProblem.Invalid($"Patterns has {patterns.Count} elements; {MostPatterns} is the limit.");
        foreach (var pattern in patterns)
        {
            if (string.IsNullOrWhiteSpace(pattern)) throw GdsProblem.Invalid("Patterns has an empty element.");
            TokenPatterns.Parse(pattern);
        }
    }

    private static TokenView View(EnrolmentToken t) => new(
        t.Id, t.MaxUses, [.. t.Uses.OrderBy(u => u.UsedAt).Select(u => new TokenUseView(u.ClientUri, u.ClientThumbprint, u.UsedAt))],
        t.ExpiresAt, t.Patterns, t.Note, t.CreatedBy, t.CreatedAt, t.RevokedAt, t.RevokedBy);
}
