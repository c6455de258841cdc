using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.TrustListFiles;

/// <summary>The methods of one TrustList object: those of a file (Part 20, 4.2) with the rules of Part 12, 7.8.2, and its own.</summary>
public sealed class TrustListFileMethods(NodeId list, ITrustListFile file, TrustListHandles handles)
{
    private const byte ReadMode = 1, WriteMode = 2, WriteEraseMode = 6;

    /// <summary>Bytes of a CallResponse that are not the data of its only Read, with room to spare.</summary>
    private const int BesideTheData = 512;

    /// <summary>Gives the methods and variables of the object their work.</summary>
    /// <param name="accessDecidedByFile">The file decides who may call, and not the roles of the nodes.</param>
    /// <param name="around">What every handler is to run in; null for nothing.</param>
    public void Attach(AddressSpace space, bool accessDecidedByFile = false, Func<MethodHandler, MethodHandler>? around = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        foreach (var method in space.Get<ObjectNode>(list).Children().OfType<MethodNode>())
        {
            if (HandlerOf(method.BrowseName.Name) is not { } handler) continue;
            method.AccessDecidedByHandler = accessDecidedByFile;
            method.Handler = around is null ? handler : around(handler);
        }

        // The bytes differ by the lists that are asked for, so that there is no size (Part 12, 7.8.2.1).
        Variable(space, "Size").ValueSource = _ => DataValue.Bad(StatusCodes.BadNotSupported);
        Variable(space, "OpenCount").ValueSource = _ => new DataValue(handles.OpenCount(list));
    }

    private MethodHandler? HandlerOf(string? name) => name switch
    {
        "Open" => OpenAsync,
        "OpenWithMasks" => OpenWithMasksAsync,
        "Read" => Read,
        "Write" => Write,
        "GetPosition" => GetPosition,
        "SetPosition" => SetPosition,
        "Close" => Close,
        "CloseAndUpdate" => CloseAndUpdateAsync,
        "AddCertificate" => AddAsync,
        "RemoveCertificate" => RemoveAsync,
        _ => null,
    };

    /// <summary>Write without EraseExisting (2) counts as with: a list is written whole, and a client in the field opens so.</summary>
    private async Task<MethodResult> OpenAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var mode = call.Inputs[0].TryGet<byte>(out var given) ? given : (byte)0;
        return mode switch
        {
            ReadMode => await OpenAsync(call, TrustListMasks.All, cancellationToken).ConfigureAwait(false),
            WriteMode or WriteEraseMode => await OpenForWritingAsync(call, cancellationToken).ConfigureAwait(false),
            _ => throw new UaException(StatusCodes.BadNotSupported, $"Mode is {mode}; a trust list opens for reading (1) or to be written anew (6)."),
        };
    }

    private Task<MethodResult> OpenWithMasksAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var masks = (TrustListMasks)Number(call, 0);
        return (masks & ~TrustListMasks.All) != 0
            ? throw new UaException(StatusCodes.BadInvalidArgument, $"Masks is {(uint)masks}; it has bits beyond 15.")
            : OpenAsync(call, masks, cancellationToken);
    }

    private Task<MethodResult> Read(MethodCall call, CancellationToken cancellationToken)
    {
        var length = call.Inputs[1].TryGet<int>(out var given) ? given : 0;
        if (length < 0) throw new UaException(StatusCodes.BadInvalidArgument, $"Length is {length} and must not be negative.");
        // A file may give less than was asked for (Part 20, 4.2.4), and does so rather than an answer that the client refuses.
        var largest = Math.Min(handles.Limits.LargestRead, Math.Max(1, call.Caller.MaxResponseSize - BesideTheData));
        return Task.FromResult(MethodResult.Good(Find(call).Read(Math.Min(length, largest))));
    }

    private Task<MethodResult> Write(MethodCall call, CancellationToken cancellationToken)
    {
        Find(call).Write(call.Inputs[1].Value as byte[] ?? []);
        return Done();
    }

    private Task<MethodResult> GetPosition(MethodCall call, CancellationToken cancellationToken) => Task.FromResult(MethodResult.Good(Find(call).Position));

    private Task<MethodResult> SetPosition(MethodCall call, CancellationToken cancellationToken)
    {
        Find(call).SetPosition(call.Inputs[1].TryGet<ulong>(out var position) ? position : 0);
        return Done();
    }

    private Task<MethodResult> Close(MethodCall call, CancellationToken cancellationToken)
    {
        handles.Close(Find(call));
        return Done();
    }

    /// <summary>The handle stays open where the update is refused, so that the client can write something better or close it.</summary>
    private async Task<MethodResult> CloseAndUpdateAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var open = Find(call);
        var applyChangesRequired = await file.UpdateAsync(call, open.Written(), cancellationToken).ConfigureAwait(false);
        handles.Close(open);
        return MethodResult.Good(applyChangesRequired);
    }

    private async Task<MethodResult> AddAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var isTrusted = call.Inputs[1].TryGet<bool>(out var trusted) && trusted;
        if (!isTrusted)
            throw new UaException(StatusCodes.BadCertificateInvalid, "IsTrustedCertificate is false; an issuer needs its revocation list and cannot be added by this method.");
        CheckNotWritten();
        var answered = await file.AddAsync(call, call.Inputs[0].Value as byte[] ?? [], isTrusted, cancellationToken).ConfigureAwait(false);
        return MethodResult.Good() with { Answered = answered };
    }

    private async Task<MethodResult> RemoveAsync(MethodCall call, CancellationToken cancellationToken)
    {
        CheckNotWritten();
        var isTrusted = call.Inputs[1].TryGet<bool>(out var trusted) && trusted;
        var answered = await file.RemoveAsync(call, call.Inputs[0].Value as string ?? "", isTrusted, cancellationToken).ConfigureAwait(false);
        return MethodResult.Good() with { Answered = answered };
    }

    private async Task<MethodResult> OpenAsync(MethodCall call, TrustListMasks masks, CancellationToken cancellationToken)
    {
        var content = await file.ReadAsync(call, masks, cancellationToken).ConfigureAwait(false);
        return MethodResult.Good(handles.OpenForReading(list, call.Caller.SessionId, content));
    }

    private async Task<MethodResult> OpenForWritingAsync(MethodCall call, CancellationToken cancellationToken)
    {
        handles.CheckCanWrite(list, call.Caller.SessionId);
        var largest = await file.BeginWriteAsync(call, cancellationToken).ConfigureAwait(false);
        return MethodResult.Good(handles.OpenForWriting(list, call.Caller.SessionId, largest));
    }

    private void CheckNotWritten()
    {
        if (handles.IsWritten(open => open == list)) throw new UaException(StatusCodes.BadInvalidState, "The trust list is open for writing; CloseAndUpdate or Close has to come first.");
    }

    private OpenTrustList Find(MethodCall call)
    {
        var open = handles.Find(Number(call, 0), list, call.Caller.SessionId);
        file.Used(call);
        return open;
    }

    private VariableNode Variable(AddressSpace space, string name) => space.Get<ObjectNode>(list).Child(new QualifiedName(name)) as VariableNode
        ?? throw new UaException(StatusCodes.BadInternalError, $"The trust list {list} has no {name}.");

    private static uint Number(MethodCall call, int index) => call.Inputs[index].TryGet<uint>(out var number) ? number : 0;

    private static Task<MethodResult> Done() => Task.FromResult(MethodResult.Good());
}
