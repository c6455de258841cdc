using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Hosting;
using Ua.Server.Nodes;

namespace Ua.Server.Services;

/// <summary>The attribute service set (Part 4, 5.11): Read and Write. History is not kept here.</summary>
internal sealed class AttributeService(AttributeReader reader, AttributeWriter writer, AuditEvents audit, OperationLimits limits, ILogger<AttributeService> log) : IServiceSet
{
    public IEnumerable<ServiceRoute> Routes =>
    [
        ServiceRoute.Quick<ReadRequest>(Read),
        ServiceRoute.Long<WriteRequest>(WriteAsync),
    ];

    private ReadResponse Read(ReadRequest request, ServiceCall call)
    {
        Operations.Check(request.NodesToRead, limits.MaxNodesPerRead);
        if (request.MaxAge < 0 || double.IsNaN(request.MaxAge)) throw new UaException(StatusCodes.BadMaxAgeInvalid, $"MaxAge is {request.MaxAge} ms; it cannot be negative.");
        CheckTimestamps(request.TimestampsToReturn);
        var results = new DataValue[request.NodesToRead.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var wanted = request.NodesToRead[i];
            results[i] = Timestamps.Keep(ReadOne(wanted, call), request.TimestampsToReturn);
        }

        var diagnostics = call.Diagnostics.OfOperations(results, static r => r.Status);
        return new ReadResponse(call.Good(), results, diagnostics);
    }

    /// <summary>A value source of the application that fails makes its own value bad, not the whole answer.</summary>
    private DataValue ReadOne(ReadValueId wanted, ServiceCall call)
    {
        try
        {
            return reader.Read(wanted.NodeId, wanted.AttributeId, wanted.IndexRange, wanted.DataEncoding, call.Caller);
        }
        catch (UaException e)
        {
            return DataValue.Bad(e.StatusCode);
        }
        catch (Exception e)
        {
            Log.ValueSourceFailed(log, e, wanted.NodeId);
            return DataValue.Bad(StatusCodes.BadInternalError);
        }
    }

    private async ValueTask<IServiceResponse> WriteAsync(WriteRequest request, ServiceCall call, CancellationToken cancellationToken)
    {
        Operations.Check(request.NodesToWrite, limits.MaxNodesPerWrite);
        var results = new StatusCode[request.NodesToWrite.Length];
        for (var i = 0; i < results.Length; i++) results[i] = await WriteOneAsync(request.NodesToWrite[i], call, cancellationToken).ConfigureAwait(false);
        var diagnostics = call.Diagnostics.OfOperations(results);
        return new WriteResponse(call.Good(), results, diagnostics);
    }

    private async ValueTask<StatusCode> WriteOneAsync(WriteValue value, ServiceCall call, CancellationToken cancellationToken)
    {
        StatusCode status;
        try
        {
            status = await writer.WriteAsync(value.NodeId, value.AttributeId, value.IndexRange, value.Value, call.Caller, cancellationToken).ConfigureAwait(false);
        }
        catch (UaException e)
        {
            status = e.StatusCode;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.WriteHandlerFailed(log, e, value.NodeId);
            status = StatusCodes.BadInternalError;
        }

        audit.Written(call.Caller, value, status);
        return status;
    }

    internal static void CheckTimestamps(TimestampsToReturn timestamps)
    {
        if (timestamps is < TimestampsToReturn.Source or > TimestampsToReturn.Neither)
            throw new UaException(StatusCodes.BadTimestampsToReturnInvalid, $"TimestampsToReturn is {(int)timestamps}; 0 to 3 are defined.");
    }
}
