using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CineLedger.Cleaning;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Reading;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CineLedger.Kafka;

/// <summary>
/// Makes a topic say what a dataset says: a message for each film that the topic does not hold like this, keyed by the film's id, and one
/// without a value for each that the dataset lacks. What is in both alike is not written again.
/// </summary>
public static class TopicPublisher
{
    private const int FilmsAtOnce = 2_000;

    /// <summary>
    /// Cleans the dataset as a load does, in a ledger of its own that is gone afterwards. Throws <see cref="QualityGateException"/> where a gate
    /// holds it back, before anything is written.
    /// </summary>
    public static async Task<PublishSummary> RunAsync(
        Dataset dataset, LoadOptions options, BrokerOptions brokers, string topic, IProgress<LoadProgress>? progress, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("cineledger-publish-");
        try
        {
            // The topic first: without it there is no need to read the dataset.
            var there = await TopicState.ReadAsync(brokers, topic, logger, cancellationToken).ConfigureAwait(false);
            var ledger = await StoreEngine.For(Path.Combine(folder.FullName, "publish.duckdb")).OpenAsync(Path.Combine(folder.FullName, "publish.duckdb"), wait: false, cancellationToken).ConfigureAwait(false);
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
        Ledger ledger, Dictionary<long, long> there, LoadOptions options, BrokerOptions brokers, string topic, ILogger logger, CancellationToken cancellationToken)
    {
        var films = await ledger.Connection.QueryAsync(
            "SELECT movie_id, content_hash FROM movie WHERE until IS NULL ORDER BY movie_id", row => (Id: row.GetInt64(0), Hash: row.GetInt64(1)), cancellationToken)
            .ConfigureAwait(false);
        var gone = there.Keys.Except(films.Select(film => film.Id)).Order().ToList();
        if (!options.AllowShrink && !options.Merge)
        {
            QualityGates.CheckShrink(gone.Count, there.Count);
        }

        var news = films.Where(film => there.GetValueOrDefault(film.Id) != film.Hash).Select(film => film.Id).ToList();
        using var writer = new TopicWriter(brokers, topic, logger);
        var json = new ArrayBufferWriter<byte>(4096);
        foreach (var ids in news.Chunk(FilmsAtOnce))
        {
            var listed = await ListedIds.WriteAsync(ledger, ids, cancellationToken).ConfigureAwait(false);
            foreach (var version in await MovieRows.ReadAsync(ledger.Connection, $"m.until IS NULL AND m.movie_id IN ({listed})", cancellationToken).ConfigureAwait(false))
            {
                await writer.WriteAsync(Message(version.Movie, json), cancellationToken).ConfigureAwait(false);
            }
        }

        gone = options.Merge ? [] : gone;
        foreach (var id in gone)
        {
            await writer.WriteAsync(Tombstone(id), cancellationToken).ConfigureAwait(false);
        }

        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new PublishSummary(films.Count, news.Count, gone.Count);
    }

    /// <summary>A film as it stands in a topic.</summary>
    internal static Message<byte[], byte[]> Message(Movie movie, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, TmdbJson.Options))
        {
            TmdbJson.Write(json, movie);
        }

        return new() { Key = Key(movie.Id), Value = buffer.WrittenSpan.ToArray() };
    }

    /// <summary>What says that a film is gone.</summary>
    internal static Message<byte[], byte[]> Tombstone(long id) => new() { Key = Key(id), Value = null! };

    private static byte[] Key(long id) => Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture));
}

/// <summary>What a publication wrote.</summary>
/// <param name="Movies">Films of the dataset.</param>
/// <param name="Written">Those of them that the topic did not hold like this.</param>
/// <param name="Removed">Films that the topic held and the dataset lacks.</param>
public sealed record PublishSummary(long Movies, long Written, long Removed);
