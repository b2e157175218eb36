using System.Runtime.InteropServices;

namespace CineLedger.Cli;

/// <summary>The descriptor of standard error, used without the console.</summary>
internal static unsafe partial class StandardErrorDescriptor
{
    private const int Number = 2;
    private const int GetFlags = 1;

    /// <summary>The flag of files that this process has opened itself: they are not inherited by child processes.</summary>
    private const int CloseOnExec = 1;

    /// <summary>
    /// Returns false if standard error was closed when the process started. Its number may then belong to a file that the process has opened since, such
    /// as the ledger.
    /// </summary>
    public static bool IsInherited() => OperatingSystem.IsWindows() || (GetDescriptorFlags(Number, GetFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0);

    /// <summary>Writes a text, if possible.</summary>
    public static void Write(byte[] text)
    {
        fixed (byte* bytes = text)
        {
            _ = IsInherited() ? Write(Number, bytes, text.Length) : 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetDescriptorFlags(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, byte* text, nint length);
}
