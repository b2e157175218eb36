using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CineLedger.Model;
using Microsoft.Win32.SafeHandles;

namespace CineLedger.Sources;

/// <summary>
/// The length and last write time of a file: cheap to compare, and sufficient to detect that the file is still being written. Taken from the open handle,
/// so that replacing the file by a rename (the way to publish one) does not affect readers of the old file.
/// </summary>
internal readonly record struct FileStamp(long Length, DateTime LastWriteUtc)
{
    public static FileStamp Create(SafeFileHandle handle) => new(RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle));

    public static FileStamp Create(string path)
    {
        var file = new FileInfo(path);
        return new FileStamp(file.Length, file.LastWriteTimeUtc);
    }

    /// <summary>Returns the version of a single file.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Length}-{LastWriteUtc:yyyyMMdd'T'HHmmss.fffffff'Z'}");

    /// <summary>Returns the version of several files: a digest of fixed length, since it is stored with every snapshot.</summary>
    public static string Combine(IEnumerable<(string Name, FileStamp Stamp)> files)
    {
        var text = string.Join('\n', files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Name} {file.Stamp}"));
        return Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Opens a file for sequential reading. Other processes may continue to write it; the stamp detects that.</summary>
    /// <exception cref="LedgerException">The file does not exist, cannot be read, or its stamp is not <paramref name="expected"/>.</exception>
    public static FileStream Open(string path, string displayName, FileStamp? expected = null)
    {
        FileStream stream;
        try
        {
            // A large buffer, because DeflateStream reads only 8 KB at a time.
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 128 * 1024,
                FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LedgerException($"{displayName}: no such file or folder. Check the path.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException)
        {
            throw new LedgerException($"{displayName}: cannot be read. {e.Message.TrimEnd('.')}. Check the path and its permissions.", e);
        }
        if (expected is { } stamp && stream.CanSeek && Create(stream.SafeFileHandle) != stamp)
        {
            stream.Dispose();
            throw CreateChangedException(displayName);
        }
        return stream;
    }

    public static LedgerException CreateChangedException(string displayName, Exception? inner = null) =>
        new($"{displayName}: the file changed while it was being read. Load it again once it is complete.", inner);
}
