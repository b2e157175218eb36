using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>An open movie file, CSV or JSON lines, whose header has been read.</summary>
internal sealed class MovieFileReader : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly Func<CancellationToken, IAsyncEnumerable<RecordBatch>> _read;

    private MovieFileReader(
        Stream stream, MovieColumns columns, IEnumerable<Finding> headerFindings, Func<CancellationToken, IAsyncEnumerable<RecordBatch>> read)
    {
        _stream = stream;
        _read = read;
        Columns = columns;
        HeaderFindings = headerFindings;
    }

    public MovieColumns Columns { get; }

    /// <summary>Returns the findings about the whole file, as far as it has been read.</summary>
    public IEnumerable<Finding> HeaderFindings { get; }

    /// <summary>Opens a file and reads its header. Throws <see cref="LedgerException"/> when the header lacks the columns of movies.</summary>
    public static async Task<MovieFileReader> OpenAsync(Dataset dataset, DatasetFile file, CancellationToken cancellationToken)
    {
        var text = dataset.OpenText(file);
        var stream = new LookaheadStream(text);
        var options = new RecordReaderOptions { HasReplacements = () => text.IsDamaged };
        try
        {
            if (file.IsJson)
            {
                var lines = new JsonLineReader(stream, dataset.GetDisplayName(file), MovieColumns.CreateJsonFields(), options);
                var members = await MovieColumns.Json.DetermineListsAsync(stream, cancellationToken).ConfigureAwait(false);
                dataset.AddInterpretation(FileInterpretations.CreateForMovies(file, null, members), text);
                return new(stream, members, Loading.HeaderFindings.Create(text, file.Name), lines.ReadBatchesAsync);
            }

            MovieCleaner? validate = null;
            options = options with
            {
                IsValid = record => validate!.IsMovie(record),
                IsPlausible = record => validate!.IsPlausible(record),
                HasId = record => validate!.HasId(record),
            };
            var reader = new RecordReader(stream, dataset.GetDisplayName(file), options);
            var columns = MovieColumns.Read(await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false), dataset.GetDisplayName(file));
            columns = await columns.DetermineListsAsync(stream, cancellationToken).ConfigureAwait(false);
            dataset.AddInterpretation(FileInterpretations.CreateForMovies(file, reader, columns), text);
            validate = new MovieCleaner(columns, file.Name);
            var unread = FileInterpretations.GetUnread(file, columns.Unknown);
            return new(stream, columns, Loading.HeaderFindings.Create(reader, text, file.Name, unread, columns.Missing), reader.ReadBatchesAsync);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads the records after the header, once. The caller disposes every batch.</summary>
    public IAsyncEnumerable<RecordBatch> ReadBatchesAsync(CancellationToken cancellationToken) => _read(cancellationToken);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
