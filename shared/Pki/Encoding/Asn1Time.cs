using System.Formats.Asn1;

namespace Pki;

/// <summary>Time as certificates carry it: whole seconds, UTCTime up to 2049 and GeneralizedTime after (RFC 5280, 4.1.2.5).</summary>
internal static class Asn1Time
{
    public static DateTimeOffset WholeSeconds(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond));
    }

    public static void Write(AsnWriter writer, DateTimeOffset time)
    {
        var whole = WholeSeconds(time);
        if (whole.Year is >= 1950 and < 2050) writer.WriteUtcTime(whole);
        else writer.WriteGeneralizedTime(whole, omitFractionalSeconds: true);
    }

    public static DateTimeOffset Read(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    public static bool IsNext(AsnReader reader) =>
        reader.HasData && (reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) || reader.PeekTag().HasSameClassAndValue(Asn1Tag.GeneralizedTime));
}
