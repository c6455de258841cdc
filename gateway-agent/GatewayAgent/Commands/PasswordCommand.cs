using System.CommandLine;
using System.Text;
using GatewayAgent.Endpoint;
using GatewayAgent.Local;

namespace GatewayAgent.Commands;

/// <summary>password: the user who may push at the agent's endpoint. The password comes from a terminal or standard input, never from the command line.</summary>
internal static class PasswordCommand
{
    public static Command Create(CommandSetting setting)
    {
        var user = new Option<string>("--user") { Description = "Name of the user.", DefaultValueFactory = _ => Administrator.DefaultName, HelpName = "NAME" };
        var remove = new Option<bool>("--remove") { Description = "Takes the user away." };
        var command = new Command("password", "Sets the user who may push at the agent's endpoint; the password is read from the terminal or standard input.") { user, remove };
        command.SetAction((parsed, cancellationToken) => setting.RunAsync(parsed, createsFolder: true, async door =>
        {
            var name = parsed.GetValue(user)!;
            var removes = parsed.GetValue(remove);
            await door.SetAdministratorAsync(new AdministratorOrder(name, removes ? null : Read()), cancellationToken);
            await setting.Output.WriteLineAsync(removes ? "Nobody may push by a password any more." : $"{name} may push with this password.");
            return 0;
        }, cancellationToken));
        return command;
    }

    private static string Read()
    {
        var password = Console.IsInputRedirected ? Console.In.ReadLine() : Prompt("Password: ");
        if (string.IsNullOrEmpty(password)) throw new AgentProblem(ProblemKind.Usage, "No password was given; write it to standard input.");
        if (!Console.IsInputRedirected && Prompt("Again: ") != password) throw new AgentProblem(ProblemKind.Usage, "The two passwords differ.");
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
