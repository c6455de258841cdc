using System.Text;

namespace Gds.Host.Commands;

/// <summary>Reads a password: a line of standard input, or what is typed unseen, twice.</summary>
internal static class PasswordInput
{
    /// <param name="otherWay">What else a caller can do; empty where there is nothing.</param>
    public static string Read(string otherWay = "")
    {
        var password = Console.IsInputRedirected ? Console.In.ReadLine() : Prompt("Password: ");
        if (string.IsNullOrEmpty(password)) throw new CommandProblem(ExitCodes.Usage, $"No password was given; write it to standard input{otherWay}.");
        if (!Console.IsInputRedirected && Prompt("Again: ") != password) throw new CommandProblem(ExitCodes.Usage, "The two passwords differ.");
        return password;
    }

    private static string Prompt(string text)
    {
        Console.Error.Write(text);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
