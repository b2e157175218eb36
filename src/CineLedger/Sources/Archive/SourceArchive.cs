using System.Globalization;
using System.Text.Json;
using CineLedger.Model;

namespace CineLedger.Sources.Archive;

/// <summary>
/// A folder that stores originals: <c>objects/ab/abcd…</c> contains each original once under its SHA-256, and <c>manifests/</c> contains a small JSON file
/// per load. Files are written atomically and never change. Several processes may write to one archive.
/// </summary>
/// <param name="folder">The folder, which is created when the first original is stored.</param>
internal sealed class SourceArchive(string folder)
{
    private string Manifests => Path.Combine(folder, "manifests");

    /// <summary>Stores those originals of a dataset that are not stored yet.</summary>
    /// <returns>The manifest, to be passed to <see cref="RecordAsync"/> once the outcome of the load is known.</returns>
    /// <exception cref="LedgerException">The dataset has no originals, they cannot be read, or the folder cannot be written.</exception>
    public async Task<ArchiveManifest> StoreAsync(Dataset dataset, CancellationToken cancellationToken)
    {
        if (dataset.Originals.Count == 0)
        {
            throw new LedgerException($"{dataset.Address}: contains no file to archive. Load it without --archive.");
        }

        var files = new List<ArchivedFile>();
        foreach (var original in dataset.Originals)
        {
            var sum = await WrapIoErrorsAsync(() => StoreAsync(original, cancellationToken)).ConfigureAwait(false);
            files.Add(new ArchivedFile(original.Address, GetName(original), original.Version, original.Bytes, sum));
        }

        return new ArchiveManifest
        {
            Source = dataset.Source,
            Version = dataset.Version,
            FetchedAt = dataset.Originals.Max(original => original.FetchedAt),
            Files = files,
        };
    }

