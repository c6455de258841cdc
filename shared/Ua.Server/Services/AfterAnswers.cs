using System.Runtime.CompilerServices;
using Ua.Core;

namespace Ua.Server.Services;

/// <summary>What is to happen after an answer has gone out, such as closing the channel that it went over.</summary>
internal sealed class AfterAnswers
{
    private readonly ConditionalWeakTable<IServiceResponse, Action> _actions = [];

    public void Add(IServiceResponse response, Action action) => _actions.Add(response, action);

    public void Run(IServiceResponse response)
    {
        if (_actions.TryGetValue(response, out var action) && _actions.Remove(response)) action();
    }
}
