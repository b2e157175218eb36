using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CineLedger.Cli;

/// <summary>
/// Checks whether the system's limits are high enough for a command. If the runtime cannot open one of its own files, start a thread or reserve address space,
/// it aborts before our code can print a message. The limits are therefore checked first, by code that needs none of these.
/// </summary>
internal static unsafe partial class SystemLimits
{
    /// <summary>The numbers of the limits: of Linux, and of macOS for open files.</summary>
    private const int Threads = 6, OpenFiles = 7, AddressSpace = 9, MacOpenFiles = 8;

    private const ulong RequiredFiles = 256, RequiredServerFiles = 512, RequiredThreads = 32, RequiredAddressSpace = 4_000_000_000;

    /// <summary>Returns whether every limit is high enough for a command; otherwise prints a line that names the limit that is too low.</summary>
    public static bool Check()
    {
        if ((DescribeFiles(RequiredFiles) ?? DescribeOthers()) is not { } limit)
        {
            return true;
        }

        StandardErrorDescriptor.Write(Encoding.UTF8.GetBytes(string.Concat("cineledger: ", limit, "\n")));
        return false;
    }

    /// <summary>Returns a sentence if the limit on open files is too low for a server; otherwise null.</summary>
    public static string? DescribeForServer() => DescribeFiles(RequiredServerFiles);

    private static string? DescribeFiles(ulong required) =>
        Read(OperatingSystem.IsMacOS() ? MacOpenFiles : OpenFiles) is var files && files < required ? Describe(files, required, "open files", "ulimit -n, LimitNOFILE") : null;

    /// <summary>The superuser may have any number of threads.</summary>
    private static string? DescribeOthers() => !OperatingSystem.IsLinux() ? null
        : !Environment.IsPrivilegedProcess && Read(Threads) is var threads && threads < RequiredThreads
            ? Describe(threads, RequiredThreads, "threads of this user", "ulimit -u, LimitNPROC")
        : Read(AddressSpace) is var bytes && bytes < RequiredAddressSpace
            ? Describe(bytes >> 20, RequiredAddressSpace >> 20, "MB of memory, used or reserved", "ulimit -v, LimitAS")
        : null;

    private static string Describe(ulong limit, ulong required, string what, string options) => string.Concat(
        string.Concat("the system allows only ", limit.ToString(CultureInfo.InvariantCulture), " ", what),
        string.Concat(", and ", required.ToString(CultureInfo.InvariantCulture), " are needed: raise the limit (", options),
        ").");

    private static ulong Read(int resource)
    {
        var limits = stackalloc ulong[2];
        return OperatingSystem.IsWindows() || GetLimits(resource, limits) != 0 ? ulong.MaxValue : limits[0];
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetLimits(int resource, ulong* limits);
}
