using CineLedger.Model;

namespace CineLedger.Export;

/// <summary>Writes files that are either complete or absent.</summary>
public static class AtomicFile
{
    /// <summary>Writes to a temporary file in the same folder and moves it into place when <paramref name="write"/> is done; deletes it on failure.</summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new LedgerException($"{path} cannot be written: there is no folder {folder}. Create it first, or name another file.");
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

            // .NET reports the system's "File too large" (EFBIG) as an argument error.
            if (error is ArgumentOutOfRangeException { ParamName: "value" })
            {
                throw new IOException("The file is too large for the disk or for the configured limit.", error);
            }

            throw;
        }
    }
}
