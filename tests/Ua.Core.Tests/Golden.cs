using System.Text;

namespace Ua.Core.Tests;

/// <summary>
/// Checks an encoding against bytes written out by hand, one line a field with its meaning after "//": writing gives
/// exactly these bytes, reading and writing again gives them too, and no shorter piece of them can be read.
/// </summary>
internal static class Golden
{
    public static readonly RequestHeader RequestHeader = new(
        AuthenticationToken: new NodeId(0x1234, 2),
        Timestamp: At(second: 0),
        RequestHandle: 77,
        ReturnDiagnostics: 5,
        AuditEntryId: "who",
        TimeoutHint: 10_000);

    public static readonly ResponseHeader ResponseHeader = new(
        Timestamp: At(second: 0),
        RequestHandle: 77,
        ServiceResult: StatusCodes.Good,
        StringTable: ["one"]);

    private const string RequestHeaderBytes = """
        01 02 34 12              // AuthenticationToken: ns=2;i=4660
        80 C0 48 58 28 3D DA 01  // Timestamp: 2024-01-02T03:04:05Z
        4D 00 00 00              // RequestHandle: 77
        05 00 00 00              // ReturnDiagnostics: 5
        03 00 00 00 77 68 6F     // AuditEntryId: "who"
        10 27 00 00              // TimeoutHint: 10,000 ms
        00 00 00                 // AdditionalHeader: null type id, no body
        """;

    private const string ResponseHeaderBytes = """
        80 C0 48 58 28 3D DA 01        // Timestamp: 2024-01-02T03:04:05Z
        4D 00 00 00                    // RequestHandle: 77
        00 00 00 00                    // ServiceResult: Good
        00                             // ServiceDiagnostics: none
        01 00 00 00 03 00 00 00 6F 6E 65  // StringTable: "one"
        00 00 00                       // AdditionalHeader: null type id, no body
        """;

    public delegate T ReadValue<T>(ref UaReader r);

    public delegate void WriteValue<T>(ref UaWriter w, T value);

    public static DateTime At(int second) => new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddSeconds(second);

    /// <summary>The bytes of annotated hex: comments and spaces go, {RequestHeader} and {ResponseHeader} stand for their bytes.</summary>
    public static byte[] Bytes(string annotated)
    {
        var text = annotated.Replace("{RequestHeader}", RequestHeaderBytes).Replace("{ResponseHeader}", ResponseHeaderBytes);
        var hex = new StringBuilder();
        foreach (var line in text.Split('\n')) hex.Append(line.Split("//")[0].Replace(" ", "").Trim());
        return Convert.FromHexString(hex.ToString());
    }

    /// <summary>One built-in value, in both directions.</summary>
    public static void Value<T>(T value, string annotated, WriteValue<T> write, ReadValue<T> read)
    {
        var bytes = Bytes(annotated);
        Hex(Written(value, write)).ShouldBe(Hex(bytes));
        var again = Read(bytes, read);
        Hex(Written(again, write)).ShouldBe(Hex(bytes));
        again.ShouldBe(value);
        EveryTruncationFails(bytes, b => Read(b, read));
    }

    /// <summary>Bytes that are legal but that we would write in another way.</summary>
    public static void Decodes<T>(string annotated, T value, ReadValue<T> read) => Read(Bytes(annotated), read).ShouldBe(value);

    public static void Fails<T>(string annotated, StatusCode status, ReadValue<T> read, EncodingLimits? limits = null) =>
        Should.Throw<UaException>(() => Read(Bytes(annotated), read, limits)).StatusCode.ShouldBe(status);

    public static void Structure<T>(T value, string annotated)
        where T : IUaStructure<T>
    {
        var bytes = Bytes(annotated);
        Hex(UaWriter.ToBytes(value)).ShouldBe(Hex(bytes));
        Hex(UaWriter.ToBytes(UaReader.FromBytes<T>(bytes))).ShouldBe(Hex(bytes));
        EveryTruncationFails(bytes, b => UaReader.FromBytes<T>(b));
    }

    /// <summary>A structure that may stand in an ExtensionObject, under the encoding id that the specification gives it.</summary>
    public static void Encodable<T>(uint encodingId, T value, string annotated)
        where T : class, IUaEncodable<T>
    {
        Structure(value, annotated);
        var wrapped = ExtensionObject.Of(value);
        wrapped.TypeId.ShouldBe(new NodeId(encodingId));
        wrapped.TryDecode<T>(out var unwrapped).ShouldBeTrue();
        Hex(UaWriter.ToBytes(unwrapped!)).ShouldBe(Hex(wrapped.Body!));
    }

    public static void Request<TRequest>(TRequest request, string annotated)
        where TRequest : class, IServiceRequest
    {
        var bytes = Bytes(annotated);
        Hex(ServiceMessages.ToBytes(request)).ShouldBe(Hex(bytes));
        var decoded = ServiceMessages.ReadRequest(bytes);
        decoded.Failure.ShouldBeNull();
        Hex(ServiceMessages.ToBytes(decoded.Request.ShouldBeOfType<TRequest>())).ShouldBe(Hex(bytes));
        for (var length = 0; length < bytes.Length; length++)
            MustBeDecodingError(ServiceMessages.ReadRequest(bytes.AsSpan(0, length)).Failure, length);
        Hex(ServiceMessages.ToBytes(request.With(RequestHeader with { RequestHandle = 78 }))).ShouldNotBe(Hex(bytes));
    }

    public static void Response<TResponse>(TResponse response, string annotated)
        where TResponse : class, IServiceResponse<TResponse>
    {
        var bytes = Bytes(annotated);
        Hex(ServiceMessages.ToBytes(response)).ShouldBe(Hex(bytes));
        Hex(ServiceMessages.ToBytes(ServiceMessages.ReadResponse<TResponse>(bytes))).ShouldBe(Hex(bytes));
        EveryTruncationFails(bytes, b => ServiceMessages.ReadResponse<TResponse>(b));
    }

    public static T Read<T>(byte[] bytes, ReadValue<T> read, EncodingLimits? limits = null)
    {
        var r = new UaReader(bytes, limits);
        var value = read(ref r);
        r.ExpectEnd();
        return value;
    }

    public static byte[] Written<T>(T value, WriteValue<T> write)
    {
        var w = new UaWriter(16);
        try
        {
            write(ref w, value);
            return w.ToArray();
        }
        finally
        {
            w.Dispose();
        }
    }

    private static void EveryTruncationFails<T>(byte[] bytes, Func<byte[], T> read)
    {
        for (var length = 0; length < bytes.Length; length++)
            MustBeDecodingError(Should.Throw<UaException>(() => read(bytes[..length]), $"{length} of {bytes.Length} bytes were read as a whole value"), length);
    }

    private static void MustBeDecodingError(UaException? error, int length)
    {
        error.ShouldNotBeNull($"{length} bytes were read as a whole message");
        error.StatusCode.ShouldBe(StatusCodes.BadDecodingError);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
