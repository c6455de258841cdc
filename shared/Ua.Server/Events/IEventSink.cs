namespace Ua.Server.Events;

/// <summary>Where events are raised; they reach every session that subscribed to a notifier of their source (Part 3, 4.7).</summary>
public interface IEventSink
{
    void Raise(UaEvent e);
}
