using Gds.Core.Certificates;
using Gds.Store;
using Gds.Web.Records;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>/certificates: what was issued, and revoking it.</summary>
internal static class CertificateRoutes
{
    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        routes.Get("/certificates", static json => json.IReadOnlyListCertificateJson, async call =>
            [.. (await Register(call).ListAsync(call.Caller, call.QueryId("application"), call.QueryName<CertificateState>("state"), call.Max(), call.Cancellation))
                .Select(v => CertificateJson.Of(v, withBytes: false))]);
        routes.Get("/certificates/{id}", static json => json.CertificateJson, async call =>
            CertificateJson.Of(await Register(call).GetAsync(call.Caller, call.Route("id"), call.Cancellation), withBytes: true));
        routes.Post("/certificates/{id}/revoke", static json => json.RevocationJson, static json => json.CertificateJson, async (call, body) =>
        {
            await Register(call).RevokeAsync(call.Caller, call.Route("id"), body.Reason, call.Cancellation);
            return CertificateJson.Of(await Register(call).GetAsync(call.Caller, call.Route("id"), call.Cancellation), withBytes: false);
        });
    }

    private static CertificateRegister Register(ApiCall call) => call.Service<CertificateRegister>();
}
