using CineLedger.Cleaning;
using CineLedger.Cleaning.Ratings;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>
/// Reads a file of ratings once, in blocks that one worker per core aggregates in parallel. From the first block that is not plain (quotes, other
/// columns, other alphabets) it continues record by record: slower, and by the rules of all other files.
/// </summary>
internal sealed class RatingPipeline(Dataset dataset, DatasetFile file, IdTable links, int linkCount)
{
    private static readonly int WorkerCount = Environment.ProcessorCount;

    /// <summary>
    /// Aggregates all ratings. After every block, <paramref name="gates"/> decide on rejected records, and <paramref name="progress"/> receives the progress.
    /// </summary>
    public async Task<RatingFileContent> ReadAsync(GateDecision gates, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var stream = dataset.OpenText(file);
        await using (stream.ConfigureAwait(false))
        {
            var reader = new RecordReader(stream, dataset.GetDisplayName(file));
            var columns = RatingCleaner.ReadColumns(await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false), dataset.GetDisplayName(file));
            dataset.AddInterpretation(FileInterpretations.CreateForTable(file, reader, columns), stream);
            var cleaners = Enumerable.Range(0, WorkerCount).Select(_ => new RatingCleaner(columns, file.Name, new RatingTally(links, linkCount))).ToList();
            if (columns.HasExactColumns && reader.Delimiter == (byte)',')
            {
                await ReadBlocksAsync(stream, reader, cleaners, Report, cancellationToken).ConfigureAwait(false);
            }

            var idle = new Queue<RatingCleaner>(cleaners);
            var rest = new BatchPipeline<RatingCleaner, bool>(reader.ReadBatchesAsync, idle.Dequeue, (cleaner, batch, _) => Task.FromResult(Add(cleaner, batch)));
            await foreach (var taken in rest.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                Report(cleaners.Sum(cleaner => cleaner.Records), reader.Consumed);
            }

            foreach (var other in cleaners.Skip(1))
            {
                cleaners[0].Tally.Add(other.Tally);
            }

            return new RatingFileContent(
                cleaners[0].Tally,
                cleaners.Sum(cleaner => cleaner.Records),
                cleaners.Sum(cleaner => cleaner.Rejected),
                [
                    .. HeaderFindings.Create(reader, stream, file.Name, columns.Unknown, [], linesEndInLineFeeds: false),
                    .. CappedFindings.Merge(cleaners.Select(cleaner => cleaner.Findings)),
                    .. SpreadsheetFindings.Merge(cleaners.Select(cleaner => cleaner.Spreadsheet)),
                ]);

            void Report(long records, long bytes)
            {
                gates.CheckRejectsEarly(file.Name, cleaners.Sum(cleaner => cleaner.Rejected), records, bytes, file.Length);
                progress?.Report(new LoadProgress(records, bytes, file.Length, file.Name));
            }
        }
    }

    private static async Task ReadBlocksAsync(
        Stream stream, RecordReader reader, List<RatingCleaner> cleaners, Action<long, long> report, CancellationToken cancellationToken)
    {
        using var blocks = new LineBlockReader(stream, reader, (lines, bytes) => report(lines, bytes));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(cleaners.Select(cleaner => Task.Run(
            async () =>
            {
                try
                {
                    var buffer = new byte[LineBlockReader.Bytes + FastRatingParser.Padding];
                    while (await blocks.NextAsync(buffer, stop.Token).ConfigureAwait(false) is { } block)
                    {
                        FastRatingParser.Read(cleaner, buffer, block.Length, block.Line);
                    }
                }
                catch
                {
                    await stop.CancelAsync().ConfigureAwait(false);
                    throw;
                }
            },
            CancellationToken.None))).ConfigureAwait(false);
    }

    private static bool Add(RatingCleaner cleaner, RecordBatch batch)
    {
        cleaner.Add(batch);
        return true;
    }
}

/// <summary>The aggregated content of a file of ratings.</summary>
/// <param name="Tally">The aggregated ratings.</param>
/// <param name="Records">Records read, without empty rows.</param>
/// <param name="Rejected">Records that were rejected.</param>
/// <param name="Findings">The findings, except those about links.</param>
internal sealed record RatingFileContent(RatingTally Tally, long Records, long Rejected, IReadOnlyList<Finding> Findings);
