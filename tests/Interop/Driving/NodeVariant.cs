using System.Text.Json.Nodes;

namespace Interop.Driving;

/// <summary>A variant in the JSON form of the peers: type name, value, and for arrays their kind and dimensions.</summary>
internal sealed record NodeVariant(string Type, JsonNode? Value, string? ArrayType = null, int[]? Dimensions = null)
{
    public static NodeVariant Boolean(bool value) => new("Boolean", value);

    public static NodeVariant UInt32(uint value) => new("UInt32", value);

    public static NodeVariant Int32(int value) => new("Int32", value);

    public static NodeVariant UInt16(ushort value) => new("UInt16", value);

    public static NodeVariant Byte(byte value) => new("Byte", value);

    public static NodeVariant UInt64(ulong value) => new("UInt64", value.ToString());

    public static NodeVariant Double(double value) =>
        new("Double", double.IsFinite(value) ? value : value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static NodeVariant String(string? value) => new("String", value);

    public static NodeVariant Strings(params string?[] values) => Array("String", values.Select(value => (JsonNode?)value));

    public static NodeVariant ByteString(byte[]? value) => new("ByteString", value is null ? null : Convert.ToBase64String(value));

    public static NodeVariant ByteStrings(params byte[][] values) => Array("ByteString", values.Select(value => (JsonNode?)Convert.ToBase64String(value)));

    /// <summary>"i=85", "ns=2;s=Name", or "nsu=uri;i=1" whose index the peer looks up.</summary>
    public static NodeVariant NodeId(string text) => new("NodeId", text);

    public static NodeVariant LocalizedText(string text, string? locale = null) =>
        new("LocalizedText", new JsonObject { ["locale"] = locale, ["text"] = text });

    public static NodeVariant DateTime(DateTime utc) => new("DateTime", utc.ToUniversalTime().ToString("O"));

    /// <summary>A structure by the NodeId of its data type; field names are lowerCamelCase.</summary>
    public static NodeVariant Structure(string dataType, JsonObject fields) =>
        new("ExtensionObject", new JsonObject { ["dataType"] = dataType, ["fields"] = fields });

    public static NodeVariant Structures(string dataType, params JsonObject[] items) =>
        Array("ExtensionObject", items.Select(JsonNode? (fields) => new JsonObject { ["dataType"] = dataType, ["fields"] = fields }));

    public static NodeVariant Array(string type, IEnumerable<JsonNode?> values) => new(type, new JsonArray([.. values]), "Array");

    /// <summary>The value as a .NET type that JSON can become.</summary>
    public T As<T>() => Value is null
        ? throw new InvalidOperationException($"the {Type} value is null")
        : System.Text.Json.JsonSerializer.Deserialize<T>(Value, NodePeer.Json)!;

    /// <summary>The bytes of a ByteString; null stays null.</summary>
    public byte[]? Bytes() => Value is null ? null : Convert.FromBase64String(Value.GetValue<string>());

    /// <summary>The fields of a structure.</summary>
    public JsonObject Fields() => Value!["fields"]!.AsObject();

    /// <summary>The items of an array, each as a scalar variant of the same type.</summary>
    public NodeVariant[] Items() => [.. Value!.AsArray().Select(item => new NodeVariant(Type, item))];
}
