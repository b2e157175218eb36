using System.IO.Compression;
using System.Text;
using CineLedger.Sources;

namespace CineLedger.Samples;

/// <summary>Writes a synthetic dataset with the files, the shape and optionally the faults of The Movies Dataset.</summary>
public static class SampleWriter
{
    private const int BlockSize = 256 * 1024;
    private const int EveryNthInSmallFiles = 5, SmallRatingsPerMovie = 11;

    // Zip entries need a date; a fixed one keeps the output reproducible.
    private static readonly DateTimeOffset Written = new(2017, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Writes the dataset as a zip archive and leaves <paramref name="output"/> open. The stream need not be seekable, but
    /// must support synchronous writes, which ZipArchive uses at the end of each entry. Memory use does not depend on the number of movies.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of movies or ratings is out of range.</exception>
    public static async Task WriteAsync(SampleOptions options, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        options.Check();
        var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken).ConfigureAwait(false);
        await using (zip.ConfigureAwait(false))
        {
            await WriteTextAsync(zip, DatasetFiles.SyntheticMarker, CreateMarker(options), cancellationToken).ConfigureAwait(false);
            foreach (var (name, rows) in GetFiles(options))
            {
                await WriteRowsAsync(zip, name, rows, cancellationToken).ConfigureAwait(false);
            }

            await WriteTextAsync(zip, DatasetFiles.Studios, StudioListGenerator.Create(options), cancellationToken).ConfigureAwait(false);
        }
    }

    private static IEnumerable<(string Name, RowSource Rows)> GetFiles(SampleOptions options)
    {
        var ids = new MovieIds(options);
        var extras = new ExtraLinks(options);
        int small = ((options.Movies - 1) / EveryNthInSmallFiles) + 1;
        long smallRatings = Math.Min(options.RatingCount, (long)small * SmallRatingsPerMovie);
        return
        [
            (DatasetFiles.Movies, new MovieRowSource(options, ids, new QuirkPlan(options))),
            (DatasetFiles.Links, new LinkRowSource(options, ids, extras, 1)),
            (DatasetFiles.LinksSmall, new LinkRowSource(options, ids, extras, EveryNthInSmallFiles)),
            (DatasetFiles.Ratings, new RatingRowSource(options, Rng.RngStream.Ratings, options.RatingCount, ids, extras, 1)),
            (DatasetFiles.RatingsSmall, new RatingRowSource(options, Rng.RngStream.SmallRatings, smallRatings, ids, extras, EveryNthInSmallFiles)),
            (DatasetFiles.Credits, new CreditRowSource(options, ids)),
            (DatasetFiles.Keywords, new KeywordRowSource(options, ids)),
        ];
    }

    /// <summary>Generates each block while the previous one is compressed and written.</summary>
    private static async Task WriteRowsAsync(ZipArchive zip, string name, RowSource rows, CancellationToken cancellationToken)
    {
        var entry = await OpenAsync(zip, name, cancellationToken).ConfigureAwait(false);
        await using (entry.ConfigureAwait(false))
        {
            var (filling, writing) = (new Utf8Buffer(BlockSize * 2), new Utf8Buffer(BlockSize * 2));
            filling.Add(rows.Header);
            var written = Task.CompletedTask;
            bool more = true;
            while (more)
            {
                while (filling.Length < BlockSize && more)
                {
                    more = rows.TryWriteNext(filling);
                }

                await written.ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                (filling, writing) = (writing, filling);
                filling.Clear();
                var block = writing.WrittenMemory;
                written = Task.Run(() => entry.WriteAsync(block, cancellationToken).AsTask(), cancellationToken);
            }
            await written.ConfigureAwait(false);
        }
    }

    private static string CreateMarker(SampleOptions options) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
            This dataset is synthetic. Every title, company, person and number in it is invented;
            any resemblance to real ones is coincidental.

            Made by: cineledger sample
            Movies:  {options.Movies}
            Seed:    {options.Seed}
            Ratings: {options.RatingCount}
            Quirks:  {options.Quirks}

            """).ReplaceLineEndings("\n");

    private static async Task WriteTextAsync(ZipArchive zip, string name, string text, CancellationToken cancellationToken)
    {
        var entry = await OpenAsync(zip, name, cancellationToken).ConfigureAwait(false);
        await using (entry.ConfigureAwait(false))
        {
            await entry.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task<Stream> OpenAsync(ZipArchive zip, string name, CancellationToken cancellationToken)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Written;
        return entry.OpenAsync(cancellationToken);
    }
}
