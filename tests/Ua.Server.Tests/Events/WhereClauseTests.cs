using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Events;

/// <summary>Where clauses: operators with three outcomes, and what is wrong with wrong ones.</summary>
public sealed class WhereClauseTests
{
    private static readonly AddressSpace s_space = AddressSpace.WithStandardNodes(TimeProvider.System, "urn:test");
    private static readonly DateTime s_time = new(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    private static readonly UaEvent s_event = new(EventTypeIds.AuditCreateSessionEvent, new NodeId(2253), "Server", new LocalizedText("en", "pump 7 stopped"), 500, s_time);

    private static ExtensionObject Literal(Variant value) => ExtensionObject.Of(new LiteralOperand(value));

    private static ExtensionObject Element(uint index) => ExtensionObject.Of(new ElementOperand(index));

    private static ExtensionObject Field(string name, uint type = 2041) => ExtensionObject.Of(new SimpleAttributeOperand(new NodeId(type), [new QualifiedName(name)], 13));

    private static ContentFilterElement Of(FilterOperator op, params ExtensionObject[] operands) => new(op, operands);

    private static bool Matches(params ContentFilterElement[] elements) =>
        WhereClause.Read(new ContentFilter(elements), s_space, out _).ShouldNotBeNull().Matches(s_event);

    [Fact]
    public void No_clause_lets_everything_pass() => Matches().ShouldBeTrue();

    [Theory]
    [InlineData(FilterOperator.Equals, 500, true)]
    [InlineData(FilterOperator.Equals, 499, false)]
    [InlineData(FilterOperator.GreaterThan, 499, true)]
    [InlineData(FilterOperator.GreaterThan, 500, false)]
    [InlineData(FilterOperator.GreaterThanOrEqual, 500, true)]
    [InlineData(FilterOperator.LessThan, 500, false)]
    [InlineData(FilterOperator.LessThan, 501, true)]
    [InlineData(FilterOperator.LessThanOrEqual, 500, true)]
    public void Numbers_compare_across_types(FilterOperator op, int literal, bool expected)
    {
        Matches(Of(op, Field("Severity"), Literal(literal))).ShouldBe(expected);
        Matches(Of(op, Field("Severity"), Literal((double)literal))).ShouldBe(expected);
        Matches(Of(op, Field("Severity"), Literal((ulong)literal))).ShouldBe(expected);
    }

    [Fact]
    public void Texts_times_and_ids_compare()
    {
        Matches(Of(FilterOperator.Equals, Field("SourceName"), Literal("Server"))).ShouldBeTrue();
        Matches(Of(FilterOperator.Equals, Field("Message"), Literal("pump 7 stopped"))).ShouldBeTrue();
        Matches(Of(FilterOperator.GreaterThan, Field("Time"), Literal(s_time.AddSeconds(-1)))).ShouldBeTrue();
        Matches(Of(FilterOperator.Equals, Field("SourceNode"), Literal(new NodeId(2253)))).ShouldBeTrue();
        Matches(Of(FilterOperator.Equals, Field("SourceNode"), Literal(new NodeId(2254)))).ShouldBeFalse();
        Matches(Of(FilterOperator.Equals, Field("EventId"), Literal(s_event.EventId))).ShouldBeTrue();
    }

    [Fact]
    public void Operands_of_different_types_meet_in_the_one_that_takes_precedence()
    {
        Matches(Of(FilterOperator.Equals, Field("Severity"), Literal("500"))).ShouldBeTrue();
        Matches(Of(FilterOperator.LessThan, Literal("499"), Field("Severity"))).ShouldBeTrue();
        Matches(Of(FilterOperator.Equals, Field("Severity"), Literal("many"))).ShouldBeFalse();
        Matches(Of(FilterOperator.Equals, Literal(true), Literal((byte)1))).ShouldBeTrue();
        Matches(Of(FilterOperator.Equals, Literal("true"), Literal(true))).ShouldBeTrue();
        Matches(Of(FilterOperator.Equals, Field("SourceNode"), Literal("i=2253"))).ShouldBeTrue();
        Matches(Of(FilterOperator.Equals, Literal(Guid.Empty), Literal(Guid.Empty.ToString()))).ShouldBeTrue();
        // No conversion leads from one to the other: they are not equal, and that is known.
        Matches(Of(FilterOperator.Not, Element(1)), Of(FilterOperator.Equals, Field("Severity"), Literal(s_time))).ShouldBeTrue();
    }

    public static TheoryData<string, uint, object?> Casts => new()
    {
        { "500", 7, 500u },
        { "-1", 7, null },
        { "1.5", 6, 2 },
        { "-1.5", 6, -1 },
        { "x", 6, null },
        { "1e3", 11, 1000d },
        { "true", 1, true },
        { "0", 1, false },
        { "i=85", 17, new NodeId(85) },
        { "2026-06-01T12:00:00Z", 13, s_time },
        { "2026-06-01T12:00:00Z", 294, s_time }, // UtcTime is a DateTime
        { "4", 29, 4 }, // an enumeration travels as Int32
        { "4", 26, null }, // Number is no type that a value could have
        { "4", 99999, null },
        { "text", 21, new LocalizedText("text") },
        { "300", 3, null },
    };

    [Theory]
    [MemberData(nameof(Casts))]
    public void A_cast_turns_a_text_into_another_type(string text, uint dataType, object? expected) => AfterCast(text, dataType).ShouldBe(expected);

    [Fact]
    public void A_cast_turns_one_type_into_another()
    {
        AfterCast(2.5f, 6).ShouldBe(3);
        AfterCast(1e30, 6).ShouldBeNull();
        AfterCast(double.NaN, 6).ShouldBeNull();
        AfterCast(true, 5).ShouldBe((ushort)1);
        AfterCast(7, 1).ShouldBe(true);
        AfterCast(7, 12).ShouldBe("7");
        AfterCast(s_time, 12).ShouldBe("2026-06-01T12:00:00Z");
        AfterCast(new NodeId(85), 12).ShouldBe("i=85");
        AfterCast(new NodeId(85), 18).ShouldBe(new ExpandedNodeId(new NodeId(85)));
        AfterCast(Guid.Empty.ToByteArray(), 14).ShouldBe(Guid.Empty);
        AfterCast(Variant.Scalar(BuiltInType.StatusCode, StatusCodes.BadTimeout), 5).ShouldBe((ushort)(StatusCodes.BadTimeout.Code >> 16));
        AfterCast(Variant.Array(BuiltInType.Int32, new[] { 1 }), 6).ShouldBeNull();
    }

    private static object? AfterCast(Variant value, uint dataType) =>
        ValueTypes.BuiltInOf(s_space, new NodeId(dataType)) is { } type ? FilterConversion.To(value, type).Value : null;

    [Fact]
    public void A_cast_is_an_operand_like_any_other()
    {
        Matches(Of(FilterOperator.Equals, Element(1), Literal("500")), Of(FilterOperator.Cast, Field("Severity"), Literal(new NodeId(12)))).ShouldBeTrue();
        Matches(Of(FilterOperator.IsNull, Element(1)), Of(FilterOperator.Cast, Field("Severity"), Literal(new NodeId(17)))).ShouldBeTrue();
        Matches(Of(FilterOperator.IsNull, Element(1)), Of(FilterOperator.Cast, Field("Severity"), Literal("no type"))).ShouldBeTrue();
    }

    [Fact]
    public void Bits_are_as_wide_as_the_wider_operand()
    {
        Matches(Of(FilterOperator.Equals, Element(1), Literal(0x1F4)), Of(FilterOperator.BitwiseAnd, Field("Severity"), Literal(0xFFFF_FFFFu))).ShouldBeTrue();
        Matches(Of(FilterOperator.Equals, Element(1), Literal(0x1FF)), Of(FilterOperator.BitwiseOr, Field("Severity"), Literal((byte)0x0F))).ShouldBeTrue();
        Matches(Of(FilterOperator.IsNull, Element(1)), Of(FilterOperator.BitwiseAnd, Field("Severity"), Literal(1.0))).ShouldBeTrue();
        var wide = FilterValues.Bits((sbyte)-1, 0x00FFu, FilterOperator.BitwiseAnd);
        (wide.Type, wide.Value).ShouldBe((BuiltInType.UInt32, 0xFFu));
        FilterValues.Bits((sbyte)-1, 0u, FilterOperator.BitwiseOr).Value.ShouldBe(uint.MaxValue);
    }

    [Fact]
    public void What_is_not_there_is_neither_true_nor_false()
    {
        var incomparable = Of(FilterOperator.Equals, Field("SessionId", 2069), Literal("500"));
        Matches(incomparable).ShouldBeFalse();
        Matches(Of(FilterOperator.Not, Element(1)), incomparable).ShouldBeFalse();
        Matches(Of(FilterOperator.Or, Element(1), Literal(true)), incomparable).ShouldBeTrue();
        Matches(Of(FilterOperator.And, Element(1), Literal(true)), incomparable).ShouldBeFalse();
    }

    [Fact]
    public void Operators_combine()
    {
        var low = Of(FilterOperator.LessThan, Field("Severity"), Literal(600));
        var high = Of(FilterOperator.GreaterThan, Field("Severity"), Literal(600));
        Matches(Of(FilterOperator.And, Element(1), Element(2)), low, high).ShouldBeFalse();
        Matches(Of(FilterOperator.Or, Element(1), Element(2)), low, high).ShouldBeTrue();
        Matches(Of(FilterOperator.Not, Element(1)), high).ShouldBeTrue();
        Matches(Of(FilterOperator.Between, Field("Severity"), Literal(500), Literal(501))).ShouldBeTrue();
        Matches(Of(FilterOperator.Between, Field("Severity"), Literal(501), Literal(600))).ShouldBeFalse();
        Matches(Of(FilterOperator.InList, Field("Severity"), Literal(1), Literal(500))).ShouldBeTrue();
        Matches(Of(FilterOperator.InList, Field("Severity"), Literal(1), Literal(2))).ShouldBeFalse();
        Matches(Of(FilterOperator.IsNull, Field("SessionId", 2069))).ShouldBeTrue();
        Matches(Of(FilterOperator.IsNull, Field("Message"))).ShouldBeFalse();
    }

    [Fact]
    public void Events_are_told_by_their_type()
    {
        Matches(Of(FilterOperator.OfType, Literal(EventTypeIds.AuditSessionEvent))).ShouldBeTrue();
        Matches(Of(FilterOperator.OfType, Literal(EventTypeIds.AuditCreateSessionEvent))).ShouldBeTrue();
        Matches(Of(FilterOperator.OfType, Literal(EventTypeIds.AuditUpdateMethodEvent))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("pump%", true)]
    [InlineData("%stopped", true)]
    [InlineData("pump _ stopped", true)]
    [InlineData("pump [0-9] stopped", true)]
    [InlineData("pump [^0-9] stopped", false)]
    [InlineData("pump", false)]
    [InlineData("%%%", true)]
    [InlineData("pump [0-9", false)]
    [InlineData("PUMP%", false)]
    [InlineData("pump \\_ stopped", false)]
    public void Texts_match_patterns(string pattern, bool expected) => Matches(Of(FilterOperator.Like, Field("Message"), Literal(pattern))).ShouldBe(expected);

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "%", true)]
    [InlineData("", "_", false)]
    [InlineData("a%b", "a\\%b", true)]
    [InlineData("axb", "a\\%b", false)]
    [InlineData("aaab", "%a_b", true)]
    [InlineData("]", "[]]", false)]
    public void Patterns_have_edges(string text, string pattern, bool expected) => LikePattern.Matches(text, pattern).ShouldBe(expected);

