using Ua.Core;

namespace Ua.Client;

/// <summary>An opc.tcp URL taken apart; the default port is 4840 (Part 6, 7.2).</summary>
internal sealed record ServerUrl(string Text, string Host, int Port, string Path)
{
    public const int DefaultPort = 4840;

    public static ServerUrl Parse(string? text) =>
        TryParse(text) ?? throw new UaException(StatusCodes.BadTcpEndpointUrlInvalid, $"'{text}' is not an opc.tcp URL such as opc.tcp://host:4840.");

    public static ServerUrl? TryParse(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)) return null;
        if (!string.Equals(uri.Scheme, "opc.tcp", StringComparison.OrdinalIgnoreCase) || uri.Host.Length == 0 || text!.Length >= 4096) return null;
        return new(text, uri.IdnHost.Trim('[', ']'), uri.Port > 0 ? uri.Port : DefaultPort, uri.AbsolutePath);
    }
}
