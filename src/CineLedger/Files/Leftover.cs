using System.Globalization;
using System.Text.RegularExpressions;

namespace CineLedger.Files;

/// <summary>A temporary file or folder of another process, which may have ended without deleting it. See docs/decisions/0064.</summary>
/// <param name="Path">The path of the file or folder.</param>
/// <param name="ProcessId">The ID of the process that created it.</param>
public sealed partial record Leftover(string Path, int ProcessId)
{
    /// <summary>The beginning of names in the temporary folder.</summary>
    internal const string Prefix = "cineledger-";

    private static readonly TimeSpan OldAge = TimeSpan.FromHours(1);

    /// <summary>The size of the file, or of all files in the folder.</summary>
    public long Bytes => GetFiles().Sum(file => file.Exists ? file.Length : 0);

    /// <summary>
    /// Whether no process with its ID runs on this machine. On a volume shared by containers the process may run elsewhere, so an open file counts as in use, and so
    /// does a folder that was written to within the last hour.
    /// </summary>
    public bool IsAbandoned => !HasProcess && (Directory.Exists(Path) ? IsOld : !IsOpen());

    /// <summary>Whether it is a copy that a process reads while another one has the original open.</summary>
    internal bool IsReadCopy => Path.EndsWith(".copy", StringComparison.Ordinal);

    /// <summary>Whether another process with its ID runs on this machine. This process does not count: it knows its own files by their token.</summary>
    internal bool HasProcess => ProcessId != Environment.ProcessId && TemporaryPaths.IsRunning(ProcessId);

    /// <summary>Whether nothing was written to it within the last hour.</summary>
    internal bool IsOld => GetFiles().Select(file => file.LastWriteTimeUtc).Append(File.GetLastWriteTimeUtc(Path)).Max() < DateTime.UtcNow - OldAge;

    /// <summary>Returns other processes' temporary files and folders beside a file: <c>FILE.PROCESS.TOKEN.KIND</c>, or the names of older versions, without a token.</summary>
    public static IReadOnlyList<Leftover> FindBeside(string file)
    {
        var path = System.IO.Path.GetFullPath(file);
        return Find(System.IO.Path.GetDirectoryName(path)!, System.IO.Path.GetFileName(path), Beside());
    }

    /// <summary>Returns the files and folders of other processes in a folder for temporary files.</summary>
    public static IReadOnlyList<Leftover> FindInTemporaryFolder(string folder) => Find(folder, Prefix, InTemporaryFolder());

    /// <summary>Deletes files and folders, as far as the system allows it. A failure is left to the next process.</summary>
    public static void Delete(IEnumerable<Leftover> leftovers)
    {
        foreach (var left in leftovers)
        {
            Delete(left.Path);
        }
    }

    /// <summary>Deletes a temporary file or folder, if it exists and the system allows it.</summary>
    internal static void Delete(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It belongs to another user, or another process is deleting it too.
        }
    }

    private static List<Leftover> Find(string folder, string prefix, Regex rest)
    {
        try
        {
            var found = new List<Leftover>();
            foreach (var path in Directory.EnumerateFileSystemEntries(folder))
            {
                var name = System.IO.Path.GetFileName(path);
                if (name.StartsWith(prefix, StringComparison.Ordinal)
                    && rest.Match(name[prefix.Length..]) is { Success: true, Groups: var parts }
                    && $"{parts["process"].ValueSpan}.{parts["token"].ValueSpan}" != TemporaryPaths.Owner
                    && (parts["token"].Success || parts["kind"].ValueSpan is "sqlcopy" || Directory.Exists(path))
                    && int.TryParse(parts["process"].ValueSpan, CultureInfo.InvariantCulture, out var process)
                    && new FileInfo(path).LinkTarget is null)
                {
                    found.Add(new Leftover(path, process));
                }
            }

            return found;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder cannot be listed.
            return [];
        }
    }

    private FileInfo[] GetFiles()
    {
        try
        {
            return Directory.Exists(Path) ? new DirectoryInfo(Path).GetFiles("*", SearchOption.AllDirectories) : [new FileInfo(Path)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Whether a process has the file open, as far as locks show it. A file that cannot be opened counts as open.</summary>
    private bool IsOpen()
    {
        try
        {
            using var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    [GeneratedRegex(@"^\.(?<process>\d{1,10})(\.(?<token>[0-9a-f]{8}))?(\.(sqlcopy|[0-9a-f]+))*\.(?<kind>tmp|new|copy|sqlcopy)(\.wal)?$")]
    private static partial Regex Beside();

    [GeneratedRegex(@"^(?<process>\d{1,10})\.(?<token>[0-9a-f]{8})-")]
    private static partial Regex InTemporaryFolder();
}
