using CineLedger.Files;
using CineLedger.Model;

namespace CineLedger.Export.Snapshots;

/// <summary>The file or folder of an export. It is written beside its path and moved there when it is complete, so that it is never there in part.</summary>
internal sealed class ExportTarget
{
    private readonly ExportFormat _format;
    private readonly string _path;

    public ExportTarget(string path, ExportFormat format)
    {
        _format = format;
        Name = path;
        _path = FileTarget.ResolveLinks(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        Temporary = TemporaryPaths.GetBeside(_path, "tmp");
    }

    /// <summary>Gets the path as the user wrote it.</summary>
    public string Name { get; }

    /// <summary>Gets the path to write to.</summary>
    public string Temporary { get; }

    /// <summary>Throws if the target cannot be written or holds anything but an earlier export, and removes what killed exports left.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.GetDirectoryName(_path)))
        {
            throw new LedgerException($"{Name} cannot be written: there is no folder {Path.GetDirectoryName(_path)}. Create it first, or name another path.");
        }

        if (FileTarget.IsSpecial(_path) || (_format.IsFolder ? File.Exists(_path) : Directory.Exists(_path)))
        {
            throw new UsageException($"--to: {Name} is not a {Noun}, as an export in {_format.Name} needs: name another path.");
        }

        if (await FindForeignAsync(cancellationToken).ConfigureAwait(false) is { } foreign)
        {
            throw new UsageException($"--to: {Name} {foreign}: name another path, or remove it first.");
        }

        Leftover.Delete(Leftover.FindBeside(_path).Where(left => left.IsAbandoned));
        if (_format.IsFolder)
        {
            Directory.CreateDirectory(Temporary);
        }
    }

    /// <summary>Moves what was written to its path, in place of an earlier export.</summary>
    public void Publish()
    {
        if (!_format.IsFolder)
        {
            if (File.Exists(_path))
            {
                FileTarget.CopyPermissions(_path, Temporary);
            }
            else
            {
                PrivateFiles.ShareFile(Temporary);
            }

            File.Move(Temporary, _path, overwrite: true);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(Temporary))
        {
            PrivateFiles.ShareFile(file);
        }

        PrivateFiles.ShareFolder(Temporary);
        if (!Directory.Exists(_path))
        {
            Directory.Move(Temporary, _path);
            return;
        }

        // A folder cannot be replaced in one step: a process that is killed between these two leaves no folder, but never a part of one.
        var earlier = TemporaryPaths.GetBeside(_path, "0.tmp");
        Directory.Move(_path, earlier);
        Directory.Move(Temporary, _path);
        Leftover.Delete(earlier);
    }

    /// <summary>Deletes what was written.</summary>
    public void Discard()
    {
        Leftover.Delete(Temporary);
        Leftover.Delete($"{Temporary}.wal");
    }

    private string Noun => _format.IsFolder ? "folder" : "file";

    /// <summary>Returns what the target holds that an export must not replace; null if there is nothing.</summary>
    private async Task<string?> FindForeignAsync(CancellationToken cancellationToken)
    {
        if (!_format.IsFolder)
        {
            return !File.Exists(_path) || new FileInfo(_path).Length == 0
                || await DuckDbTables.HasTablesAsync(_path, ExportManifest.Tables, cancellationToken).ConfigureAwait(false)
                || await SqliteTables.HasTablesAsync(_path, ExportManifest.Tables, cancellationToken).ConfigureAwait(false)
                ? null
                : "exists and is not an export";
        }

        if (!Directory.Exists(_path) || !Directory.EnumerateFileSystemEntries(_path).Any())
        {
            return null;
        }

        var files = await ExportManifest.ReadFilesAsync(_path, cancellationToken).ConfigureAwait(false);
        return files is null ? "is not empty and not an export"
            : Directory.EnumerateFileSystemEntries(_path).Select(Path.GetFileName).FirstOrDefault(name => !files.Contains(name)) is { } other
                ? $"contains {other}, which is not part of the earlier export"
            : null;
    }
}
