namespace Ua.Core.Tests.BuiltIn;

/// <summary>The bytes of NodeId and ExpandedNodeId in every form (Part 6, 5.2.2.9 and 5.2.2.10).</summary>
public sealed class NodeIds
{
    [Theory]
    [InlineData("i=72", "00 48")]
    [InlineData("i=0", "00 00")]
    [InlineData("i=255", "00 FF")]
    [InlineData("i=256", "01 00 00 01")]
    [InlineData("ns=5;i=1025", "01 05 01 04")]
    [InlineData("ns=1;i=7", "01 01 07 00")]
    [InlineData("ns=255;i=65535", "01 FF FF FF")]
    [InlineData("ns=256;i=7", "02 00 01 07 00 00 00")]
    [InlineData("i=65536", "02 00 00 00 00 01 00")]
    [InlineData("ns=1;s=Hot水", "03 01 00 06 00 00 00 48 6F 74 E6 B0 B4")]
    [InlineData("ns=4;g=72962b91-fa75-4ae6-8d28-b404dc7daf63", "04 04 00 91 2B 96 72 75 FA E6 4A 8D 28 B4 04 DC 7D AF 63")]
    [InlineData("ns=2;b=q80=", "05 02 00 02 00 00 00 AB CD")]
    public void A_NodeId_is_written_in_its_shortest_form(string text, string bytes)
    {
        var id = NodeId.Parse(text);
        Golden.Value(id, bytes, (ref w, v) => w.NodeId(v), (ref r) => r.NodeId());
        id.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("01 00 48 00", "i=72")]
    [InlineData("02 00 00 48 00 00 00", "i=72")]
    [InlineData("03 00 00 FF FF FF FF", "i=0")]
    [InlineData("05 00 00 FF FF FF FF", "i=0")]
    public void Longer_forms_read_as_the_same_id(string bytes, string text) =>
        Golden.Decodes(bytes, NodeId.Parse(text), (ref r) => r.NodeId());

    [Theory]
    [InlineData("06 00 00 00 00 00 00")]
    [InlineData("40 48 00 00 00 00")]
    [InlineData("80 48 00 00 00 00")]
    public void A_NodeId_of_no_known_form_is_malformed(string bytes) =>
        Golden.Fails(bytes, StatusCodes.BadDecodingError, (ref r) => r.NodeId());

    [Fact]
    public void An_ExpandedNodeId_flags_its_namespace_URI_and_server()
    {
        Check(new ExpandedNodeId(new NodeId(72)), "00 48");
        Check(
            new ExpandedNodeId(new NodeId(72), "urn:x"),
            """
            80 48                       // two-byte form with a namespace URI
            05 00 00 00 75 72 6E 3A 78  // NamespaceUri
            """);
        Check(
            new ExpandedNodeId(new NodeId(1025, 5), null, 7),
            """
            41 05 01 04  // four-byte form with a server index
            07 00 00 00  // ServerIndex
            """);
        Check(
            new ExpandedNodeId(new NodeId("A", 0), "u", 1),
            """
            C3 00 00        // string form with both
            01 00 00 00 41  // identifier
            01 00 00 00 75  // NamespaceUri
            01 00 00 00     // ServerIndex
            """);
        Check(new ExpandedNodeId(new NodeId([0xAB], 3)), "05 03 00 01 00 00 00 AB");
    }

    [Fact]
    public void An_ExpandedNodeId_of_no_known_form_is_malformed() =>
        Golden.Fails("86 00 00 00 00 00 00", StatusCodes.BadDecodingError, (ref r) => r.ExpandedNodeId());

    [Fact]
    public void Null_ids_are_equal_in_every_form_and_hash_alike()
    {
        NodeId[] nulls = [NodeId.Null, new NodeId("", 0), new NodeId(Guid.Empty, 0), new NodeId(System.Array.Empty<byte>(), 0)];
        foreach (var id in nulls)
        {
            id.IsNull.ShouldBeTrue();
            id.ShouldBe(NodeId.Null);
            id.GetHashCode().ShouldBe(NodeId.Null.GetHashCode());
        }

        new NodeId("", 1).IsNull.ShouldBeFalse();
        new NodeId("", 1).ShouldNotBe(new NodeId(0, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("72")]
    [InlineData("i=")]
    [InlineData("i=-1")]
    [InlineData("i=4294967296")]
    [InlineData("ns=65536;i=1")]
    [InlineData("ns=1")]
    [InlineData("g=not-a-guid")]
    [InlineData("b=***")]
    [InlineData("x=1")]
    public void Text_that_is_no_NodeId_is_refused(string text) => NodeId.TryParse(text, out _).ShouldBeFalse();

    private static void Check(ExpandedNodeId id, string bytes) =>
        Golden.Value(id, bytes, (ref w, v) => w.ExpandedNodeId(v), (ref r) => r.ExpandedNodeId());
}
