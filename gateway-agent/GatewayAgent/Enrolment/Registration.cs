using System.Security.Cryptography;
using System.Text;
using GatewayAgent.Gds;
using GatewayAgent.Refresh;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Gds;
using Ua.Security.Certificates;

namespace GatewayAgent.Enrolment;

/// <summary>Finds an application at the GDS or registers it, and updates its record when the configuration has changed (Part 12, 6.4).</summary>
internal sealed class Registration(ILogger<Registration> logger)
{
    /// <summary>The id of the application at the GDS. Costs no call as long as nothing has changed here.</summary>
    /// <returns>The id, and a note where the record differs and may not be updated.</returns>
    public async Task<(NodeId Id, string? Note)> EnsureAsync(DirectoryClient directory, ManagedApplication application, CancellationToken cancellationToken)
    {
        var state = await application.Store.ReadAsync(cancellationToken);
        var wanted = RecordOf(application);
        var digest = Digest(wanted);
        if (state.ApplicationId is { } known && state.RegisteredAs == digest) return (NodeId.Parse(known), null);

        var (id, registered) = await FindOrRegisterAsync(directory, application, wanted, state.ApplicationId is null, cancellationToken);
        var note = registered is null || Digest(registered with { ApplicationId = NodeId.Null }) == digest ? null : await UpdateAsync(directory, application, wanted with { ApplicationId = id }, cancellationToken);
        await application.Store.ChangeAsync(s => s with { ApplicationId = id.ToString(), RegisteredAs = note is null ? digest : null }, cancellationToken);
        Log.Registered(logger, application.Name, id.ToString());
        return (id, note);
    }

    /// <summary>The GDS lost the record: it is looked for again next time.</summary>
    public static Task ForgetAsync(ManagedApplication application, CancellationToken cancellationToken) =>
        application.Store.ChangeAsync(s => s with { ApplicationId = null, RegisteredAs = null, Places = null, Reported = null }, cancellationToken);

    internal static ApplicationRecord RecordOf(ManagedApplication application)
    {
        var configuration = application.Configuration;
        return new ApplicationRecord(
            NodeId.Null,
            configuration.ApplicationUri,
            configuration.Type,
            [new LocalizedText("", application.IsAgent ? $"Gateway agent on {LocalHostNames.HostName}" : configuration.Name)],
            configuration.ProductUri ?? ProductUriOf(configuration.ApplicationUri),
            [.. configuration.DiscoveryUrls],
            configuration.Type == ApplicationType.Client && configuration.DiscoveryUrls.Count == 0 ? [] : [.. configuration.Capabilities]);
    }

    /// <summary>Registering comes first: a token bound to this ApplicationUri brings the rights over a record that exists already.</summary>
    private static async Task<(NodeId Id, ApplicationRecord? Registered)> FindOrRegisterAsync(DirectoryClient directory, ManagedApplication application, ApplicationRecord wanted, bool mayBeNew, CancellationToken cancellationToken)
    {
        if (!mayBeNew && await FindAsync(directory, application, cancellationToken) is { } known) return (known.ApplicationId, known);
        try
        {
            return (await directory.RegisterApplicationAsync(wanted, cancellationToken), null);
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadEntryExists || e.StatusCode == StatusCodes.BadUserAccessDenied)
        {
            var found = await FindAsync(directory, application, cancellationToken);
            return found is not null ? (found.ApplicationId, found) : throw GdsErrors.OfCall($"the registration of {application.ApplicationUri}", e);
        }
        catch (UaException e)
        {
            throw GdsErrors.OfCall($"the registration of {application.ApplicationUri}", e);
        }
    }

    private static async Task<ApplicationRecord?> FindAsync(DirectoryClient directory, ManagedApplication application, CancellationToken cancellationToken)
    {
        var found = await directory.FindApplicationsAsync(application.ApplicationUri, cancellationToken);
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw new AgentProblem(ProblemKind.Refused, $"The GDS has {found.Count} records with the ApplicationUri {application.ApplicationUri}; a DiscoveryAdmin has to remove all but one."),
        };
    }

    private async Task<string?> UpdateAsync(DirectoryClient directory, ManagedApplication application, ApplicationRecord wanted, CancellationToken cancellationToken)
    {
        try
        {
            await directory.UpdateApplicationAsync(wanted, cancellationToken);
            return null;
        }
        catch (UaException e) when (!GdsErrors.IsAway(e))
        {
            var note = $"The record at the GDS differs from agent.json and was not updated: {e.Message} ({e.StatusCode}).";
            Log.Noted(logger, application.Name, note);
            return note;
        }
    }

    /// <summary>urn:host:product:instance names the product in its middle; anything else stands for itself.</summary>
    internal static string ProductUriOf(string applicationUri) => applicationUri.LastIndexOf(':') is > 4 and var cut ? applicationUri[..cut] : applicationUri;

    private static string Digest(ApplicationRecord record)
    {
        string?[] parts =
        [
            record.ApplicationUri, record.ApplicationType.ToString(), record.ProductUri, record.ApplicationNames is [var name, ..] ? name.Text : "",
            "urls", .. record.DiscoveryUrls, "capabilities", .. record.ServerCapabilities.Order(StringComparer.Ordinal),
        ];
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..16];
    }
}
