using System.Globalization;

namespace CineLedger.Checkup;

/// <summary>What a process finds on this machine: temporary files, and how many files and connections it may have open.</summary>
internal static class MachineChecks
{
    /// <summary>Downloads and large sorts go there.</summary>
    private const long RoomWanted = 1L << 30;

    private const long RoomNeeded = 64L << 20;

    /// <summary>A server's 2000 connections, with what else is open.</summary>
    private const long FilesWanted = 4096;

    public static IEnumerable<CheckResult> Look()
    {
        yield return LookAtFolder("temporary files", Path.GetTempPath(), RoomWanted, "set TMPDIR to a folder with more room");
        if (OperatingSystem.IsLinux() && OpenFiles() is { } files)
        {
            var found = files == long.MaxValue ? "as many as wanted" : FormattableString.Invariant($"{files:N0} at the most");
            yield return files >= FilesWanted
                ? CheckResult.Good("open files", found)
                : CheckResult.Warning("open files", found, FormattableString.Invariant($"raise it to {FilesWanted} or more (ulimit -n, LimitNOFILE): a server takes 2000 connections"));
        }
    }

    /// <summary>Whether a folder can be written to, and has room.</summary>
    public static CheckResult LookAtFolder(string name, string folder, long wanted, string advice)
    {
        try
        {
            using (File.Create(Path.Combine(folder, $".cineledger-{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose))
            {
                // It could be made, which is all that was asked.
            }

            var free = new DriveInfo(folder).AvailableFreeSpace;
            var found = $"{folder} can be written, {CheckText.Size(free)} free";
            return free >= wanted ? CheckResult.Good(name, found)
                : free >= RoomNeeded ? CheckResult.Warning(name, found, advice)
                : CheckResult.Bad(name, found, advice);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return CheckResult.Bad(name, $"{folder} cannot be written: {CheckText.OneLine(error.Message)}", advice);
        }
    }

    private static long? OpenFiles()
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
