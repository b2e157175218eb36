using System.Runtime.CompilerServices;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>Reads the movies of a file through a <see cref="BatchPipeline{TCleaner, TResult}"/>, which may start before they are requested.</summary>
internal sealed class MoviePipeline : IAsyncDisposable
{
    /// <summary>
    /// The number of batches, each a quarter of a megabyte of the file, that may be read before they are requested: about as many as two cores clean
    /// while the load connects to a server and creates its tables.
    /// </summary>
    private const int PrefetchedBatches = 16;

    private readonly Dataset _dataset;
    private readonly BatchPipeline<MovieCleaner, CleanedBatch<(Movie Movie, long Hash)>> _pipeline;
    private readonly Lock _observationLock = new();
    private Task<ValueNotations>? _notations;
    private Task<FileNames>? _fileNames;
    private Task<GenreRows>? _genreRows;
    private MovieColumns _columns = MovieColumns.Json;
    private IEnumerable<Finding> _headerFindings = [];

    public MoviePipeline(Dataset dataset, DatasetFile file)
    {
        (_dataset, File) = (dataset, file);
        _pipeline = new(ReadRecordsAsync, CreateCleaner, CleanAsync);
    }

    public DatasetFile File { get; }

    /// <summary>Starts reading the first movies, within the memory limit, for a later call of <see cref="ReadAsync"/>.</summary>
    public void BeginPrefetch(CancellationToken cancellationToken) => _pipeline.Begin(PrefetchedBatches, cancellationToken);

    /// <summary>Reads the movies in file order, once.</summary>
    public async IAsyncEnumerable<CleanedBatch<(Movie Movie, long Hash)>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in _pipeline.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return batch;
        }

        yield return CleanedBatch<(Movie Movie, long Hash)>.End(_headerFindings) with { Columns = _columns };
    }

    /// <summary>Stops a prefetch.</summary>
    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    private async IAsyncEnumerable<RecordBatch> ReadRecordsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = await MovieFileReader.OpenAsync(_dataset, File, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            (_columns, _headerFindings) = (reader.Columns, reader.HeaderFindings);
            await foreach (var batch in reader.ReadBatchesAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }
        }
    }

    /// <summary>Creates a cleaner. JSON values were not written by a spreadsheet, so ambiguous values are not resolved from other lines.</summary>
    private MovieCleaner CreateCleaner() => new(_columns, File.Name) { Notations = File.IsJson ? new ValueNotations() : null };

    private async Task<CleanedBatch<(Movie Movie, long Hash)>> CleanAsync(MovieCleaner cleaner, RecordBatch batch, CancellationToken cancellationToken)
    {
        if (_columns.Lists.Genres.Notation == ListNotation.SingleName)
        {
            cleaner.GenreRows ??= await ObserveOnceAsync(ref _genreRows, GenreRows.ObserveAsync, cancellationToken).ConfigureAwait(false);
        }

        var result = Clean(cleaner, batch);
        if (cleaner.NeedsNotations || cleaner.NeedsFileNames)
        {
            if (cleaner.NeedsNotations)
            {
                cleaner.Notations = await ObserveOnceAsync(ref _notations, ValueNotations.ObserveAsync, cancellationToken).ConfigureAwait(false);
            }

            if (cleaner.NeedsFileNames)
            {
                cleaner.FileNames = await ObserveOnceAsync(ref _fileNames, FileNames.ObserveAsync, cancellationToken).ConfigureAwait(false);
            }

            cleaner.DetachSpreadsheetFindings();
            result = Clean(cleaner, batch);
        }

        return result with { Spreadsheet = cleaner.DetachSpreadsheetFindings(), Columns = _columns };
    }

    private static CleanedBatch<(Movie Movie, long Hash)> Clean(MovieCleaner cleaner, RecordBatch batch)
    {
        var hash = new ContentHasher();
        return CleanedBatch<(Movie Movie, long Hash)>.Clean(batch, (record, findings) => cleaner.Clean(record, findings) is { } movie ? (movie, hash.Compute(movie)) : null);
    }

    /// <summary>Returns a property of the whole file, determined by the first cleaner that needs it.</summary>
    private Task<T> ObserveOnceAsync<T>(ref Task<T>? known, Func<IAsyncEnumerable<RecordBatch>, MovieColumns, Task<T>> observe, CancellationToken cancellationToken)
    {
        lock (_observationLock)
        {
            return known ??= ObserveAsync(observe, cancellationToken);
        }
    }

    private async Task<T> ObserveAsync<T>(Func<IAsyncEnumerable<RecordBatch>, MovieColumns, Task<T>> observe, CancellationToken cancellationToken)
    {
        var reader = await MovieFileReader.OpenAsync(_dataset, File, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await observe(reader.ReadBatchesAsync(cancellationToken), reader.Columns).ConfigureAwait(false);
        }
    }
}
