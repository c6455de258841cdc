using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Gds.Core;
using Gds.Web.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>Finds how a record is written. It is made at the first call: a server that starts needs none of them.</summary>
internal delegate JsonTypeInfo<T> Json<T>(GdsJson json);

/// <summary>Maps routes to handlers without any reflection at start; problems are answered in one place.</summary>
internal static class ApiRouting
{
    public static void Get<TOut>(this IEndpointRouteBuilder routes, string pattern, Json<TOut> json, Func<ApiCall, Task<TOut>> handler) =>
        routes.MapGet(pattern, Answering((http, call) => SendAsync(http, json, handler(call))));

    public static void Post<TIn, TOut>(
        this IEndpointRouteBuilder routes, string pattern, Json<TIn> input, Json<TOut> output, Func<ApiCall, TIn, Task<TOut>> handler) =>
        routes.MapPost(pattern, Answering(async (http, call) => await SendAsync(http, output, handler(call, await BodyAsync(http, input)))));

    public static void Post<TIn>(this IEndpointRouteBuilder routes, string pattern, Json<TIn> input, Func<ApiCall, TIn, Task> handler) =>
        routes.MapPost(pattern, Answering(async (http, call) => await DoneAsync(http, handler(call, await BodyAsync(http, input)))));

    public static void Post<TOut>(this IEndpointRouteBuilder routes, string pattern, Json<TOut> output, Func<ApiCall, Task<TOut>> handler) =>
        routes.MapPost(pattern, Answering((http, call) => SendAsync(http, output, handler(call))));

    public static void Put<TIn>(this IEndpointRouteBuilder routes, string pattern, Json<TIn> input, Func<ApiCall, TIn, Task> handler) =>
        routes.MapPut(pattern, Answering(async (http, call) => await DoneAsync(http, handler(call, await BodyAsync(http, input)))));

    public static void Delete(this IEndpointRouteBuilder routes, string pattern, Func<ApiCall, Task> handler) =>
        routes.MapDelete(pattern, Answering((http, call) => DoneAsync(http, handler(call))));

    private static RequestDelegate Answering(Func<HttpContext, ApiCall, Task> handler) => async http =>
    {
        try
        {
            await handler(http, new ApiCall(http, LocalCaller.Of(http)));
        }
        catch (GdsProblem problem)
        {
            await Problems.WriteAsync(http, problem);
        }
    };

    private static async Task SendAsync<TOut>(HttpContext http, Json<TOut> json, Task<TOut> result) =>
        await http.Response.WriteAsJsonAsync(await result, json(GdsJson.Default), "application/json", http.RequestAborted);

    private static async Task DoneAsync(HttpContext http, Task work)
    {
        await work;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<TIn> BodyAsync<TIn>(HttpContext http, Json<TIn> json)
    {
        try
        {
            return await http.Request.ReadFromJsonAsync(json(GdsJson.Default), http.RequestAborted) ?? throw ApiCall.Invalid("The body is empty.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new GdsProblem(ProblemKind.InvalidArgument, $"The body is not what is expected here: {e.Message}", e);
        }
    }
}
