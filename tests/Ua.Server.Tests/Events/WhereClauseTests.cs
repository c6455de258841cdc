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
    public void What_cannot_be_compared_is_neither_true_nor_false()
    {
        var incomparable = Of(FilterOperator.Equals, Field("Severity"), Literal("500"));
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
