using System.Globalization;

namespace CineLedger.HealthChecks;

/// <summary>What a process finds on this machine: temporary files, and how many files and connections it may have open.</summary>
internal static class MachineChecks
{
    /// <summary>Downloads and large sorts go there.</summary>
    private const long RecommendedFreeBytes = 1L << 30;

    private const long RequiredFreeBytes = 64L << 20;

    /// <summary>A server's 2000 connections, with what else is open.</summary>
    private const long RecommendedOpenFiles = 4096;

    public static IEnumerable<CheckResult> Run()
    {
        yield return CheckFolder("temporary files", Path.GetTempPath(), RecommendedFreeBytes, "set TMPDIR to a folder with more room");
        if (OperatingSystem.IsLinux() && ReadOpenFileLimit() is { } files)
        {
            var found = files == long.MaxValue ? "as many as wanted" : FormattableString.Invariant($"{files:N0} at the most");
            yield return files >= RecommendedOpenFiles
                ? CheckResult.Healthy("open files", found)
                : CheckResult.Warning("open files", found, FormattableString.Invariant($"raise it to {RecommendedOpenFiles} or more (ulimit -n, LimitNOFILE): a server takes 2000 connections"));
        }
    }

    /// <summary>Whether a folder can be written to, and has room.</summary>
    public static CheckResult CheckFolder(string name, string folder, long recommended, string advice)
    {
        try
        {
            using (File.Create(Path.Combine(folder, $".cineledger-{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose))
            {
                // It could be made, which is all that was asked.
            }

            var free = new DriveInfo(folder).AvailableFreeSpace;
            var found = $"{folder} can be written, {CheckFormatting.FormatSize(free)} free";
            return free >= recommended ? CheckResult.Healthy(name, found)
                : free >= RequiredFreeBytes ? CheckResult.Warning(name, found, advice)
                : CheckResult.Unhealthy(name, found, advice);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return CheckResult.Unhealthy(name, $"{folder} cannot be written: {CheckFormatting.OneLine(error.Message)}", advice);
        }
    }

    private static long? ReadOpenFileLimit()
    {
        try
        {
            var line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
            var soft = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
            return soft == "unlimited" ? long.MaxValue : long.Parse(soft, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
