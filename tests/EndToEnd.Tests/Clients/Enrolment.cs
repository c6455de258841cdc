using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace EndToEnd.Tests.Clients;

/// <summary>Brings an application to where most tests begin: registered, with a certificate of the GDS.</summary>
internal static class Enrolment
{
    /// <summary>Registers and certifies through the session of an administrator.</summary>
    /// <returns>The ApplicationId.</returns>
    public static async Task<NodeId> EnrolAsync(this TestApplication application, UaSession administrator, CancellationToken cancellationToken)
    {
        var directory = new DirectoryClient(administrator);
        var id = await directory.RegisterApplicationAsync(application.Record, cancellationToken);
        var request = await directory.StartSigningRequestAsync(id, NodeId.Null, NodeId.Null, application.SigningRequest(), cancellationToken);
        var finished = await directory.FinishRequestAsync(id, request, cancellationToken) ?? throw new InvalidOperationException($"The request of {application.Name} is not approved by a rule.");
        application.Take(finished.Certificate, finished.IssuerCertificates);
        return id;
    }
}
