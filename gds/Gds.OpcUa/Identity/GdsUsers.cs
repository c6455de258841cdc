using Gds.Core;
using Gds.Core.Tokens;
using Gds.Core.Users;
using Ua.Gds;
using Ua.Server.Identity;

namespace Gds.OpcUa.Identity;

/// <summary>Lets in the users of the database and the bearers of enrolment tokens; the core throttles and audits.</summary>
internal sealed class GdsUsers(SignIn signIn, EnrolmentTokens tokens, EnrolmentGrants grants, Callers callers) : IUserValidator
{
    public async ValueTask<UserVerdict> ValidateAsync(UserLogin login, CancellationToken cancellationToken)
    {
        try
        {
            return EnrolmentString.TryParseCredentials(login.Name, login.Password, out var tokenId, out var secret)
                ? await RedeemAsync(login, tokenId, secret, cancellationToken)
                : await SignInAsync(login, cancellationToken);
        }
        catch (GdsProblem problem) when (problem.Kind == ProblemKind.CredentialsRejected)
        {
            return UserVerdict.Refused(problem.Message);
        }
        catch (GdsProblem problem)
        {
            throw new Ua.Core.UaException(ProblemStatus.Of(problem.Kind), problem.Message, problem);
        }
    }

    private async Task<UserVerdict> SignInAsync(UserLogin login, CancellationToken cancellationToken)
    {
        var user = await signIn.CheckAsync(login.Name, login.Password, Callers.OriginOf(login.RemoteEndPoint), cancellationToken);
        return UserVerdict.Accepted(callers.NodesOf(user.Roles));
    }

    private async Task<UserVerdict> RedeemAsync(UserLogin login, Guid tokenId, byte[] secret, CancellationToken cancellationToken)
    {
        if (ChannelCertificates.IdentityOf(login.ClientCertificate, trusted: !login.FirstContact) is not { } client)
            return UserVerdict.Refused("An enrolment token needs a channel with a client certificate.");
        var grant = await tokens.RedeemAsync(tokenId, secret, client, Callers.OriginOf(login.RemoteEndPoint), cancellationToken);
        grants.Keep(login.Name, client.Thumbprint, grant);
        return UserVerdict.Accepted();
    }
}
