using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GatewayAgent.Configuration;

/// <summary>A misspelt key is an error with its name and the nearest one that exists: silently ignored it would leave a gateway unprotected.</summary>
internal static class UnknownKeys
{
    public static void Refuse(JsonElement element, JsonTypeInfo type, string path = "")
    {
        if (element.ValueKind == JsonValueKind.Object && type.Kind == JsonTypeInfoKind.Object) RefuseIn(element, type, path);
        if (element.ValueKind != JsonValueKind.Array || type.Kind != JsonTypeInfoKind.Enumerable || type.ElementType is null) return;
        var index = 0;
        foreach (var item in element.EnumerateArray()) Refuse(item, type.Options.GetTypeInfo(type.ElementType), $"{path}[{index++}]");
    }

    private static void RefuseIn(JsonElement element, JsonTypeInfo type, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var key = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (!seen.Add(member.Name)) throw AgentConfiguration.Wrong(key, "is there twice");
            var property = type.Properties.FirstOrDefault(p => p.Name == member.Name) ?? throw Unknown(key, member.Name, type);
            Refuse(member.Value, type.Options.GetTypeInfo(property.PropertyType), key);
        }
    }

    private static AgentProblem Unknown(string key, string name, JsonTypeInfo type)
    {
        var nearest = type.Properties.Select(p => (p.Name, Distance: Distance(name, p.Name))).MinBy(p => p.Distance);
        var hint = nearest.Distance <= Math.Max(2, name.Length / 3)
            ? $"did you mean '{nearest.Name}'?"
            : $"known here are {string.Join(", ", type.Properties.Select(p => p.Name))}.";
        return new AgentProblem(ProblemKind.Usage, $"agent.json: {key} is not a key; {hint}");
    }

    /// <summary>How many letters have to change, whatever their case.</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (same ? 0 : 1));
            }

            previous = current;
        }

        return previous[^1];
    }
}
