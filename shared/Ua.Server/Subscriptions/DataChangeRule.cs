using Ua.Core;

namespace Ua.Server.Subscriptions;

/// <summary>Decides whether a sampled value is a change to report (Part 4, 7.22.2).</summary>
internal sealed class DataChangeRule(DataChangeTrigger trigger, double absoluteDeadband)
{
    public static readonly DataChangeRule Default = new(DataChangeTrigger.StatusValue, 0);

    public bool IsChange(DataValue? last, DataValue next)
    {
        if (last is null || last.Status.WithoutInfoBits != next.Status.WithoutInfoBits) return true;
        return trigger switch
        {
            DataChangeTrigger.Status => false,
            DataChangeTrigger.StatusValueTimestamp => last.SourceTimestamp != next.SourceTimestamp || ValueChanged(last.Value, next.Value),
            _ => ValueChanged(last.Value, next.Value),
        };
    }

    private bool ValueChanged(Variant last, Variant next)
    {
        if (absoluteDeadband <= 0) return last != next;
        if (last.Type != next.Type || last.IsArray != next.IsArray) return true;
        if (next.Value is not Array b || last.Value is not Array a) return Differs(last.Value, next.Value);
        if (a.Length != b.Length) return true;
        for (var i = 0; i < a.Length; i++)
            if (Differs(a.GetValue(i), b.GetValue(i))) return true;
        return false;
    }

    private bool Differs(object? last, object? next)
    {
        var (a, b) = (ToDouble(last), ToDouble(next));
        if (double.IsNaN(a) || double.IsNaN(b)) return double.IsNaN(a) != double.IsNaN(b);
        return Math.Abs(a - b) > absoluteDeadband;
    }

    private static double ToDouble(object? number) => Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture);
}
