using System.Globalization;
using CineLedger.Measure;

return args switch
{
    ["file", var contender, var folder] => await FileBenchmark.RunAsync(contender, folder),
    ["served", var address, var store, var runs] => await ServedReportBenchmark.RunAsync(address, store, int.Parse(runs, CultureInfo.InvariantCulture)),
    ["vary", var from, var to] => await VariedDataset.WriteAsync(from, to),
    ["soak", .. { Length: 7 } soak] => await Soak.RunAsync(soak),
    ["push", var address, var key, var store, var seconds] => await PushBenchmark.RunAsync(address, key, store, int.Parse(seconds, CultureInfo.InvariantCulture)),
    ["stream", "rate", var movies, var command, var store] => await StreamBenchmark.RateAsync(movies, command, store),
    ["stream", "latency", var movies, var command, var store, var address] => await StreamBenchmark.LatencyAsync(movies, command, store, address),
    ["stream", "kills", var movies, var command, var store] => await StreamBenchmark.KillsAsync(movies, command, store),
    _ => throw new ArgumentException("file CONTENDER FOLDER, served ADDRESS STORE RUNS, vary ZIP ZIP, soak ADDRESS PROCESS KEY SECONDS SOURCE CHANGED OTHER, push ADDRESS KEY MOVIES SECONDS, stream rate|kills MOVIES COMMAND STORE or stream latency MOVIES COMMAND STORE ADDRESS"),
};
