using System.IO.Compression;
using System.Text;
using CineLedger.Sources;

namespace CineLedger.Samples;

/// <summary>Writes a synthetic dataset with the files, the shape and, where wanted, the faults of The Movies Dataset.</summary>
public static class SampleWriter
{
    private const int BlockSize = 256 * 1024;
    private const int SmallStep = 5, SmallRatingsPerFilm = 11;

    // Zip entries need a date; any fixed one will do.
    private static readonly DateTimeOffset Written = new(2017, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Writes the dataset as a zip archive and leaves <paramref name="output"/> open. The stream need not be seekable, but
    /// must take synchronous writes too, with which .NET's archive ends each entry. Memory does not grow with the films.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for no films, or for a negative number of ratings.</exception>
    public static async Task WriteAsync(SampleOptions options, Stream output, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        options.Check();
        var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct).ConfigureAwait(false);
        await using (zip.ConfigureAwait(false))
        {
            await WriteMarkerAsync(zip, options, ct).ConfigureAwait(false);
            foreach (var (name, rows) in Files(options))
            {
                await WriteRowsAsync(zip, name, rows, ct).ConfigureAwait(false);
            }
        }
    }

    private static IEnumerable<(string Name, RowSource Rows)> Files(SampleOptions options)
    {
        var ids = new FilmIds(options);
        var extras = new ExtraLinks(options);
        int small = ((options.Movies - 1) / SmallStep) + 1;
        long smallRatings = Math.Min(options.RatingCount, (long)small * SmallRatingsPerFilm);
        return
        [
            (DatasetFiles.Movies, new MovieRows(options, ids, new QuirkPlan(options))),
            (DatasetFiles.Links, new LinkRows(options, ids, extras, 1)),
            (DatasetFiles.LinksSmall, new LinkRows(options, ids, extras, SmallStep)),
            (DatasetFiles.Ratings, new RatingRows(options, Rng.Stream.Ratings, options.RatingCount, ids, extras, 1)),
            (DatasetFiles.RatingsSmall, new RatingRows(options, Rng.Stream.SmallRatings, smallRatings, ids, extras, SmallStep)),
            (DatasetFiles.Credits, new CreditRows(options, ids)),
            (DatasetFiles.Keywords, new KeywordRows(options, ids)),
        ];
    }

    /// <summary>One block is compressed and written while the next one is made.</summary>
    private static async Task WriteRowsAsync(ZipArchive zip, string name, RowSource rows, CancellationToken ct)
    {
        var entry = await OpenAsync(zip, name, ct).ConfigureAwait(false);
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
                    more = rows.Next(filling);
                }

                await written.ConfigureAwait(false);
                ct.ThrowIfCancellationRequested();
                (filling, writing) = (writing, filling);
                filling.Clear();
                var block = writing.WrittenMemory;
                written = Task.Run(() => entry.WriteAsync(block, ct).AsTask(), ct);
            }
            await written.ConfigureAwait(false);
        }
    }

    private static async Task WriteMarkerAsync(ZipArchive zip, SampleOptions options, CancellationToken ct)
    {
        string text = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
            This dataset is synthetic. Every title, company, person and number in it is invented;
            likeness to any real one is chance.

            Made by: cineledger sample
            Movies:  {options.Movies}
            Seed:    {options.Seed}
            Ratings: {options.RatingCount}
            Quirks:  {options.Quirks}

            """).ReplaceLineEndings("\n");
        var entry = await OpenAsync(zip, DatasetFiles.SyntheticMarker, ct).ConfigureAwait(false);
        await using (entry.ConfigureAwait(false))
        {
            await entry.WriteAsync(Encoding.UTF8.GetBytes(text), ct).ConfigureAwait(false);
        }
    }

    private static Task<Stream> OpenAsync(ZipArchive zip, string name, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Written;
        return entry.OpenAsync(ct);
    }
}
