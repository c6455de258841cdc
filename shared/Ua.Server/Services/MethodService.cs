using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Nodes;

namespace Ua.Server.Services;

/// <summary>The method service set (Part 4, 5.12): Call. The methods of one request run one after another.</summary>
internal sealed class MethodService(MethodCaller caller, OperationLimits limits, AfterAnswers afterAnswers, ILogger<MethodService> log) : IServiceSet
{
    public IEnumerable<ServiceRoute> Routes => [ServiceRoute.Long<CallRequest>(CallAsync)];

    private async ValueTask<IServiceResponse> CallAsync(CallRequest request, ServiceCall call, CancellationToken cancellationToken)
    {
        Operations.Check(request.MethodsToCall, limits.MaxNodesPerMethodCall);
        var results = new CallMethodResult[request.MethodsToCall.Length];
        var texts = new string?[results.Length];
        Action? answered = null;
        try
        {
            for (var i = 0; i < results.Length; i++)
            {
                var outcome = await CallOneAsync(request.MethodsToCall[i], call, cancellationToken).ConfigureAwait(false);
                texts[i] = outcome.Text;
                answered += outcome.Answered;
                results[i] = new CallMethodResult(outcome.Status, outcome.InputResults, [], outcome.Status.IsBad ? [] : outcome.Outputs);
            }
        }
        catch
        {
            answered?.Invoke(); // there will be no answer of these methods
            throw;
        }

        var diagnostics = call.Diagnostics.OfOperations(results, static r => r.StatusCode, i => texts[i]);
        var response = new CallResponse(call.Good(), results, diagnostics);
        if (answered is not null) afterAnswers.Add(response, answered);
        return response;
    }

    private async ValueTask<MethodResult> CallOneAsync(CallMethodRequest method, ServiceCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await caller.CallAsync(new MethodCall(method.ObjectId, method.MethodId, method.InputArguments, call.Caller), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            Log.MethodFailed(log, e, method.MethodId, method.ObjectId);
            return MethodResult.Bad(StatusCodes.BadInternalError);
        }
    }
}
