namespace Ua.Core;

/// <summary>The DateTime of the binary encoding: 100 ns ticks since 1601-01-01 UTC, clipped at both ends (Part 6, 5.2.2.5).</summary>
public static class UaTime
{
    private static readonly long s_epoch = new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>From 9999-12-31 23:59:59 on, a time is the largest time.</summary>
    private static readonly long s_last = new DateTime(9999, 12, 31, 23, 59, 59, DateTimeKind.Utc).Ticks;

    public static long ToTicks(DateTime value)
    {
        var ticks = (value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value).Ticks;
        if (ticks <= s_epoch) return 0;
        return ticks >= s_last ? long.MaxValue : ticks - s_epoch;
    }

    public static DateTime FromTicks(long ticks)
    {
        if (ticks <= 0) return DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
        return ticks >= s_last - s_epoch
            ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)
            : new DateTime(ticks + s_epoch, DateTimeKind.Utc);
    }
}
