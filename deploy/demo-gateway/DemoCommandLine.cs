using System.CommandLine;

namespace GdsSuite.DemoGateway;

/// <summary>demo-gateway: a small OPC UA server and client on a trust folder, to see certificates and trust lists at work.</summary>
internal static class DemoCommandLine
{
    public static RootCommand Create(TextWriter output, TextWriter errors)
    {
        var name = new Option<string>("--name") { Description = "Name of the gateway: A, B, ...", Required = true };
        var pki = new Option<string>("--pki") { Description = "Root of its trust folder.", Required = true, HelpName = "DIR" };
        var layout = new Option<string>("--layout") { Description = "Layout of the trust folder.", DefaultValueFactory = _ => "spec-annex-f" };
        return new RootCommand("A real OPC UA server and client on a trust folder.")
        {
            Serve(output, errors, name, pki, layout),
            Read(output, name, pki, layout),
        };
    }

    private static Command Serve(TextWriter output, TextWriter errors, Option<string> name, Option<string> pki, Option<string> layout)
    {
        var port = new Option<int>("--port") { Description = "Port on localhost; 0 takes a free one.", Required = true };
        var administrator = new Option<string?>("--admin") { Description = "Name of a user who may push certificates and trust lists (role SecurityAdmin).", HelpName = "NAME" };
        var password = new Option<string?>("--admin-password-file") { Description = "File with the password of that user; standard input without it, or with -.", HelpName = "FILE" };
        var setup = new Option<bool>("--setup") { Description = "While nothing was ever trusted, the administrator may come from any client (application setup)." };
        var command = new Command("serve", "Serves until it is stopped; certificates and lists that change on disk, or are pushed, count at once.")
        {
            name, pki, layout, port, administrator, password, setup,
        };
        command.SetAction((parsed, cancellationToken) => DemoServer.RunAsync(
            new DemoGateway(parsed.GetValue(name)!, parsed.GetValue(pki)!, parsed.GetValue(layout)!),
            new DemoServing(parsed.GetValue(port), parsed.GetValue(administrator), parsed.GetValue(password), parsed.GetValue(setup)),
            output, errors, cancellationToken));
        return command;
    }

    private static Command Read(TextWriter output, Option<string> name, Option<string> pki, Option<string> layout)
    {
        var url = new Option<string>("--url") { Description = "The server to read from.", Required = true };
        var node = new Option<string>("--node") { Description = "The variable to read.", DefaultValueFactory = _ => "ns=1;s=Value" };
        var trustAny = new Option<bool>("--trust-any-server") { Description = "Skips the look at the server's certificate, to see what the server says to ours." };
        var command = new Command("read", "Connects with SignAndEncrypt as this gateway's client, reads a value and prints JSON.") { name, pki, layout, url, node, trustAny };
        command.SetAction((parsed, cancellationToken) => DemoClient.ReadAsync(
            new DemoGateway(parsed.GetValue(name)!, parsed.GetValue(pki)!, parsed.GetValue(layout)!),
            parsed.GetValue(url)!, parsed.GetValue(node)!, parsed.GetValue(trustAny), output, cancellationToken));
        return command;
    }
}
