using CineLedger.Model;

namespace CineLedger.Export;

/// <summary>A file that is there whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>Writes to a temporary neighbour and moves it into place once <paramref name="write"/> is done; deletes it if that fails.</summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new LedgerException($"{path} cannot be written: there is no folder {folder}. Make it first, or name another file.");
        }

        if (Directory.Exists(path))
        {
            throw new LedgerException($"{path} cannot be written: it is a folder. Name a file.");
        }

        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream).ConfigureAwait(false);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error)
        {
            File.Delete(temporary);

            // The system's "File too large" (EFBIG) comes out of .NET as if an argument were wrong.
            if (error is ArgumentOutOfRangeException { ParamName: "value" })
            {
                throw new IOException("The file becomes too large for its disk, or for the limit that is set.", error);
            }

            throw;
        }
    }
}
