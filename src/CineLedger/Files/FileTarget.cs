using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CineLedger.Files;

/// <summary>The target of an output path: nothing yet, a file to be replaced, a link, or something that can only be opened and written.</summary>
public static partial class FileTarget
{
    private const int CurrentFolder = -100;
    private const uint TypeOwnerAndMode = 0x1 | 0x2 | 0x8 | 0x10;
    private const int StatusBytes = 256, UserOffset = 20, GroupOffset = 24, ModeOffset = 28;
    private const int TypeMask = 0xF000, Folder = 0x4000, RegularFile = 0x8000;

    /// <summary>Resolves links to their final target, which need not exist.</summary>
    public static string ResolveLinks(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(Path.GetFullPath(path), returnFinalTarget: true)!.FullName;

    /// <summary>Returns whether a path, or the target of its link, is a named pipe, a device or a socket.</summary>
    public static bool IsSpecial(string path) => OperatingSystem.IsLinux()
        ? ReadStatus(path) is { } status && (status.Mode & TypeMask) is not (RegularFile or Folder)
        : !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(path);

    /// <summary>Gives a new file the permissions of the file that it will replace and, if the system allows it, the owner.</summary>
    public static void CopyPermissions(string from, string to)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(from))
        {
            return;
        }

        if (OperatingSystem.IsLinux() && ReadStatus(from) is { } status && ReadStatus(to) is { } own && (status.User, status.Group) != (own.User, own.Group))
        {
            // Only the superuser can give files away. It comes before the mode, because it may reset parts of the mode.
            _ = ChangeOwner(to, status.User, status.Group);
        }

        File.SetUnixFileMode(to, File.GetUnixFileMode(from));
    }

    /// <summary>Returns whether a write failed because the file would be too large. .NET reports the system's EFBIG as an argument error.</summary>
    public static bool IsTooLarge(Exception error) =>
        error is ArgumentOutOfRangeException && error.Message.StartsWith("Specified file length was too large", StringComparison.Ordinal);

    /// <summary>Reads the status of a file, following links; null if there is none. The layout of <c>statx</c> is the same on all processors.</summary>
    private static (int Mode, uint User, uint Group)? ReadStatus(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        return GetStatus(CurrentFolder, path, 0, TypeOwnerAndMode, status) != 0 ? null : (
            BinaryPrimitives.ReadUInt16LittleEndian(status[ModeOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(status[UserOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(status[GroupOffset..]));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetStatus(int folder, string path, int flags, uint fields, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
