using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CineLedger.SqlSandbox.Workers;

/// <summary>The limits that the operating system enforces on this process, whatever the engine is doing: see setrlimit(2).</summary>
internal static unsafe partial class ResourceLimits
{
    /// <summary>The numbers of the limits, the same on Linux and macOS.</summary>
    private const int ProcessorTime = 0, FileSize = 1, Data = 2, Core = 4;

    private const int PageBytes = 4096;

    /// <summary>Makes this process the first one that the system ends when memory runs out.</summary>
    public static void YieldMemory()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                File.WriteAllText("/proc/self/oom_score_adj", "1000");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A container may forbid it. The limits still hold.
        }
    }

    /// <summary>
    /// Sets the limits for the next statement. They are relative to what the process has used so far, since it runs several. Windows has no such limits:
    /// there, only the other process watches this one.
    /// </summary>
    public static void Apply(SqlLimits limits)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var self = Process.GetCurrentProcess();
        var seconds = self.TotalProcessorTime.TotalSeconds + (Math.Ceiling(limits.Timeout.TotalSeconds + 1) * Environment.ProcessorCount);
        Set(ProcessorTime, (ulong)Math.Ceiling(seconds) + 1);
        Set(FileSize, (ulong)limits.TemporaryFiles);
        Set(Core, 0);
        if (OperatingSystem.IsLinux())
        {
            Set(Data, ReadDataBytes() + (ulong)limits.ProcessMemory);
        }
    }

    /// <summary>Returns the bytes that count towards the limit on data: private writable memory, whether or not it is in use.</summary>
    private static ulong ReadDataBytes() =>
        ulong.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[5], CultureInfo.InvariantCulture) * PageBytes;

    /// <summary>Sets a limit, but none above that of the system.</summary>
    private static void Set(int resource, ulong value)
    {
        var pair = stackalloc ulong[2];
        if (Get(resource, pair) == 0)
        {
            pair[0] = Math.Min(value, pair[1]);
            _ = Set(resource, pair);
        }
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Get(int resource, ulong* limits);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Set(int resource, ulong* limits);
}
