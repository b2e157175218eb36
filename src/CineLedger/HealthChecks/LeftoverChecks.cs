using CineLedger.Files;

namespace CineLedger.HealthChecks;

/// <summary>Reports temporary files of processes that were killed. Nothing is reported if there are none.</summary>
internal static class LeftoverChecks
{
    private const int NamedFiles = 3;

    /// <summary>Checks the folder of a ledger that no process has open for writing.</summary>
    public static IEnumerable<CheckResult> CheckBeside(string ledger) => Check(Leftover.FindBeside(ledger), "the next load deletes them, or delete them now");

    public static IEnumerable<CheckResult> CheckTemporaryFolder() =>
        Check(Leftover.FindInTemporaryFolder(Path.GetTempPath()), "the next load or export deletes them once they are an hour old, or delete them now");

    private static IEnumerable<CheckResult> Check(IReadOnlyList<Leftover> found, string advice)
    {
        var abandoned = found.Where(left => !left.HasProcess).ToList();
        if (abandoned.Count > 0)
        {
            var names = string.Join(", ", abandoned.Take(NamedFiles).Select(left => left.Path));
            yield return CheckResult.Warning(
                "leftovers",
                $"{CheckFormatting.FormatSize(abandoned.Sum(left => left.Bytes))} of temporary files of killed processes: {names}{(abandoned.Count > NamedFiles ? " …" : "")}",
                advice);
        }
    }
}