    [Fact]
    public void A_pattern_that_would_run_for_ever_elsewhere_ends_here()
    {
        var pattern = string.Concat(Enumerable.Repeat("%a", 200)) + "b";
        LikePattern.Matches(new string('a', 5_000), pattern).ShouldBeFalse();
    }

    public static TheoryData<string, string, string> WrongElements => new()
    {
        { "too few operands", "BadFilterOperandCountMismatch", "" },
        { "too many operands", "BadFilterOperandCountMismatch", "" },
        { "unsupported operator", "BadFilterOperatorUnsupported", "" },
        { "unknown operator", "BadFilterOperatorInvalid", "" },
        { "circle", "BadFilterOperandInvalid", "BadFilterOperandInvalid" },
        { "element that is not there", "BadFilterOperandInvalid", "BadFilterOperandInvalid" },
        { "unknown operand", "BadFilterOperandInvalid", "BadFilterOperandInvalid" },
        { "malformed operand", "BadFilterOperandInvalid", "BadDecodingError" },
        { "unknown field", "BadFilterOperandInvalid", "BadNodeIdUnknown" },
    };

    [Theory]
    [MemberData(nameof(WrongElements))]
    public void A_wrong_element_is_named(string what, string expected, string ofOperand)
    {
        var element = what switch
        {
            "too few operands" => Of(FilterOperator.Equals, Field("Severity")),
            "too many operands" => Of(FilterOperator.Not, Field("Severity"), Literal(true)),
            "unsupported operator" => Of(FilterOperator.RelatedTo, Literal(1), Literal(2)),
            "unknown operator" => Of((FilterOperator)99, Literal(1)),
            "circle" => Of(FilterOperator.Not, Element(0)),
            "element that is not there" => Of(FilterOperator.Not, Element(7)),
            "unknown operand" => Of(FilterOperator.Not, ExtensionObject.Of(new AttributeOperand(new NodeId(85), null, new RelativePath([]), 13, null))),
            "malformed operand" => Of(FilterOperator.Not, new ExtensionObject(new NodeId(597), ExtensionObjectEncoding.Binary, [99])),
            _ => Of(FilterOperator.Not, Field("Nonsense")),
        };
        WhereClause.Read(new ContentFilter([element]), s_space, out var result).ShouldBeNull();
        var first = result.ElementResults.ShouldHaveSingleItem();
        first.StatusCode.ToString().ShouldBe(expected);
        if (ofOperand.Length > 0) first.OperandStatusCodes.ShouldContain(s => s.ToString() == ofOperand);
    }
}
