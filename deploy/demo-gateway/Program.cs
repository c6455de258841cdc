using GdsSuite.DemoGateway;

return await DemoCommandLine.Create(Console.Out, Console.Error).Parse(args).InvokeAsync();
