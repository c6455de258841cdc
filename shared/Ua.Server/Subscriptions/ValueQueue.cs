using Ua.Core;

namespace Ua.Server.Subscriptions;

/// <summary>The bounded queue of a data item with its overflow rules (Part 4, 5.13.1.5). Not thread-safe: its subscription guards it.</summary>
internal sealed class ValueQueue(int size, bool discardOldest)
{
    /// <summary>InfoType DataValue with the bit Overflow (Part 4, 7.39.1).</summary>
    private const uint Overflow = 0x00000480;

    private readonly LinkedList<DataValue> _values = new();

    public int Size { get; private set; } = size;

    public bool DiscardOldest { get; private set; } = discardOldest;

    public int Count => _values.Count;

    /// <returns>False where a value was lost.</returns>
    public bool Add(DataValue value)
    {
        if (_values.Count < Size)
        {
            _values.AddLast(value);
            return true;
        }

        if (Size == 1)
        {
            _values.First!.Value = value;
        }
        else if (DiscardOldest)
        {
            _values.RemoveFirst();
            _values.AddLast(value);
            Mark(_values.First!);
        }
        else
        {
            _values.Last!.Value = value;
            Mark(_values.Last!);
        }

        return false;
    }

    public DataValue Take()
    {
        var value = _values.First!.Value;
        _values.RemoveFirst();
        return value;
    }

    public void Clear() => _values.Clear();

    public void Resize(int size, bool discardOldest)
    {
        Size = size;
        DiscardOldest = discardOldest;
        if (_values.Count <= size) return;
        while (_values.Count > size)
        {
            if (discardOldest) _values.RemoveFirst();
            else _values.RemoveLast();
        }

        if (size > 1) Mark(discardOldest ? _values.First! : _values.Last!);
    }

    private static void Mark(LinkedListNode<DataValue> node) =>
        node.Value = node.Value with { Status = new StatusCode(node.Value.Status.Code | Overflow) };
}
