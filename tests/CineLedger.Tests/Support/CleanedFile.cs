using System.Text;
using CineLedger.Cleaning;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Tests.Support;

/// <summary>The cleaned movies of a file, their contents as text that is equal only for equal content, and the findings.</summary>
internal sealed record CleanedFile(IReadOnlyList<Movie> Movies, IReadOnlyList<string> Contents, IReadOnlyList<Finding> Findings)
{
    public Movie Movie => Assert.Single(Movies);

    public Finding Finding => Assert.Single(Findings);

    /// <summary>Cleans a file as a load does.</summary>
    public static async Task<CleanedFile> CreateAsync(string text)
    {
        var dataset = MemoryDataset.Create(text);
        var pipeline = new MoviePipeline(dataset, dataset.GetRequired(DatasetFiles.Movies));
        var (movies, findings, tallies) = (new List<(Movie Movie, long Hash)>(), new List<Finding>(), new List<SpreadsheetFindings>());
        await foreach (var batch in pipeline.ReadAsync(TestContext.Current.CancellationToken))
        {
            movies.AddRange(batch.Items);
            findings.InsertRange(batch.Records == 0 ? 0 : findings.Count, batch.Findings);
            tallies.Add(batch.Spreadsheet);
        }

        return Create(movies, [.. findings, .. SpreadsheetFindings.Merge(tallies)]);
    }

    public static Task<CleanedFile> CreateAsync(params MovieRow[] rows) => CreateAsync(MovieFile.Text(rows));

    /// <summary>Cleans a file without the pipeline, in batches of any size, from a stream that returns a few bytes at a time.</summary>
    public static async Task<CleanedFile> CreateFromBatchesAsync(string text, int batchBytes, int bytesARead = int.MaxValue, DateOnly? today = null)
    {
        MovieCleaner? cleaner = null;
        using var stream = new TrickleStream(Encoding.UTF8.GetBytes(text), bytesARead);
        var reader = new RecordReader(
            stream, DatasetFiles.Movies, new RecordReaderOptions { BatchBytes = batchBytes, IsValid = record => cleaner!.IsMovie(record) });
        var columns = MovieColumns.Read(await reader.ReadHeaderAsync(default), DatasetFiles.Movies);
        cleaner = new MovieCleaner(columns, DatasetFiles.Movies) { Today = today ?? DateOnly.FromDateTime(DateTime.UtcNow) };
        var (hash, movies, findings) = (new ContentHasher(), new List<(Movie, long)>(), new List<Finding>());
        await foreach (var batch in reader.ReadBatchesAsync(default))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    if (cleaner.Clean(batch[i], findings) is { } movie)
                    {
                        movies.Add((movie, hash.Compute(movie)));
                    }
                }
            }
        }

        return Create(movies, findings);
    }

    private static CleanedFile Create(List<(Movie Movie, long Hash)> movies, List<Finding> findings) =>
        new([.. movies.Select(movie => movie.Movie)], [.. movies.Select(movie => $"{movie.Hash:x} {TmdbJson.ToText(movie.Movie)}")], findings);
}
