using System.Globalization;
using System.Text.Json;
using CineLedger.Model;

namespace CineLedger.Sources.Archive;

/// <summary>
/// A folder that keeps originals: <c>objects/ab/abcd…</c>, each once under its SHA-256, and <c>manifests/</c>, a small JSON file a load. Files
/// appear whole or not at all, and never change; several processes may write one archive.
/// </summary>
/// <param name="folder">Made when the first original is kept.</param>
internal sealed class SourceArchive(string folder)
{
    private string Manifests => Path.Combine(folder, "manifests");

    /// <summary>Keeps a dataset's originals, those that are not kept already.</summary>
    /// <returns>What is to be written about it, once it is known what became of it.</returns>
    /// <exception cref="LedgerException">The dataset has no originals, they cannot be read, or the folder cannot be written.</exception>
    public async Task<ArchiveManifest> StoreAsync(Dataset dataset, CancellationToken cancellationToken)
    {
        if (dataset.Originals.Count == 0)
        {
            throw new LedgerException($"{dataset.Address}: has no file that could be archived. Load it without --archive.");
        }

        var files = new List<ArchivedFile>();
        foreach (var original in dataset.Originals)
        {
            var sum = await GuardAsync(() => StoreAsync(original, cancellationToken)).ConfigureAwait(false);
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

    /// <summary>Writes down what became of what was kept, unless the newest manifest of that source says the same.</summary>
    public Task RecordAsync(ArchiveManifest manifest, int? snapshot, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var newest = (await ReadAllAsync(cancellationToken).ConfigureAwait(false)).LastOrDefault(other => other.Source == manifest.Source);
        if (newest is not null && newest.HasSameContent(manifest) && (newest.Snapshot is not null || snapshot is null))
        {
            return 0;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest with { Snapshot = snapshot }, ArchiveJson.Default.ArchiveManifest);
        await WriteAsync(Path.Combine(Manifests, manifest.FileName), async file => await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return 0;
    });

    /// <summary>The manifests that are meant, the oldest first; one at least.</summary>
    /// <exception cref="LedgerException">There is none, or the newest of several sources is asked for without saying of which.</exception>
    public async Task<IReadOnlyList<ArchiveManifest>> ChooseAsync(ArchiveChoice choice, CancellationToken cancellationToken)
    {
        choice.Check();
        var all = await GuardAsync(() => ReadAllAsync(cancellationToken)).ConfigureAwait(false);
        if (all.Count == 0)
        {
            throw new LedgerException($"{folder}: no archive, or an empty one. Loads fill it: cineledger load SOURCE --archive {folder}.");
        }

        var fit = all.Where(manifest => manifest.FetchedAt <= (choice.AsOf ?? DateTime.MaxValue)
            && manifest.Files.Any(file => file.Sha256.StartsWith(choice.Original ?? "", StringComparison.OrdinalIgnoreCase))).ToList();
        if (fit.Count == 0)
        {
            var (oldest, newest) = (all[0], all[^1]);
            throw new LedgerException(string.Create(CultureInfo.InvariantCulture,
                $"{folder}: no such original; the archive holds {all.Count}, fetched from {oldest.FetchedAt:yyyy-MM-dd HH:mm} to {newest.FetchedAt:yyyy-MM-dd HH:mm} UTC. Look into {Manifests}."));
        }
        if (!choice.IncludesAll && fit.Select(manifest => manifest.Source).Distinct().ToList() is { Count: > 1 } sources)
        {
            throw new LedgerException($"{folder}: holds originals of {sources.Count} sources ({string.Join(", ", sources.Order(StringComparer.Ordinal).Take(3))}). Say which one with --original SHA256.");
        }

        return choice.IncludesAll ? fit : [fit[^1]];
    }

    /// <summary>Opens what a manifest lists as the dataset that it was, which is checked against its checksums while it is loaded.</summary>
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
                    var original = new Original(path, kept.Version, path, stamp) { Expected = kept.Sha256, FetchedAt = manifest.FetchedAt, Origin = kept.Address };
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
        // Known from the download, it need not be read to see that it is here.
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
                    ? manifest : throw new JsonException("it lists no original"));
            }
            catch (JsonException e)
            {
                throw new LedgerException($"{path}: no manifest of an archive: {e.Message.TrimEnd('.')}. Restore it from a backup, or move it away.", e);
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

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"{folder}: the archive cannot be used. {e.Message.TrimEnd('.')}. Check the folder, its permissions and its room.", e);
        }
    }
}
