using Gds.Core.State;
using Gds.Store;
using Pki;

namespace Gds.Core.Requests;

/// <summary>Turns stored requests into what people read.</summary>
internal static class RequestViews
{
    public static RequestView Of(IssueRequest request, GdsState state)
    {
        var application = state.Directory.Find(request.ApplicationId);
        var (subject, key, hosts) = request.Kind == RequestKind.SigningRequest ? FromCsr(request.Csr!) : FromOrder(request);
        return new RequestView
        {
            Id = request.Id,
            Kind = request.Kind,
            State = request.State,
            ApplicationId = request.ApplicationId,
            ApplicationUri = application?.ApplicationUri ?? "",
            ApplicationName = application?.DefaultName ?? "",
            Group = state.Groups[request.GroupId].Name,
            TypeId = request.TypeId,
            RequestedBy = request.RequestedBy,
            RequestedFrom = request.RequestedFrom,
            CreatedAt = request.CreatedAt,
            DecidedBy = request.DecidedBy,
            DecidedAt = request.DecidedAt,
            Reason = request.Reason,
            CompletedAt = request.CompletedAt,
            Subject = subject,
            Key = key,
            Hosts = hosts,
        };
    }

    private static (string, string, IReadOnlyList<string>) FromCsr(byte[] csr)
    {
        var parsed = SigningRequest.Parse(csr);
        return (parsed.Subject, parsed.PublicKey.ToString(), [.. parsed.DnsNames, .. parsed.IpAddresses.Select(a => a.ToString())]);
    }

    private static (string, string, IReadOnlyList<string>) FromOrder(IssueRequest request)
        => (request.SubjectName ?? "", $"made by the GDS, {request.PrivateKeyFormat}", request.DomainNames);
}
