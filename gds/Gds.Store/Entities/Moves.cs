namespace Gds.Store;

/// <summary>Says that a stored thing was asked to move to a state that cannot follow its present one.</summary>
public sealed class IllegalMoveException : InvalidOperationException
{
    public IllegalMoveException() { }
    public IllegalMoveException(string message) : base(message) { }
    public IllegalMoveException(string message, Exception inner) : base(message, inner) { }

    internal static IllegalMoveException Of<TState>(string what, TState from, TState to) where TState : struct, Enum
        => new($"{what} is {from} and cannot become {to}.");
}
