using System.Globalization;

namespace CineLedger.HealthChecks;

/// <summary>Checks the machine: space for temporary files, and the limit on open files and connections.</summary>
internal static class MachineChecks
{
    /// <summary>Temporary space for downloads and large sorts.</summary>
    private const long RecommendedFreeBytes = 1L << 30;

    private const long RequiredFreeBytes = 64L << 20;

    /// <summary>A server's 2000 connections plus other open files.</summary>
    private const long RecommendedOpenFiles = 4096;

    public static IEnumerable<CheckResult> Run()
    {
        yield return CheckFolder("temporary files", Path.GetTempPath(), RecommendedFreeBytes, "set TMPDIR to a folder with more space");
        if (OperatingSystem.IsLinux() && ReadOpenFileLimit() is { } files)
        {
            var found = files == long.MaxValue ? "no limit" : FormattableString.Invariant($"at most {files:N0}");
            yield return files >= RecommendedOpenFiles
                ? CheckResult.Healthy("open files", found)
                : CheckResult.Warning(
                    "open files",
                    found,
                    FormattableString.Invariant($"raise it to {RecommendedOpenFiles} or more (ulimit -n, LimitNOFILE): a server accepts 2000 connections"));
        }
    }

    /// <summary>Checks whether a folder is writable and has free space.</summary>
    public static CheckResult CheckFolder(string name, string folder, long recommended, string advice)
    {
        try
        {
            using (File.Create(Path.Combine(folder, $".cineledger-{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose))
            {
                // Creating it shows that the folder is writable.
            }

            var free = new DriveInfo(folder).AvailableFreeSpace;
            var found = $"{folder} is writable, {CheckFormatting.FormatSize(free)} free";
            return free >= recommended ? CheckResult.Healthy(name, found)
                : free >= RequiredFreeBytes ? CheckResult.Warning(name, found, advice)
                : CheckResult.Unhealthy(name, found, advice);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return CheckResult.Unhealthy(name, $"{folder} is not writable: {CheckFormatting.ToOneLine(error.Message)}", advice);
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
