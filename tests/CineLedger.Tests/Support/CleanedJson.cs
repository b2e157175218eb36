using System.Text;
using System.Text.Json;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Streaming;

namespace CineLedger.Tests.Support;

/// <summary>Cleans movies in JSON Lines format.</summary>
internal static class CleanedJson
{
    public const string File = "movies.ndjson";

    public static async Task<CleanedFile> CreateAsync(string text, int batchBytes = 4096, int bytesARead = int.MaxValue)
    {
        using var stream = new TrickleStream(Encoding.UTF8.GetBytes(text), bytesARead);
        var reader = new JsonLineReader(stream, File, MovieColumns.CreateJsonFields(), new RecordReaderOptions { BatchBytes = batchBytes });
        var cleaner = new MovieCleaner(MovieColumns.Json, File);
        var (hash, movies, contents, findings) = (new ContentHasher(), new List<Movie>(), new List<string>(), new List<Finding>());
        await foreach (var batch in reader.ReadBatchesAsync(default))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    if (cleaner.Clean(batch[i], findings) is { } movie)
                    {
                        movies.Add(movie);
                        contents.Add($"{hash.Compute(movie):x} {TmdbJson.ToText(movie)}");
                    }
                }
            }
        }

        return new CleanedFile(movies, contents, [.. findings, .. SpreadsheetFindings.Merge([cleaner.DetachSpreadsheetFindings()])]);
    }

    /// <summary>Reads the changes in a text of JSON lines.</summary>
    public static async Task<ChangeSet> ChangesAsync(string text, string name)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var changes = new ChangeSet(name);
        var movies = new ChangeReader(changes);
        await foreach (var batch in new JsonLineReader(stream, name, MovieColumns.CreateJsonFields()).ReadBatchesAsync(default))
        {
            using (batch)
            {
                movies.Read(batch);
            }
        }

        movies.Complete();
        return changes;
    }

    /// <summary>Returns movies as JSON lines in TMDB's format.</summary>
    public static string Lines(IEnumerable<Movie> movies)
    {
        var text = new StringBuilder();
        foreach (var movie in movies)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, TmdbJson.Options))
            {
                TmdbJson.Write(json, movie);
            }

            text.Append(Encoding.UTF8.GetString(buffer.ToArray())).Append('\n');
        }

        return text.ToString();
    }
}
