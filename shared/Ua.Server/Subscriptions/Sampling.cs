using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Subscriptions;

/// <summary>One run of sampling for a data item, from start to stop.</summary>
internal sealed class Sampling(DataItem item, Sampler sampler, double interval)
{
    private readonly TimeSpan _interval = TimeSpan.FromMilliseconds(interval);

    /// <summary>Held while a value is read and queued, so that the newest is queued last.</summary>
    private readonly Lock _reading = new();
    private VariableNode? _announcing;
    private Due? _timer;
    private long _lastRead;
    private bool _isWaiting;
    private volatile bool _stopped;

    /// <summary>Reads the first value and begins to watch.</summary>
    public void Start()
    {
        if (item.Watched.AttributeId == (uint)AttributeId.Value
            && sampler.Space.Find(item.Watched.NodeId) is VariableNode { ValueSource: null } variable)
        {
            _announcing = variable;
            variable.ValueChanged += OnValueChanged;
        }
        else
        {
            _timer = sampler.Timer.Every(_interval, Read);
        }

        sampler.Space.Removed += OnRemoved;
        if (_stopped) Stop();
        Read();
    }

    public void Stop()
    {
        _stopped = true;
        _timer?.Cancel();
        sampler.Space.Removed -= OnRemoved;
        if (_announcing is { } variable) variable.ValueChanged -= OnValueChanged;
    }

    private void OnRemoved(Node node)
    {
        if (node.Id == item.Watched.NodeId) Read();
    }

    /// <summary>Reads at once, or as soon as the interval since the last reading is over.</summary>
    private void OnValueChanged(VariableNode variable)
    {
        lock (_reading)
        {
            if (_isWaiting) return;
            var since = sampler.Time.GetElapsedTime(_lastRead);
            if (since < _interval)
            {
                _isWaiting = true;
                _timer = sampler.Timer.Once(_interval - since, Read);
                return;
            }
        }

        Read();
    }

    private void Read()
    {
        lock (_reading)
        {
            if (_stopped) return;
            _isWaiting = false;
            _lastRead = sampler.Time.GetTimestamp();
            item.Sampled(this, sampler.Read(item.Watched));
        }
    }
}
