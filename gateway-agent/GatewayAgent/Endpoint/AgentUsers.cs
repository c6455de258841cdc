using System.Net;
using GatewayAgent.Configuration;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Server.Identity;

namespace GatewayAgent.Endpoint;

/// <summary>Lets the administrator in by name and password. One guess is looked at at a time, and who guesses wrong waits.</summary>
internal sealed class AgentUsers(DataFolder data, SignInThrottle throttle, ILogger<AgentUsers> logger) : IUserValidator, IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public async ValueTask<UserVerdict> ValidateAsync(UserLogin login, CancellationToken cancellationToken)
    {
        var place = PlaceOf(login.RemoteEndPoint);
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (throttle.Wait(place) is { Ticks: > 0 } wait) return Refused(login, $"there were too many wrong passwords from {place}; the next one is looked at in {wait.TotalSeconds:0} s");
            if (await Administrator.ReadAsync(data, cancellationToken) is not { } administrator) return Refused(login, "no password is set ('gateway-agent password')");
            if (await Task.Run(() => administrator.Verify(login.Name, login.Password), cancellationToken))
            {
                throttle.Succeeded(place);
                return UserVerdict.Accepted(WellKnownRoles.SecurityAdmin);
            }

            throttle.Failed(place);
            return Refused(login, "the name or the password is wrong");
        }
        catch (AgentProblem e)
        {
            throw new UaException(StatusCodes.BadInternalError, e.Message, e);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static string PlaceOf(EndPoint? remote) => remote is IPEndPoint ip ? (ip.Address.IsIPv4MappedToIPv6 ? ip.Address.MapToIPv4() : ip.Address).ToString() : "unknown";

    private UserVerdict Refused(UserLogin login, string reason)
    {
        Log.UserRefused(logger, login.Name, PlaceOf(login.RemoteEndPoint), reason);
        return UserVerdict.Refused(reason);
    }
}
