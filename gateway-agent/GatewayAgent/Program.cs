using GatewayAgent.Commands;

return await AgentCommandLine.RunAsync(args, Console.Out, Console.Error);
