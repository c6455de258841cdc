using Microsoft.Extensions.Logging;
using Ua.Core;

namespace Ua.Gds;

/// <summary>What the GDS clients log.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The trust list {TrustList} could not be closed: {Status}: {Text}")]
    public static partial void TrustListNotClosed(ILogger logger, NodeId trustList, StatusCode status, string text);
}
