using GdsSuite.Quickstart;

// The main job on one machine: a GDS, two gateways and an agent for each, as processes of their own.
var arguments = QuickstartArguments.Parse(args);
if (arguments.Problem is not null)
{
    Console.Error.WriteLine(arguments.Problem);
    Console.Error.WriteLine(QuickstartArguments.Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});

Directory.CreateDirectory(arguments.DataFolder);
await using var house = new House(arguments.DataFolder);
var terminal = new Terminal(Console.Out);
var walk = new Walk(house, terminal);
try
{
    var held = await walk.RunAsync(stop.Token);
    if (arguments.Once) return held ? 0 : 1;
    terminal.Say(held ? "All is running. Ctrl-C stops it." : "A step did not hold; what started keeps running so that you can look. Ctrl-C stops it.");
    await house.UntilStoppedAsync(stop.Token);
    return held ? 0 : 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    terminal.Say("Stopped.");
    return 130;
}
