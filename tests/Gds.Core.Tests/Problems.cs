namespace Gds.Core.Tests;

internal static class Problems
{
    /// <summary>The problem that an action ends with; the test fails when it ends otherwise.</summary>
    public static async Task<GdsProblem> ShouldBeRefusedAsync(this Task action, ProblemKind kind, string? text = null)
    {
        var problem = await Should.ThrowAsync<GdsProblem>(() => action);
        problem.Kind.ShouldBe(kind, problem.Message);
        if (text is not null) problem.Message.ShouldContain(text);
        return problem;
    }

    public static GdsProblem ShouldBeRefused(this Action action, ProblemKind kind, string? text = null)
    {
        var problem = Should.Throw<GdsProblem>(action);
        problem.Kind.ShouldBe(kind, problem.Message);
        if (text is not null) problem.Message.ShouldContain(text);
        return problem;
    }
}
