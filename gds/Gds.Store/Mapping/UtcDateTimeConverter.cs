using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Gds.Store.Mapping;

/// <summary>Stores times as UTC only; a local or unspecified time is a defect of the caller (the default value, never, is the exception).</summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    value => ToStore(value),
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc))
{
    private static DateTime ToStore(DateTime value) => value.Kind == DateTimeKind.Utc || value == default
        ? DateTime.SpecifyKind(value, DateTimeKind.Utc)
        : throw new ArgumentException($"A {value.Kind} time cannot be stored; give UTC.", nameof(value));
}
