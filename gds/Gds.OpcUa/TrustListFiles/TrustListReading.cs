using Gds.Core.TrustLists;
using Gds.OpcUa.Identity;
using Gds.OpcUa.Methods;
using Ua.Core;
using Ua.Server.Nodes;

namespace Gds.OpcUa.TrustListFiles;

/// <summary>The file methods of one trust list (Part 20, 4.2 and Part 12, 7.8.2). The list is read-only here: it is made from CAs, CRLs and what administrators add.</summary>
internal sealed class TrustListReading(string group, GroupTrustLists lists, TrustListBytes bytes, TrustListHandles handles, Callers callers, TrustListFileLimits limits)
{
    private const byte ReadMode = 1, WriteEraseMode = 6;

    public Task<MethodResult> OpenAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var mode = call.Inputs[0].TryGet<byte>(out var given) ? given : (byte)0;
        return mode switch
        {
            ReadMode => OpenAsync(call, TrustListMasks.All, cancellationToken),
            WriteEraseMode => Task.FromResult(NotWritable()),
            _ => Task.FromResult(MethodResult.Bad(StatusCodes.BadNotSupported) with { Text = $"Mode is {mode}; a trust list opens for reading (1) only." }),
        };
    }

    public Task<MethodResult> OpenWithMasksAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var masks = (TrustListMasks)call.Number(0);
        return (masks & ~TrustListMasks.All) != 0
            ? throw new UaException(StatusCodes.BadInvalidArgument, $"Masks is {(uint)masks}; it has bits beyond 15.")
            : OpenAsync(call, masks, cancellationToken);
    }

    public Task<MethodResult> Read(MethodCall call, CancellationToken cancellationToken)
    {
        var length = call.Inputs[1].TryGet<int>(out var given) ? given : 0;
        if (length < 0) throw new UaException(StatusCodes.BadInvalidArgument, $"Length is {length} and must not be negative.");
        return Task.FromResult(MethodResult.Good(Find(call).Read(Math.Min(length, limits.LargestRead))));
    }

    public Task<MethodResult> GetPosition(MethodCall call, CancellationToken cancellationToken) => Task.FromResult(MethodResult.Good(Find(call).Position));

    public Task<MethodResult> SetPosition(MethodCall call, CancellationToken cancellationToken)
    {
        Find(call).SetPosition(call.Inputs[1].TryGet<ulong>(out var position) ? position : 0);
        return Task.FromResult(MethodResult.Good());
    }

    public Task<MethodResult> Close(MethodCall call, CancellationToken cancellationToken)
    {
        handles.Close(Find(call));
        return Task.FromResult(MethodResult.Good());
    }

    public Task<MethodResult> Write(MethodCall call, CancellationToken cancellationToken)
    {
        Find(call);
        throw new UaException(StatusCodes.BadInvalidState, "The file was opened for reading.");
    }

    public Task<MethodResult> CloseAndUpdate(MethodCall call, CancellationToken cancellationToken)
    {
        Find(call);
        return Task.FromResult(NotWritable());
    }

    private async Task<MethodResult> OpenAsync(MethodCall call, TrustListMasks masks, CancellationToken cancellationToken)
    {
        var list = await lists.ReadAsync(callers.Of(call.Caller), group, cancellationToken);
        return MethodResult.Good(handles.Open(group, call.Caller.SessionId, bytes.Of(list, masks)));
    }

    private OpenTrustList Find(MethodCall call) => handles.Find(call.Number(0), group, call.Caller.SessionId);

    private static MethodResult NotWritable() => MethodResult.Bad(StatusCodes.BadNotWritable) with
    {
        Text = "This trust list is kept by the GDS and cannot be written as a whole; AddCertificate and RemoveCertificate change it.",
    };
}
