using System.Globalization;
using CineLedger.Measure;

return args switch
{
    ["file", var contender, var folder] => await WholeFiles.RunAsync(contender, folder),
    ["served", var address, var store, var runs] => await ServedReports.RunAsync(address, store, int.Parse(runs, CultureInfo.InvariantCulture)),
    ["vary", var from, var to] => await VariedDataset.WriteAsync(from, to),
    ["soak", .. { Length: 7 } soak] => await Soak.RunAsync(soak),
    _ => throw new ArgumentException("file CONTENDER FOLDER, served ADDRESS STORE RUNS, vary ZIP ZIP or soak ADDRESS PROCESS KEY SECONDS SOURCE CHANGED OTHER"),
};
