using BenchmarkDotNet.Running;
using CineLedger.Benchmarks;

if (args is ["file", var contender, var folder])
{
    return await WholeFiles.RunAsync(contender, folder);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
