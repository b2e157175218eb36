using CineLedger.Cli;

return await Application.RunAsync(args);
