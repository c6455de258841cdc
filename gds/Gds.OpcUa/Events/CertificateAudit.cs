using Gds.Core;
using Gds.OpcUa.Methods;
using Pki;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Events;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Events;

/// <summary>Tells clients of requests, deliveries and revocations of certificates (Part 12, 7.9.12 to 7.9.14).</summary>
internal sealed class CertificateAudit(AuditEvents events, EventClaims claims, RequestSubjects subjects, GroupNodes groups, GdsNamespace ns)
{
    /// <summary>Runs a Start method; its success and its failure are both told.</summary>
    public async Task<MethodResult> RequestedAsync(MethodCall call, Func<Task<MethodResult>> start)
    {
        var result = await OutcomeAsync(start);
        var message = result.Status.IsBad ? $"A certificate was requested and refused: {result.Text}" : "A certificate was requested.";
        var e = events.OfMethod(ns.Node(GdsIds.CertificateRequestedAuditEventType), WithoutSecrets(call), result.Status, message, sourceName: "Directory");
        Name(e, GroupOrDefault(call.Node(1)), call.CertificateType(2) is { } type and not 0 ? new NodeId(type) : NodeId.Null);
        if (result.Status.IsGood && subjects.Find(GdsNamespace.GuidOf((NodeId)result.Outputs[0].Value!)) is { } subject) Name(e, subject);
        events.Raise(e);
        return result;
    }

    /// <summary>Runs FinishRequest; everything is told except "not yet".</summary>
    public async Task<MethodResult> DeliveredAsync(MethodCall call, Func<Task<MethodResult>> finish)
    {
        var subject = subjects.Find(call.OwnId(1));
        var result = await OutcomeAsync(finish);
        if (result.Status == StatusCodes.BadNothingToDo) return result;
        subject ??= subjects.Find(call.OwnId(1));
        subjects.Forget(call.OwnId(1));
        var message = result.Status.IsBad ? $"A certificate could not be delivered: {result.Text}" : "A certificate was delivered.";
        var e = events.OfMethod(ns.Node(GdsIds.CertificateDeliveredAuditEventType), call, result.Status, message, sourceName: "Directory");
        if (subject is not null) Name(e, subject);
        events.Raise(e);
        return result;
    }

    public IDisposable ClaimRevocation(byte[] certificate) => claims.Claim(ThumbprintOf(certificate));

    public void Revoked(MethodCall call) =>
        events.Raise(events.OfMethod(ns.Node(GdsIds.CertificateRevokedAuditEventType), call, StatusCodes.Good, "A certificate was revoked.", sourceName: "Directory"));

    /// <summary>Nothing for bytes that are no certificate; the core says so to the caller.</summary>
    private static string ThumbprintOf(byte[] certificate)
    {
        try
        {
            return ApplicationCertificate.Parse(certificate).Thumbprint;
        }
        catch (PkiException)
        {
            return "";
        }
    }

    private static async Task<MethodResult> OutcomeAsync(Func<Task<MethodResult>> run)
    {
        try
        {
            return await run();
        }
        catch (GdsProblem problem)
        {
            return ProblemStatus.ResultOf(problem);
        }
    }

    private NodeId GroupOrDefault(NodeId group) => group.IsNull ? groups.GroupOf(Gds.Core.Groups.CertificateGroups.Default) : group;

    private void Name(UaEvent e, RequestSubject subject) => Name(e, groups.GroupOf(subject.Group), new NodeId(subject.TypeId));

    private void Name(UaEvent e, NodeId group, NodeId type)
    {
        e[new QualifiedName("CertificateGroup", ns.Index)] = group;
        e[new QualifiedName("CertificateType", ns.Index)] = type;
    }

    /// <summary>The password of a new key pair is nobody's business but the caller's.</summary>
    private static MethodCall WithoutSecrets(MethodCall call)
    {
        const int password = 6;
        if (call.Inputs.Length <= password) return call;
        Variant[] inputs = [.. call.Inputs];
        inputs[password] = (string?)null;
        return call with { Inputs = inputs };
    }
}
