using Ua.Core;

namespace Ua.Server.Events;

/// <summary>The name of an event field: the browse names from the event type down to it, as one text (Part 4, 7.7.4.5).</summary>
public readonly record struct EventFieldPath
{
    private EventFieldPath(string text) => Text = text;

    /// <summary>Names joined by slashes, such as <c>EnabledState/Id</c>; empty for the event itself.</summary>
    public string Text { get; }

    public static implicit operator EventFieldPath(string name) => new(name);

    public static implicit operator EventFieldPath(QualifiedName name) => FromQualifiedName(name);

    public static EventFieldPath FromString(string name) => new(name);

    public static EventFieldPath FromQualifiedName(QualifiedName name) => new(name.ToString());

    public static EventFieldPath Of(QualifiedName[] path) => path.Length switch
    {
        0 => new(""),
        1 => new(path[0].ToString()),
        _ => new(string.Join('/', path)),
    };

    public override string ToString() => Text;
}
