using Ua.Core;

namespace Ua.Transport.Tests;

/// <summary>A Read service that sends back what it was asked, so that a test sees whether bytes survive both ways.</summary>
internal static class Echo
{
    /// <summary>A request whose one node id carries a text of this length.</summary>
    public static ReadRequest Request(int length, RequestHeader? header = null) =>
        new(header ?? RequestHeader.Empty, 0, TimestampsToReturn.Neither, [new ReadValueId(new NodeId(Text(length), 1), 13)]);

    public static IServiceResponse Answer(IServiceRequest request)
    {
        var read = (ReadRequest)request;
        var values = read.NodesToRead.Select(n => new DataValue(n.NodeId.ToString())).ToArray();
        return new ReadResponse(new ResponseHeader(DateTime.UnixEpoch, request.Header.RequestHandle, StatusCodes.Good), values, []);
    }

    public static async Task ShouldEchoAsync(this ClientChannel channel, int length)
    {
        var response = await channel.SendAsync(Request(length), TestContext.Current.CancellationToken);
        response.Results.ShouldHaveSingleItem().Value.Value.ShouldBe(new NodeId(Text(length), 1).ToString());
    }

    private static string Text(int length) => string.Create(length, length, static (span, seed) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = (char)('a' + (i * 7 + seed) % 26);
    });
}
