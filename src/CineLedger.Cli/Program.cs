using System.Runtime;
using CineLedger.Cli;
using CineLedger.Files;
using CineLedger.SqlSandbox.Workers;

if (!SystemLimits.Check())
{
    return 1;
}

PrivateFiles.Enable();

if (args is [SqlWorker.Argument])
{
    await SqlWorker.RunAsync(CancellationToken.None);
    return 0;
}

// Turns background garbage collection off, since fast commands use all processors. It stays enabled in the project file, because that setting also
// bounds generation 1.
GCSettings.LatencyMode = GCLatencyMode.Batch;
return await Application.RunAsync(args);
