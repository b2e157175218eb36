using System.Diagnostics;

namespace CineLedger.Files;

/// <summary>
/// Puts the ID of this process into the names of temporary files and folders, so that other processes can tell which are still in use. A token distinguishes
/// processes with the same ID: in containers it is usually 1.
/// </summary>
public static class TemporaryPaths
{
    private static bool _isCleaned;

    /// <summary>The ID and the token of this process.</summary>
    internal static string Owner { get; } = FormattableString.Invariant($"{Environment.ProcessId}.{Guid.NewGuid().ToString("N")[..8]}");

    /// <summary>Returns whether a process with this ID runs on this machine.</summary>
    internal static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Returns a path beside a file: <c>FILE.PROCESS.TOKEN.KIND</c>.</summary>
    public static string GetBeside(string file, string kind) => $"{file}.{Owner}.{kind}";

    /// <summary>Returns a path in the temporary folder: <c>cineledger-PROCESS.TOKEN-NAME</c>.</summary>
    public static string Get(string name) => Path.Combine(Path.GetTempPath(), $"{Leftover.Prefix}{Owner}-{name}");

    /// <summary>Returns a new path in a folder for temporary files.</summary>
    /// <param name="extension">The end of the name, such as <c>.zip</c>; empty for none.</param>
    /// <param name="folder">The folder; null for the system's.</param>
    public static string Create(string extension = "", string? folder = null)
    {
        folder ??= Path.GetTempPath();
        DeleteLeftovers(folder);
        return Path.Combine(folder, $"{Leftover.Prefix}{Owner}-{Path.GetRandomFileName()}{extension}");
    }

    /// <summary>
    /// Creates a folder that only its owner can read beside a file, or in the temporary folder if the file's folder is read-only, as in a container image. The caller deletes it.
    /// </summary>
    /// <param name="file">The file; null for a folder in the temporary folder.</param>
    /// <param name="kind">The end of the name.</param>
    public static string CreateFolderBeside(string? file, string kind)
    {
        if (file is not null)
        {
            var folder = GetBeside(file, kind);
            try
            {
                return OperatingSystem.IsWindows()
                    ? Directory.CreateDirectory(folder).FullName
                    : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Use the system's folder.
            }
        }

        return CreateFolder().FullName;
    }

    /// <summary>Creates a new folder in the temporary folder that only its owner can read. The caller deletes it.</summary>
    public static DirectoryInfo CreateFolder()
    {
        DeleteLeftovers(Path.GetTempPath());
        return Directory.CreateTempSubdirectory($"{Leftover.Prefix}{Owner}-");
    }

    /// <summary>Deletes the leftovers of processes that have ended in a folder for temporary files. Only the first call in this process has an effect.</summary>
    public static void DeleteLeftovers(string folder)
    {
        if (!_isCleaned)
        {
            _isCleaned = true;
            Leftover.Delete(Leftover.FindInTemporaryFolder(folder).Where(left => left.IsAbandoned && left.IsOld));
        }
    }
}
