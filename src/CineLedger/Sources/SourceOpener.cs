using CineLedger.Model;
using CineLedger.Sources.Http;
using CineLedger.Sources.S3;

namespace CineLedger.Sources;

/// <summary>Opens the dataset at an address.</summary>
public static class SourceOpener
{
    /// <summary>Opens a source and recognizes its files.</summary>
    /// <param name="address">A zip, a folder, a CSV file, <c>-</c> for standard input, or the http(s) or s3 address of a zip or a CSV
    /// file. A <c>*</c> in the last part of a path or key selects several.</param>
    /// <exception cref="LedgerException">The source does not exist, cannot be read, or contains no file of the dataset.</exception>
    /// <exception cref="UsageException">The address is malformed or of an unsupported kind.</exception>
    public static async Task<Dataset> OpenAsync(
        string address, SourceOptions? options = null, CancellationToken cancellationToken = default) =>
        (await OpenIfChangedAsync(address, knownVersion: null, options, cancellationToken))!;

    /// <summary>Opens a source like <see cref="OpenAsync"/>, unless it still has the known version.</summary>
    /// <param name="knownVersion">An earlier <see cref="Dataset.Version"/>; null to open unconditionally.</param>
    /// <returns>Null if the source still has the known version; over HTTP, nothing is downloaded then.</returns>
    public static async Task<Dataset?> OpenIfChangedAsync(
        string address, string? knownVersion, SourceOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= SourceOptions.Default;
        var parsed = SourceAddress.Parse(address);
        var dataset = await SourceLimits.FetchAsync(parsed.DisplayName, options, stop => FetchAsync(parsed, knownVersion, options, stop), cancellationToken);
        if (dataset is null)
        {
            options.Logger.DatasetNotModified(parsed.DisplayName, knownVersion!);
            return null;
        }

        return await CheckAsync(dataset, parsed.DisplayName, options);
    }

    /// <summary>Opens several sources as one dataset.</summary>
    /// <param name="addresses">One or more addresses; see <see cref="OpenAsync"/>.</param>
    /// <param name="knownVersion">An earlier <see cref="Dataset.Version"/>; null to open unconditionally.</param>
    /// <returns>Null if all sources still have the known version.</returns>
    public static async Task<Dataset?> OpenIfChangedAsync(
        IReadOnlyList<string> addresses, string? knownVersion, SourceOptions? options = null, CancellationToken cancellationToken = default) => addresses switch
        {
            [] => throw new UsageException("No source given. Name at least one dataset."),
            [var one] => await OpenIfChangedAsync(one, knownVersion, options, cancellationToken),
            _ => await SourceParts.OpenIfChangedAsync(addresses, knownVersion, options ?? SourceOptions.Default, cancellationToken),
        };

    private static async Task<Dataset?> FetchAsync(SourceAddress place, string? knownVersion, SourceOptions options, CancellationToken cancellationToken) => place switch
    {
        { Uri: not null } => await OpenSpoolAsync(await HttpDownload.RunAsync(place, knownVersion, options, cancellationToken), place, cancellationToken),
        { S3: { MayContainSeveral: true } many } => await SourceParts.OpenObjectsAsync(many, knownVersion, options, cancellationToken),
        { S3: { } one } => await OpenSpoolAsync(await S3Download.RunAsync(one, knownVersion, required: null, options, cancellationToken), place, cancellationToken),
        { Path: null } => await OpenSpoolAsync(
            await StandardInput.SpoolAsync(options, cancellationToken), place.DisplayName, version: null, name: "", cancellationToken),
        _ => await OpenLocalAsync(place.Path, knownVersion, options, cancellationToken),
    };

    private static async Task<Dataset?> OpenSpoolAsync(Download? download, SourceAddress place, CancellationToken cancellationToken) =>
        download is null ? null : await OpenSpoolAsync(download.File, place.DisplayName, download.Version, name: "", cancellationToken);

