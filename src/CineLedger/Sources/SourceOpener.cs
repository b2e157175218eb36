using CineLedger.Model;
using CineLedger.Sources.Http;

namespace CineLedger.Sources;

/// <summary>The way in: from an address to a dataset at hand.</summary>
public static class SourceOpener
{
    /// <summary>Opens a place and recognises the files in it.</summary>
    /// <param name="address">A zip, a folder, a CSV file, <c>-</c> for standard input, or the http(s) address of a zip or a CSV
    /// file.</param>
    /// <exception cref="LedgerException">There is no such place, it cannot be read, or it holds nothing of the dataset.</exception>
    /// <exception cref="UsageException">The address names no kind of place that can be read.</exception>
    public static async Task<Dataset> OpenAsync(
        string address, SourceOptions? options = null, CancellationToken cancellationToken = default) =>
        (await OpenIfChangedAsync(address, knownVersion: null, options, cancellationToken))!;

    /// <summary>As <see cref="OpenAsync"/>, unless the place still holds the version known.</summary>
    /// <param name="knownVersion"><see cref="Dataset.Version"/> of an earlier time; null opens in any case.</param>
    /// <returns>Null where the place holds that version still; over HTTP nothing is downloaded then.</returns>
    public static async Task<Dataset?> OpenIfChangedAsync(
        string address, string? knownVersion, SourceOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= SourceOptions.Default;
        var place = SourceAddress.Parse(address);
        var dataset = place switch
        {
            { Uri: not null } => await DownloadAsync(place, knownVersion, options, cancellationToken),
            { Path: null } => await OpenSpoolAsync(
                await StandardInput.SpoolAsync(options, cancellationToken), place.Shown, version: null, cancellationToken),
            _ => await OpenLocalAsync(place.Path, knownVersion, options, cancellationToken),
        };
        if (dataset is null)
            options.Logger.DatasetNotModified(place.Shown, knownVersion!);
        else if (dataset.Files.Count > 0)
            options.Logger.DatasetOpened(place.Shown, dataset.Version, string.Join(", ", dataset.Files.Select(file => file.Path)));
        else
            await using (dataset)
                dataset.Require(DatasetFiles.Movies);
        return dataset;
    }

    private static async Task<Dataset?> DownloadAsync(
        SourceAddress place, string? knownVersion, SourceOptions options, CancellationToken cancellationToken)
    {
        var download = await HttpDownload.RunAsync(place, knownVersion, options, cancellationToken);
        return download is null ? null : await OpenSpoolAsync(download.File, place.Shown, download.Version, cancellationToken);
    }

    private static async Task<Dataset?> OpenLocalAsync(
        string path, string? knownVersion, SourceOptions options, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
            return FolderDataset.Open(path) is var folder && folder.Version == knownVersion ? null : folder;

        await using var file = FileStamp.Open(path, path);
        // A named pipe, as the shell makes of <(…).
        if (!file.CanSeek)
        {
            var spool = await StandardInput.SpoolAsync(file, path, options, cancellationToken);
            return await OpenSpoolAsync(spool, path, version: null, cancellationToken);
        }
        var stamp = FileStamp.Of(file.SafeFileHandle);
        return stamp.ToString() == knownVersion
            ? null
            : await OpenFileAsync(file, stamp, path, stamp.ToString(), temporary: null, cancellationToken);
    }

    private static async Task<Dataset> OpenSpoolAsync(
        TemporaryFile spool, string shown, string? version, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = FileStamp.Open(spool.Path, shown);
            return await OpenFileAsync(file, FileStamp.Of(file.SafeFileHandle), shown, version, spool, cancellationToken);
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    private static async Task<Dataset> OpenFileAsync(
        FileStream file, FileStamp stamp, string shown, string? version, TemporaryFile? temporary, CancellationToken cancellationToken)
    {
        var content = await FileContent.RecogniseAsync(file, shown, cancellationToken);
        return content.CsvName is { } name
            ? new CsvFileDataset(file.Name, stamp, shown, name, temporary) { Address = shown, Version = version }
            : await ZipDataset.OpenAsync(file.Name, stamp, shown, version, temporary, cancellationToken);
    }
}
