using System.Globalization;
using CineLedger.Measure;

return args switch
{
    ["file", var contender, var folder] => await WholeFiles.RunAsync(contender, folder),
    ["served", var address, var store, var runs] => await ServedReports.RunAsync(address, store, int.Parse(runs, CultureInfo.InvariantCulture)),
    ["soak", .. { Length: 6 } soak] => await Soak.RunAsync(soak),
    _ => throw new ArgumentException("file CONTENDER FOLDER, served ADDRESS STORE RUNS or soak ADDRESS PROCESS KEY SOURCE SOURCE SECONDS"),
};