    private static async Task<Dataset?> OpenLocalAsync(
        string path, string? knownVersion, SourceOptions options, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            return FolderDataset.Open(path, cancellationToken) is var folder && folder.Version == knownVersion ? null : folder;
        }

        if (Path.GetFileName(path).AsSpan().ContainsAny('*', '?') && !File.Exists(path))
        {
            return await SourceParts.OpenPatternAsync(path, knownVersion, options, cancellationToken);
        }

        // Opening a named pipe blocks until its writer opens it too, but waiting for that can be canceled.
        await using var file = await Task.Run(() => FileStamp.Open(path, path), CancellationToken.None).WaitAsync(cancellationToken);
        // A named pipe, as created by the shell for <(…).
        if (!file.CanSeek)
        {
            // Without a buffer, because closing a buffered stream waits for its pending read.
            await using var pipe = new FileStream(file.SafeFileHandle, FileAccess.Read, bufferSize: 0);
            var spool = await StandardInput.SpoolAsync(pipe, path, options, cancellationToken);
            return await OpenSpoolAsync(spool, path, version: null, name: "", cancellationToken);
        }
        var stamp = FileStamp.Create(file.SafeFileHandle);
        return stamp.ToString() == knownVersion
            ? null
            : await OpenFileAsync(
                file, new Original(path, stamp.ToString(), file.Name, stamp) { Origin = options.Origin }, stamp, name: "", temporary: null, cancellationToken);
    }

    /// <summary>Opens the temporary copy of a source, which is kept when the dataset is disposed.</summary>
    internal static async Task<Dataset> OpenCopyAsync(TemporaryFile copy, string displayName, SourceOptions options, CancellationToken cancellationToken)
    {
        await using var file = FileStamp.Open(copy.Path, displayName);
        var stamp = FileStamp.Create(file.SafeFileHandle);
        var original = new Original(displayName, null, copy.Path, stamp) { Sha256 = copy.Sha256 };
        return await CheckAsync(await OpenFileAsync(file, original, stamp, name: "", temporary: null, cancellationToken), displayName, options);
    }

    /// <summary>Checks the limits of an opened dataset, and that it has files. Disposes it if it has none.</summary>
    private static async Task<Dataset> CheckAsync(Dataset dataset, string displayName, SourceOptions options)
    {
        dataset.Options = options;
        try
        {
            SourceLimits.Check(displayName, dataset, options);
            if (dataset.Files.Count == 0)
            {
                dataset.GetRequired(DatasetFiles.Movies);
            }
        }
        catch
        {
            await dataset.DisposeAsync();
            throw;
        }

        options.Logger.DatasetOpened(displayName, dataset.Version, string.Join(", ", dataset.Files.Select(file => file.Path)));
        return dataset;
    }

    /// <summary>Opens the temporary copy of a source that can be read only once. The copy is deleted with the dataset.</summary>
    /// <param name="name">The original file name, if it takes precedence over the header; otherwise empty.</param>
    internal static async Task<Dataset?> OpenSpoolAsync(
        TemporaryFile spool, string displayName, string? version, string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = FileStamp.Open(spool.Path, displayName);
            var stamp = FileStamp.Create(file.SafeFileHandle);
            return await OpenFileAsync(file, new Original(displayName, version, spool.Path, stamp) { Sha256 = spool.Sha256 }, stamp, name, spool, cancellationToken);
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a local file. Its type is detected from its first bytes.</summary>
    internal static async Task<Dataset> OpenFileAsync(
        FileStream file, Original original, FileStamp stamp, string name, TemporaryFile? temporary, CancellationToken cancellationToken)
    {
        var content = await FileContent.RecognizeAsync(file, original.Address, cancellationToken);
        return content.Name is { } recognized
            ? new CsvFileDataset(original, stamp, content, DatasetFiles.Recognize(name) ?? recognized, temporary)
            {
                Address = original.Address,
                Origin = original.Origin,
                Version = original.Version,
            }
            : await ZipDataset.OpenAsync(original, stamp, temporary, cancellationToken);
    }
}
