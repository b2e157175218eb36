using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CineLedger.Cleaning;
using CineLedger.Files;
using CineLedger.Loading;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Reading;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CineLedger.Kafka;

/// <summary>
/// Brings a topic up to date with a dataset: writes a message, keyed by movie id, for each movie that is new or different, and a message without a value
/// for each movie that the dataset lacks. Movies that are equal in both are not written again.
/// </summary>
public static class TopicPublisher
{
    private const int MoviesPerBatch = 2_000;

    /// <summary>
    /// Cleans the dataset like a load, in a temporary ledger. Throws <see cref="QualityGateException"/> when a quality gate fails, before anything is
    /// written.
    /// </summary>
    public static async Task<PublishSummary> RunAsync(
        Dataset dataset, LoadOptions options, BrokerOptions brokers, string topic, IProgress<LoadProgress>? progress, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = TemporaryPaths.CreateFolder();
        try
        {
            // Reads the topic first: if it does not exist, reading the dataset would be wasted.
            var there = await TopicState.ReadAsync(brokers, topic, logger, cancellationToken).ConfigureAwait(false);
            var ledger = await StoreEngine.Get(Path.Combine(folder.FullName, "publish.duckdb"))
                .OpenAsync(Path.Combine(folder.FullName, "publish.duckdb"), wait: false, cancellationToken)
                .ConfigureAwait(false);
            await using (ledger.ConfigureAwait(false))
            {
                await Loader.LoadAsync(ledger, dataset, options with { Parts = DatasetParts.Movies }, progress, cancellationToken).ConfigureAwait(false);
                return await WriteAsync(ledger, there, options, brokers, topic, logger, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<PublishSummary> WriteAsync(
        Ledger ledger, Dictionary<long, long> published, LoadOptions options, BrokerOptions brokers, string topic, ILogger logger, CancellationToken cancellationToken)
    {
        var movies = await ledger.Connection.QueryAsync(
            "SELECT movie_id, content_hash FROM movie WHERE until IS NULL ORDER BY movie_id", row => (Id: row.GetInt64(0), Hash: row.GetInt64(1)), cancellationToken)
            .ConfigureAwait(false);
        var removed = published.Keys.Except(movies.Select(movie => movie.Id)).Order().ToList();
        if (!options.IsMerge)
        {
            new GateDecision(options).Decide(RecordGates.CheckShrink(removed.Count, published.Count));
        }

        var changed = movies.Where(movie => published.GetValueOrDefault(movie.Id) != movie.Hash).Select(movie => movie.Id).ToList();
        using var writer = new TopicWriter(brokers, topic, logger);
        var json = new ArrayBufferWriter<byte>(4096);
        foreach (var ids in changed.Chunk(MoviesPerBatch))
        {
            var idFilter = await IdFilter.WriteAsync(ledger, ids, cancellationToken).ConfigureAwait(false);
            foreach (var version in await MovieRows.ReadAsync(ledger.Connection, $"m.until IS NULL AND m.movie_id IN ({idFilter})", cancellationToken).ConfigureAwait(false))
            {
                await writer.WriteAsync(CreateMessage(version.Movie, json), cancellationToken).ConfigureAwait(false);
            }
        }

        removed = options.IsMerge ? [] : removed;
        foreach (var id in removed)
        {
            await writer.WriteAsync(CreateTombstone(id), cancellationToken).ConfigureAwait(false);
        }

        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new PublishSummary(movies.Count, changed.Count, removed.Count);
    }

    /// <summary>Creates the message of a movie.</summary>
    internal static Message<byte[], byte[]> CreateMessage(Movie movie, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, TmdbJson.Options))
        {
            TmdbJson.Write(json, movie);
        }

        return new() { Key = GetKey(movie.Id), Value = buffer.WrittenSpan.ToArray() };
    }

    /// <summary>Creates the message of a removed movie.</summary>
    internal static Message<byte[], byte[]> CreateTombstone(long id) => new() { Key = GetKey(id), Value = null! };

    private static byte[] GetKey(long id) => Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Result of a publication.</summary>
/// <param name="Movies">Movies of the dataset.</param>
/// <param name="Written">Movies that were new or different.</param>
/// <param name="Removed">Movies that the topic held and the dataset lacks.</param>
public sealed record PublishSummary(long Movies, long Written, long Removed);
