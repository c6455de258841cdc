namespace Ua.Core;

/// <summary>How the value of a variable may be accessed (Part 3, 8.57, 8.58). The low byte is the AccessLevel attribute, the whole is AccessLevelEx.</summary>
[Flags]
public enum AccessLevels : uint
{
    None = 0,
    CurrentRead = 1 << 0,
    CurrentWrite = 1 << 1,
    HistoryRead = 1 << 2,
    HistoryWrite = 1 << 3,
    SemanticChange = 1 << 4,
    StatusWrite = 1 << 5,
    TimestampWrite = 1 << 6,
    NonatomicRead = 1 << 8,
    NonatomicWrite = 1 << 9,
    WriteFullArrayOnly = 1 << 10,
    NoSubDataTypes = 1 << 11,
    NonVolatile = 1 << 12,
    Constant = 1 << 13,
}