    /// <summary>Writes the manifest of a load, unless the newest manifest of that source has the same files and would not gain a snapshot.</summary>
    public Task RecordAsync(ArchiveManifest manifest, int? snapshot, CancellationToken cancellationToken) => WrapIoErrorsAsync(async () =>
    {
        var newest = (await ReadAllAsync(cancellationToken).ConfigureAwait(false)).LastOrDefault(other => other.Source == manifest.Source);
        if (newest is not null && newest.HasSameContent(manifest) && (newest.Snapshot is not null || snapshot is null))
        {
            return 0;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest with { Snapshot = snapshot }, ArchiveJson.Default.ArchiveManifest);
        await WriteAsync(
            Path.Combine(Manifests, manifest.FileName), async file => await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return 0;
    });

    /// <summary>Returns the selected manifests, at least one, the oldest first.</summary>
    /// <exception cref="LedgerException">No manifest matches, or manifests of several sources match although only one was requested.</exception>
    public async Task<IReadOnlyList<ArchiveManifest>> SelectAsync(ArchiveSelection choice, CancellationToken cancellationToken)
    {
        choice.Check();
        var all = await WrapIoErrorsAsync(() => ReadAllAsync(cancellationToken)).ConfigureAwait(false);
        if (all.Count == 0)
        {
            throw new LedgerException($"{folder}: not an archive, or an empty one. Loads add to an archive: cineledger load SOURCE --archive {folder}.");
        }

        var fit = all.Where(manifest => manifest.FetchedAt <= (choice.AsOf ?? DateTime.MaxValue)
            && manifest.Files.Any(file => file.Sha256.StartsWith(choice.Original ?? "", StringComparison.OrdinalIgnoreCase))).ToList();
        if (fit.Count == 0)
        {
            var (oldest, newest) = (all[0], all[^1]);
            throw new LedgerException(string.Create(CultureInfo.InvariantCulture,
                $"{folder}: no such original; the archive contains {all.Count}, fetched from {oldest.FetchedAt:yyyy-MM-dd HH:mm} to " +
                $"{newest.FetchedAt:yyyy-MM-dd HH:mm} UTC. See {Manifests}."));
        }
        if (!choice.IncludesAll && fit.Select(manifest => manifest.Source).Distinct().ToList() is { Count: > 1 } sources)
        {
            throw new LedgerException($"{folder}: contains originals of {sources.Count} sources " +
                                      $"({string.Join(", ", sources.Order(StringComparer.Ordinal).Take(3))}). Choose one with --original SHA256.");
        }

        return choice.IncludesAll ? fit : [fit[^1]];
    }

    /// <summary>Opens the originals of a manifest as a dataset. Checksums are verified during the load.</summary>
    public async Task<Dataset> OpenAsync(ArchiveManifest manifest, CancellationToken cancellationToken)
    {
        var members = new List<Dataset>();
        try
        {
            foreach (var kept in manifest.Files)
            {
                var path = GetObjectPath(kept.Sha256);
                var file = FileStamp.Open(path, path);
                await using (file.ConfigureAwait(false))
                {
                    var stamp = FileStamp.Create(file.SafeFileHandle);
                    var original = new Original(path, kept.Version, path, stamp)
                    {
                        ExpectedSha256 = kept.Sha256,
                        FetchedAt = manifest.FetchedAt,
                        Origin = kept.Address,
                    };
                    members.Add(await SourceOpener.OpenFileAsync(file, original, stamp, kept.Name, temporary: null, cancellationToken).ConfigureAwait(false));
                }
            }

            return new PartsDataset(folder, members) { Address = folder, Origin = manifest.Source, Version = manifest.Version };
        }
        catch
        {
            foreach (var member in members)
            {
                await member.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    private async Task<string> StoreAsync(Original original, CancellationToken cancellationToken)
    {
        // If the checksum is known from the download, a stored original is found without reading the file.
        if (original.Sha256 is { } known && IsStored(known, original.Bytes))
        {
            return known;
        }

        var coming = Path.Combine(folder, "objects", $".coming-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(coming)!);
            string sum;
            var file = new FileStream(coming, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                sum = original.Sha256 = await original.CopyAsync(file, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            if (!IsStored(sum, original.Bytes))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(GetObjectPath(sum))!);
                File.Move(coming, GetObjectPath(sum), overwrite: true);
            }

            return sum;
        }
        finally
        {
            File.Delete(coming);
        }
    }

    private bool IsStored(string sha256, long bytes) => new FileInfo(GetObjectPath(sha256)) is { Exists: true } kept && kept.Length == bytes;

    private string GetObjectPath(string sha256) => Path.Combine(folder, "objects", sha256[..2], sha256);

    private static string GetName(Original original) =>
        original.File?.Name ?? original.Address[(original.Address.LastIndexOfAny(['/', '\\']) + 1)..].Split('?')[0];

    private async Task<IReadOnlyList<ArchiveManifest>> ReadAllAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Manifests))
        {
            return [];
        }

        var all = new List<ArchiveManifest>();
        foreach (var path in Directory.EnumerateFiles(Manifests, "*.json").Order(StringComparer.Ordinal))
        {
            try
            {
                var manifest = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), ArchiveJson.Default.ArchiveManifest);
                all.Add(manifest is { Files.Count: > 0 } && manifest.Files.All(file => file is { Sha256.Length: 64 } && file.Sha256.All(char.IsAsciiHexDigit))
                    ? manifest : throw new JsonException("it lists no originals"));
            }
            catch (JsonException e)
            {
                throw new LedgerException($"{path}: not a valid archive manifest: {e.Message.TrimEnd('.')}. Restore it from a backup, or move it away.", e);
            }
        }

        return all;
    }

    private static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var coming = $"{path}.{Guid.NewGuid():N}.coming";
        try
        {
            var file = new FileStream(coming, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                await write(file).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            File.Move(coming, path, overwrite: true);
        }
        finally
        {
            File.Delete(coming);
        }
    }

    private async Task<T> WrapIoErrorsAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"{folder}: the archive cannot be used. {e.Message.TrimEnd('.')}. Check the folder, its permissions and the free space.", e);
        }
    }
}
