using System.CommandLine;
using System.Security.Cryptography;
using Gds.Core.Users;
using Gds.Host.Output;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds user: who may sign in. Passwords come from standard input, a prompt or are made here; never from the command line.</summary>
internal static class UserCommand
{
    public static Command Create() => new("user", "Users of the GDS.") { List(), Add(), Remove(), Password() };

    private static Command List() => new Command("list", "List users.").Calling(async (parsed, client, ct) =>
    {
        var all = await client.GetAsync("/users", GdsJson.Default.IReadOnlyListUserJson, ct);
        if (parsed.WantsJson()) JsonOut.Write(all, HostJson.Pretty.IReadOnlyListUserJson);
        else
        {
            Table.Write(["NAME", "ROLES", "DISABLED", "LAST LOGIN"], all.Select(u =>
                (IReadOnlyList<string?>)[u.Name, string.Join(" ", u.Roles), u.Disabled ? "yes" : "", Table.Time(u.LastLoginAt)]));
        }
    });

    private static Command Add()
    {
        var name = Name();
        var generate = Generate();
        var roles = new Option<string[]>("--role") { Description = $"Role of the user; may be given several times: {string.Join(", ", RoleNames.All)}." };
        return new Command("add", "Add a user.") { name, roles, generate }.Calling(async (parsed, client, ct) =>
        {
            var (password, made) = PasswordOf(parsed, generate);
            var user = parsed.GetRequiredValue(name);
            await client.PostAsync("/users", new NewUserJson(user, password, parsed.GetValue(roles) ?? []), GdsJson.Default.NewUserJson, ct);
            Say(parsed, user, made ? password : null, $"Added user {user}.");
        });
    }

    private static Command Remove()
    {
        var name = Name();
        return new Command("remove", "Remove a user.") { name }.Calling(async (parsed, client, ct) =>
        {
            await client.DeleteAsync($"/users/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}", ct);
            Done.Say(parsed, $"Removed user {parsed.GetRequiredValue(name)}.");
        });
    }

    private static Command Password()
    {
        var name = Name();
        var generate = Generate();
        return new Command("passwd", "Set the password of a user.") { name, generate }.Calling(async (parsed, client, ct) =>
        {
            var (password, made) = PasswordOf(parsed, generate);
            var user = parsed.GetRequiredValue(name);
            await client.PutAsync($"/users/{Uri.EscapeDataString(user)}/password", new PasswordJson(password), GdsJson.Default.PasswordJson, ct);
            Say(parsed, user, made ? password : null, $"The password of {user} was set.");
        });
    }

    private static Argument<string> Name() => new("name") { Description = "Name of the user." };

    private static Option<bool> Generate() => new("--generate") { Description = "Make a password and print it." };

    private static (string Password, bool Made) PasswordOf(ParseResult parsed, Option<bool> generate) => parsed.GetValue(generate)
        ? (RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20), true)
        : (PasswordInput.Read(", or use --generate"), false);

    private static void Say(ParseResult parsed, string user, string? password, string text)
    {
        if (parsed.WantsJson()) JsonOut.Write(new GeneratedPasswordJson(user, password), HostJson.Pretty.GeneratedPasswordJson);
        else Console.WriteLine(password is null ? text : $"{text} Password: {password}");
    }
}
