using Ua.Core;

namespace Ua.Server.Subscriptions;

/// <summary>What one notification message will carry.</summary>
internal sealed class NotificationContents
{
    public List<MonitoredItemNotification> Values { get; } = [];

    public List<EventFieldList> Events { get; } = [];

    public ExtensionObject[] ToNotificationData()
    {
        var data = new List<ExtensionObject>(2);
        if (Values.Count > 0) data.Add(ExtensionObject.Of(new DataChangeNotification([.. Values], [])));
        if (Events.Count > 0) data.Add(ExtensionObject.Of(new EventNotificationList([.. Events])));
        return [.. data];
    }
}
