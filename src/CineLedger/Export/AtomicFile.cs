using CineLedger.Files;
using CineLedger.Model;

namespace CineLedger.Export;

/// <summary>Writes files that are either complete or absent. See docs/exports.md.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes to a temporary file in the same folder and moves it into place when <paramref name="write"/> is done; deletes it on failure. The new file has the
    /// permissions of the file that it replaces. A link is kept, and its target is replaced. A named pipe or a device is opened and written.
    /// </summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var target = FileTarget.ResolveLinks(path);
        if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder && !Directory.Exists(folder))
        {
            throw new LedgerException($"{path} cannot be written: there is no folder {folder}. Create it first, or name another file.");
        }

        if (Directory.Exists(path))
        {
            throw new LedgerException($"{path} cannot be written: it is a folder. Name a file.");
        }

        try
        {
            await (FileTarget.IsSpecial(path) ? WriteToSpecialAsync(path, write, cancellationToken) : ReplaceAsync(target, write)).ConfigureAwait(false);
        }
        catch (Exception error) when (FileTarget.IsTooLarge(error))
        {
            throw new IOException("The file is too large for the disk or for the configured limit.", error);
        }
    }

    private static async Task ReplaceAsync(string path, Func<Stream, Task> write)
    {
        Leftover.Delete(Leftover.FindBeside(path).Where(left => left.IsAbandoned));
        var temporary = TemporaryPaths.GetBeside(path, "tmp");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            // Until it is complete, nobody may read what the old file may have hidden.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            var stream = new FileStream(temporary, options);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream).ConfigureAwait(false);
            }

            if (File.Exists(path))
            {
                FileTarget.CopyPermissions(path, temporary);
            }
            else
            {
                PrivateFiles.ShareFile(temporary);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Opens a named pipe, which waits for its reader, or a device, and writes to it.</summary>
    private static async Task WriteToSpecialAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var opening = Task.Run(() => new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0, useAsync: true), CancellationToken.None);
        var stream = await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await write(stream).ConfigureAwait(false);
        }
    }
}
