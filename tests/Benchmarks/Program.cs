using Benchmarks;

return args is ["micro", ..] ? Micro.Run(args[1..]) : await Run.Async(args);
