namespace Ua.Core;

/// <summary>The subscription itself changed, mostly because it ended (Part 4, 7.25.4).</summary>
public sealed record StatusChangeNotification(StatusCode Status, DiagnosticInfo? DiagnosticInfo = null)
    : IUaEncodable<StatusChangeNotification>
{
    public static uint BinaryEncodingId => 820;

    public void Write(ref UaWriter w)
    {
        w.StatusCode(Status);
        w.DiagnosticInfo(DiagnosticInfo);
    }

    public static StatusChangeNotification Read(ref UaReader r) => new(
        Status: r.StatusCode(),
        DiagnosticInfo: r.DiagnosticInfo());
}
