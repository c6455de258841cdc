using Ua.Core;

namespace Ua.Server.Services;

/// <summary>The rules for the operations of a request: at least one, and no more than the limit (Part 4, 7.38).</summary>
internal static class Operations
{
    public static void Check<T>(T[] operations, int most)
    {
        if (operations.Length == 0) throw new UaException(StatusCodes.BadNothingToDo, "The request carries no operation.");
        if (operations.Length > most)
            throw new UaException(StatusCodes.BadTooManyOperations, $"The request carries {operations.Length} operations; {most} are allowed.");
    }
}
