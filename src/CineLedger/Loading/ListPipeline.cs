using System.Runtime.CompilerServices;
using CineLedger.Cleaning;
using CineLedger.Cleaning.Lists;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>Reads a file of lists with one record per movie: credits.csv or keywords.csv.</summary>
/// <param name="dataset">The dataset.</param>
/// <param name="columns">Parses a header; takes the column names, and the file name for errors.</param>
/// <param name="create">Creates a cleaner for these columns and this file.</param>
/// <param name="namesIndex">The column of names, whose notation is determined first, by its index among the required columns; null if there is none.</param>
internal sealed class ListPipeline<T>(
    Dataset dataset, Func<IReadOnlyList<string>, string, FileColumns> columns, Func<FileColumns, string, ListCleaner<T>> create, int? namesIndex = null)
{
    /// <param name="file">A file of the dataset.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async IAsyncEnumerable<CleanedBatch<MovieItems<T>>> ReadAsync(DatasetFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var opened = dataset.OpenText(file);
        var lookahead = namesIndex is null ? null : new LookaheadStream(opened);
        Stream stream = lookahead is null ? opened : lookahead;
        await using (stream.ConfigureAwait(false))
        {
            ListCleaner<T>? checker = null;
            var reader = new RecordReader(
                stream, dataset.GetDisplayName(file), new RecordReaderOptions { HasReplacements = () => opened.IsDamaged, IsValid = record => checker!.IsComplete(record) });
            var fileColumns = columns(await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false), dataset.GetDisplayName(file));
            if (lookahead is not null && namesIndex is { } index)
            {
                fileColumns = await fileColumns.DetermineNamesAsync(lookahead, index, cancellationToken).ConfigureAwait(false);
            }

            dataset.AddInterpretation(FileInterpretations.CreateForTable(file, reader, fileColumns, hasLists: true), opened);
            checker = create(fileColumns, file.Name);
            var pipeline = new BatchPipeline<ListCleaner<T>, CleanedBatch<MovieItems<T>>>(
                reader.ReadBatchesAsync,
                () => create(fileColumns, file.Name),
                (cleaner, batch, _) => Task.FromResult(CleanedBatch<MovieItems<T>>.Clean(batch, cleaner.Clean) with { Spreadsheet = cleaner.DetachSpreadsheetFindings() }));
            await foreach (var batch in pipeline.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }

            yield return CleanedBatch<MovieItems<T>>.End(HeaderFindings.Create(reader, opened, file.Name, file.IsShared ? [] : fileColumns.Unknown, []));
        }
    }
}
