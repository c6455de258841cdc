using Gds.Core.Tokens;
using Gds.Web.Hosting;
using Gds.Web.Records;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>/tokens: enrolment tokens.</summary>
internal static class TokenRoutes
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.Get("/tokens", static json => json.IReadOnlyListTokenJson, async call =>
            [.. (await Tokens(call).ListAsync(call.Caller, call.Cancellation)).Select(TokenJson.Of)]);
        routes.Post("/tokens", static json => json.TokenOrderJson, static json => json.CreatedTokenJson, CreateAsync);
        routes.Delete("/tokens/{id}", call => Tokens(call).RevokeAsync(call.Caller, call.RouteId("id"), call.Cancellation));
    }

    private static async Task<CreatedTokenJson> CreateAsync(ApiCall call, TokenOrderJson body)
    {
        var status = call.Service<IGdsStatus>();
        var order = new TokenOrder(body.Uses, body.Lifetime, [.. (body.Applications ?? []).Select(TokenPattern.ToLike)], body.Note);
        var created = await Tokens(call).CreateAsync(
            call.Caller, order, status.EndpointUrl, Convert.FromHexString(status.CertificateSha256), call.Cancellation);
        return new CreatedTokenJson(created.Text, created.Token.Id, created.Token.ExpiresAt);
    }

    private static EnrolmentTokens Tokens(ApiCall call) => call.Service<EnrolmentTokens>();
}
