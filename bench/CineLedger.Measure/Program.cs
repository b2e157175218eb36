using System.Globalization;
using CineLedger.Measure;

return args switch
{
    ["file", var contender, var folder] => await WholeFiles.RunAsync(contender, folder),
    ["served", var address, var store, var runs] => await ServedReports.RunAsync(address, store, int.Parse(runs, CultureInfo.InvariantCulture)),
    ["vary", var from, var to] => await VariedDataset.WriteAsync(from, to),
    ["soak", .. { Length: 7 } soak] => await Soak.RunAsync(soak),
    ["push", var address, var key, var store, var seconds] => await Pushes.RunAsync(address, key, store, int.Parse(seconds, CultureInfo.InvariantCulture)),
    ["stream", "rate", var films, var command, var store] => await Streams.RateAsync(films, command, store),
    ["stream", "latency", var films, var command, var store, var address] => await Streams.LatencyAsync(films, command, store, address),
    ["stream", "kills", var films, var command, var store] => await Streams.KillsAsync(films, command, store),
    _ => throw new ArgumentException("file CONTENDER FOLDER, served ADDRESS STORE RUNS, vary ZIP ZIP, soak ADDRESS PROCESS KEY SECONDS SOURCE CHANGED OTHER, push ADDRESS KEY FILMS SECONDS, stream rate|kills FILMS COMMAND STORE or stream latency FILMS COMMAND STORE ADDRESS"),
};
