using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Gds.Host.Commands;

/// <summary>Says what an option takes in words of the user, where the parser would name a type of the program.</summary>
internal static class OptionWords
{
    /// <summary>Checks the values of the options of a command and of all below it.</summary>
    public static void Teach(Command command)
    {
        foreach (var option in command.Options)
        {
            if (RuleOf(Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType) is { } rule) option.Validators.Add(result => Check(result, rule));
        }

        foreach (var below in command.Subcommands) Teach(below);
    }

    private static void Check(OptionResult result, Func<string, string?> rule)
    {
        foreach (var token in result.Tokens)
        {
            if (rule(token.Value) is { } wrong) result.AddError($"{result.Option.Name} '{token.Value}' {wrong}.");
        }
    }

    /// <summary>What is wrong with a value; null for types that the parser itself has words for.</summary>
    private static Func<string, string?>? RuleOf(Type type)
    {
        if (type.IsEnum) return text => Enum.TryParse(type, text, ignoreCase: true, out var value) && Enum.IsDefined(type, value!) ? null : $"is none of {string.Join(", ", Enum.GetNames(type))}";
        if (type == typeof(int)) return text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "is no whole number";
        if (type == typeof(DateTimeOffset)) return text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) ? null : "is no time such as 2026-01-31T12:00:00Z";
        return null;
    }
}
