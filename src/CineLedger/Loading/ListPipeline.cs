using System.Runtime.CompilerServices;
using CineLedger.Cleaning;
using CineLedger.Cleaning.Lists;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>What the cleaner made of one batch of records that hold lists, in their order.</summary>
internal sealed record ListBatch<T>(List<FilmList<T>> Lists, List<Finding> Findings, SpreadsheetTally Spreadsheet, int Records, long Bytes);

/// <summary>Reads a file of lists, one record a film: credits.csv or keywords.csv.</summary>
/// <param name="dataset">The dataset.</param>
/// <param name="file">The file in it.</param>
/// <param name="columns">Reads a header: names, and the file for errors.</param>
/// <param name="create">Makes a cleaner for these columns and this file.</param>
internal sealed class ListPipeline<T>(
    Dataset dataset, DatasetFile file, Func<IReadOnlyList<string>, string, FileColumns> columns, Func<FileColumns, string, ListCleaner<T>> create)
{
    /// <summary>Findings about the file as a whole, good after the first batch has come.</summary>
    public List<Finding> FileFindings { get; } = [];

    public async IAsyncEnumerable<ListBatch<T>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = dataset.Open(file);
        await using (stream.ConfigureAwait(false))
        {
            ListCleaner<T>? judge = null;
            var reader = new RecordReader(stream, dataset.Shown(file), new RecordReaderOptions { IsWhole = record => judge!.ReadsAsWhole(record) });
            var places = columns(await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false), dataset.Shown(file));
            judge = create(places, file.Name);
            FileFindings.AddRange(HeaderFindings.Of(reader, file.Name, file.IsShared ? [] : places.Unknown));
            var pipeline = new BatchPipeline<ListCleaner<T>, ListBatch<T>>(
                reader.ReadBatchesAsync, () => create(places, file.Name), (cleaner, batch, _) => Task.FromResult(Clean(cleaner, batch)));
            await foreach (var batch in pipeline.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }
        }
    }

    private static ListBatch<T> Clean(ListCleaner<T> cleaner, RecordBatch batch)
    {
        var lists = new List<FilmList<T>>(batch.Count);
        var findings = new List<Finding>();
        var (records, bytes) = (0, 0L);
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            records += record.IsEmpty ? 0 : 1;
            bytes += record.Raw.Length + 1;
            if (cleaner.Clean(record, findings) is { } list)
            {
                lists.Add(list);
            }
        }

        return new ListBatch<T>(lists, findings, cleaner.TakeSpreadsheetTally(), records, bytes);
    }
}
