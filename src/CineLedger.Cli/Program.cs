using System.Runtime;
using CineLedger.Cli;

// Nothing is collected beside the program's own work: what is to be fast uses all processors. That the runtime might (see the project file) bounds the
// middle generation all the same.
GCSettings.LatencyMode = GCLatencyMode.Batch;
return await Application.RunAsync(args);
