using System.Runtime.InteropServices;

namespace CineLedger.Files;

/// <summary>
/// The permissions of new files. A ledger holds the secrets of webhooks, and its copies, its log and temporary files hold the same data; the engine creates most of
/// them itself. So everything that this process creates is for its user alone (mode 0600), and files made for others get the permissions that the user's mask gives.
/// </summary>
public static partial class PrivateFiles
{
    private const int All = 0b111_111_111;
    private const int ReadAndWrite = 0b110_110_110;
    private const int OwnerOnly = 0b000_111_111;

    /// <summary>The user's mask; null before <see cref="Enable"/>, and on Windows.</summary>
    private static int? _userMask;

    /// <summary>Makes new files and folders of this process and of its children private. Existing ones keep their permissions.</summary>
    public static void Enable()
    {
        if (!OperatingSystem.IsWindows())
        {
            _userMask = SetMask(OwnerOnly);
            _ = SetMask(_userMask.Value | OwnerOnly);
        }
    }

    /// <summary>Returns the options for writing a file that only its owner may read and that no other process can open meanwhile.</summary>
    public static FileStreamOptions CreateOptions(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <summary>Gives a new file, which its user asked for by name, the permissions of the user's other files.</summary>
    public static void ShareFile(string path) => Share(path, ReadAndWrite);

    /// <inheritdoc cref="ShareFile"/>
    public static void ShareFolder(string path) => Share(path, All);

    private static void Share(string path, int mode)
    {
        if (_userMask is { } mask && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)(mode & ~mask));
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetMask(int mask);
}
