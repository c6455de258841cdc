using System.Security.Cryptography;
using Ua.Core;
using Ua.Server.Nodes;
using Ua.Server.Tests.Kit;
using Ua.Server.TrustListFiles;

namespace Ua.Server.Tests.TrustListFiles;

/// <summary>A trust list reaches a client that takes short answers only, whatever length it asks for.</summary>
public sealed class ShortAnswersTests
{
    private static readonly NodeId s_list = new("list", 1), s_open = new("open", 1), s_read = new("read", 1);

    [Theory]
    [InlineData(1500, 7)]
    [InlineData(100, 6000)]
    [InlineData(0, 1)]
    public async Task A_read_gives_no_more_than_the_session_takes(uint limit, int parts)
    {
        await using var server = await TestServer.StartAsync();
        var content = RandomNumberGenerator.GetBytes(6000);
        using var handles = new TrustListHandles(new TrustListFileLimits(), server.Time);
        var space = server.Space;
        space.AddFolder(new NodeId(85), s_list, new QualifiedName("List", 1));
        foreach (var name in new[] { "Size", "OpenCount" }) space.AddVariable(s_list, new VariableNode(new NodeId(name, 1), new QualifiedName(name)) { DataType = new NodeId((uint)BuiltInType.UInt64) });
        Argument number = new("Number", new NodeId((uint)BuiltInType.UInt32)), length = new("Length", new NodeId((uint)BuiltInType.Int32));
        space.AddMethod(s_list, s_open, new QualifiedName("Open"), [new("Mode", new NodeId((uint)BuiltInType.Byte))], [number], Unattached);
        space.AddMethod(s_list, s_read, new QualifiedName("Read"), [number, length], [new("Data", new NodeId((uint)BuiltInType.ByteString))], Unattached);
        new TrustListFileMethods(s_list, new FixedList(content), handles).Attach(space);

        var session = server.Session();
        await session.CreateAsync(r => r with { MaxResponseMessageSize = limit });
        await session.ActivateAsync(TestUser.Anonymous);
        var handle = (await session.CallAsync(s_list, s_open, (byte)1)).OutputArguments.ShouldHaveSingleItem();
        List<byte[]> read = [];
        while (true)
        {
            var response = await session.SendAsync<CallResponse>(new CallRequest(session.Header(), [new CallMethodRequest(s_list, s_read, [handle, int.MaxValue])]));
            var part = response.Results.ShouldHaveSingleItem().OutputArguments.ShouldHaveSingleItem().Value.ShouldBeOfType<byte[]>();
            if (part.Length == 0) break;
            read.Add(part);
            if (part.Length > 1) UaWriter.ToBytes(response).Length.ShouldBeLessThanOrEqualTo(limit == 0 ? int.MaxValue : (int)limit);
        }

        read.SelectMany(p => p).ToArray().ShouldBe(content);
        read.Count.ShouldBe(parts);
    }

    private static Task<MethodResult> Unattached(MethodCall call, CancellationToken cancellationToken) => throw new InvalidOperationException();

    private sealed class FixedList(byte[] content) : ITrustListFile
    {
        public ValueTask<byte[]> ReadAsync(MethodCall call, TrustListMasks masks, CancellationToken cancellationToken) => new(content);

        public ValueTask<long> BeginWriteAsync(MethodCall call, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> UpdateAsync(MethodCall call, byte[] content, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Action?> AddAsync(MethodCall call, byte[] certificate, bool isTrusted, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Action?> RemoveAsync(MethodCall call, string thumbprint, bool isTrusted, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
