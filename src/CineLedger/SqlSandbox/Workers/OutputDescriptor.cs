using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CineLedger.SqlSandbox.Workers;

/// <summary>The pipe to the process that started this one.</summary>
internal static unsafe partial class OutputDescriptor
{
    private const int StandardOutput = 1, StandardError = 2, WriteOnly = 1;

    /// <summary>
    /// Returns the standard output and discards what is written to it, or to standard error, from now on: an engine's function that prints, or a
    /// runtime that aborts, must not write into the pipe or into another program's log.
    /// </summary>
    public static Stream Detach()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var pipe = Duplicate(StandardOutput);
        var nowhere = Open("/dev/null"u8, WriteOnly);
        if (pipe < 0 || nowhere < 0 || Replace(nowhere, StandardOutput) < 0 || Replace(nowhere, StandardError) < 0)
        {
            throw new IOException("the standard output of the SQL worker cannot be replaced");
        }

        return new FileStream(new SafeFileHandle(pipe, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    private static int Open(ReadOnlySpan<byte> path, int flags)
    {
        fixed (byte* start = path)
        {
            return Open(start, flags);
        }
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Replace(int descriptor, int replaced);

    [LibraryImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(byte* path, int flags);
}
