using System.Reflection;
using Ua.Core;

namespace Ua.Transport.Tests;

/// <summary>Status codes by their name, so that a theory's row can carry one.</summary>
internal static class Status
{
    public static StatusCode Of(string name) =>
        (StatusCode)typeof(StatusCodes).GetField(name, BindingFlags.Public | BindingFlags.Static).ShouldNotBeNull().GetValue(null)!;
}
