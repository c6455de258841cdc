namespace GdsSuite.Quickstart;

/// <summary>The walk as its reader sees it: a line for what begins, and one for each thing that was checked.</summary>
internal sealed class Terminal(TextWriter output)
{
    private int _step;

    public void Say(string text) => output.WriteLine(text);

    public void Step(string text)
    {
        output.WriteLine();
        output.WriteLine($"{++_step}. {text}");
    }

    public void Held(string text) => output.WriteLine($"   [ok]   {text}");

    public void Failed(string text) => output.WriteLine($"   [FAIL] {text}");

    public void Note(string text) => output.WriteLine($"          {text}");
}
