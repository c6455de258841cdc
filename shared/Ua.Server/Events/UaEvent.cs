using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Server.Events;

/// <summary>
/// One event: its type and its fields by name. The fields of BaseEventType (Part 5, 6.4.2) are always there; a field that was
/// not set reads as null.
/// </summary>
public sealed class UaEvent
{
    private readonly Dictionary<EventFieldPath, Variant> _fields = [];

    /// <summary>An event that happens now.</summary>
    /// <param name="eventType">BaseEventType or one of its subtypes.</param>
    /// <param name="sourceNode">The node that the event is about.</param>
    /// <param name="sourceName">Its name.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="severity">1 (least urgent) to 1000.</param>
    /// <param name="time">When it happened (UTC).</param>
    public UaEvent(NodeId eventType, NodeId sourceNode, string sourceName, LocalizedText message, ushort severity, DateTime time)
    {
        ArgumentOutOfRangeException.ThrowIfZero(severity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(severity, 1000);
        EventType = eventType;
        SourceNode = sourceNode;
        EventId = RandomNumberGenerator.GetBytes(16);
        this["EventType"] = eventType;
        this["SourceNode"] = sourceNode;
        this["SourceName"] = sourceName;
        this["Time"] = time;
        this["ReceiveTime"] = time;
        this["Message"] = message;
        this["Severity"] = severity;
    }

    public NodeId EventType { get; }

    public NodeId SourceNode { get; }

    /// <summary>Fresh with each event; set only where the event of a condition's state is sent once more (Part 9, 4.5).</summary>
    public byte[] EventId
    {
        get => (byte[])this["EventId"].Value!;
        init => this["EventId"] = value;
    }

    /// <summary>The id that the operand "NodeId of the event itself" gives: the ConditionId of conditions (Part 9, 5.5.2.13).</summary>
    public NodeId ConditionId { get; init; }

    /// <summary>A field by its path; null where it was not set. Names outside namespace 0 carry their index, such as <c>2:CertificateGroup</c>.</summary>
    public Variant this[EventFieldPath path]
    {
        get => _fields.GetValueOrDefault(path);
        set => _fields[path] = value;
    }
}
