using System.Buffers;
using System.Globalization;
using System.Text;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace CineLedger.Kafka;

/// <summary>
/// Publishes what each snapshot changes to a topic, for other programs: a movie's message as <see cref="TopicPublisher"/> writes it, one without a
/// value for a movie that went. A snapshot's messages are written when it can be read, in the order of the snapshots, and how far that has come
/// stands in the ledger: what is broken off is written again from the beginning of its snapshot. Where the ledger does not know what the topic
/// holds, the first time and when what followed has been pruned away, the topic itself is asked.
/// </summary>
public sealed class ChangePublisher : IDisposable
{
    /// <summary>What tells of the snapshot in a message's headers: its number, when it was published, and what it did to the movie.</summary>
    internal const string SnapshotHeader = "cineledger-snapshot", PublishedAtHeader = "cineledger-published-at", ChangeHeader = "cineledger-change";

    private const int MoviesPerBatch = 2_000;

    /// <summary>How long a server publishes without saying that it is still there.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>This process, and this publisher in it.</summary>
    private readonly string _node = FormattableString.Invariant($"{LoadRecord.CurrentNode}:{Guid.NewGuid():N}");

    private readonly ArrayBufferWriter<byte> _json = new(4096);
    private readonly BrokerOptions _brokers;
    private readonly string _topic;
    private readonly LedgerPool _pool;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private TopicWriter _writer;
    private bool _hasRequiredSchema;

    /// <summary>Throws <see cref="UsageException"/> where librdkafka does not take an option. Nothing is sent yet.</summary>
    public ChangePublisher(BrokerOptions brokers, string topic, LedgerPool pool, TimeProvider time, ILogger logger)
    {
        (_brokers, _topic, _pool, _time, _logger) = (brokers, topic, pool, time, logger);
        _writer = new TopicWriter(brokers, topic, logger);
    }

    /// <summary>Publishes all that the topic lacks, unless another server of the ledger does.</summary>
    /// <returns>The newest snapshot that the topic has everything of; null where it is another's to say.</returns>
    /// <exception cref="LedgerException">The brokers do not take it, or the ledger cannot be read: try again later.</exception>
    public async Task<int?> CatchUpAsync(CancellationToken cancellationToken)
    {
        var (isOurs, published) = await ClaimAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (isOurs && _pool.Newest is { } newest && newest.Id != published)
            {
                StreamMetrics.RecordUnpublished(_topic, newest.Id - (published ?? 0));
                var (snapshot, changes) = await FindNextAsync(published, newest, cancellationToken).ConfigureAwait(false);
                isOurs = await WriteAsync(snapshot, changes, cancellationToken).ConfigureAwait(false);
                if (isOurs)
                {
                    (isOurs, published) = await RecordPublishedAsync(snapshot, changes.Count, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (LedgerException)
        {
            // Of what it still holds nothing may arrive after what is written next; and some failures a client never recovers from.
            _writer.Dispose();
            _writer = new TopicWriter(_brokers, _topic, _logger);
            throw;
        }

        if (!isOurs)
        {
            StreamMetrics.RemoveUnpublished(_topic);
            return null;
        }

        StreamMetrics.RecordUnpublished(_topic, 0);
        return published ?? 0;
    }

    /// <summary>Lets another server go on at once.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        StreamMetrics.RemoveUnpublished(_topic);
        var small = await _pool.RentWriterAsync(cancellationToken).ConfigureAwait(false);
        await using (small.ConfigureAwait(false))
        {
            var now = await ReadNowAsync(small, cancellationToken).ConfigureAwait(false);
            await ChangeFeedRows.ReleaseAsync(small.Connection, _topic, _node, now, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _writer.Dispose();

    private async Task<(bool IsOurs, int? Published)> ClaimAsync(CancellationToken cancellationToken)
    {
        var small = await _pool.RentWriterAsync(cancellationToken).ConfigureAwait(false);
        await using (small.ConfigureAwait(false))
        {
            if (!_hasRequiredSchema && !(_hasRequiredSchema = await Migrations.HasChangeFeedsAsync(small.Connection, cancellationToken).ConfigureAwait(false)))
            {
                // Who opens it to write to it brings it up.
                await (await _pool.OpenForLoadAsync(wait: true, cancellationToken).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }

            var now = await ReadNowAsync(small, cancellationToken).ConfigureAwait(false);
            return await ChangeFeedRows.ClaimAsync(small.Connection, _topic, _node, now, now + Lease, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DateTime> ReadNowAsync(RentedConnection connection, CancellationToken cancellationToken) =>
        (await _pool.ReadClockAsync(connection.Connection, _time, cancellationToken).ConfigureAwait(false)).GetUtcNow().UtcDateTime;

    /// <summary>The snapshot that the topic lacks, and what is to be written of it.</summary>
    private async Task<(Snapshot Snapshot, IReadOnlyList<(long Id, ChangeKind Change)> Changes)> FindNextAsync(int? published, Snapshot newest, CancellationToken cancellationToken)
    {
        var reader = await _pool.RentAsync(newest.Id, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            if (published is { } last && await SnapshotRows.ReadAfterAsync(reader.Connection, last, 1, cancellationToken).ConfigureAwait(false) is [var next])
            {
                // As long as the one before is there, no movie that ended with this one has been pruned away. Looked at last.
                var changes = await ChangeFeedRows.ReadChangedAsync(reader.Connection, next.Id, cancellationToken).ConfigureAwait(false);
                if (await SnapshotRows.TryFindAsync(reader.Connection, last, cancellationToken).ConfigureAwait(false) is not null)
                {
                    return (next, changes);
                }
            }
        }

        // Not while it has a connection: a topic of millions takes a while to read.
        var there = await TopicState.ReadAsync(_brokers, _topic, _logger, cancellationToken).ConfigureAwait(false);
        var later = await _pool.RentAsync(newest.Id, cancellationToken).ConfigureAwait(false);
        await using (later.ConfigureAwait(false))
        {
            var movies = await ChangeFeedRows.ReadAllAsync(later.Connection, newest.Id, cancellationToken).ConfigureAwait(false);
            var changed = movies.Where(movie => !there.TryGetValue(movie.Id, out var hash) || hash != movie.Hash)
                .Select(movie => (movie.Id, there.ContainsKey(movie.Id) ? ChangeKind.Changed : ChangeKind.Added));
            var removed = there.Keys.Except(movies.Select(movie => movie.Id)).Select(id => (id, ChangeKind.Removed));
            return (newest, [.. changed.Concat(removed).OrderBy(change => change.Item1)]);
        }
    }

    /// <summary>Returns when the brokers have it all; false where the lease was lost meanwhile.</summary>
    private async Task<bool> WriteAsync(Snapshot snapshot, IReadOnlyList<(long Id, ChangeKind Change)> changes, CancellationToken cancellationToken)
    {
        foreach (var some in changes.Chunk(MoviesPerBatch))
        {
            if (!(await ClaimAsync(cancellationToken).ConfigureAwait(false)).IsOurs)
            {
                return false;
            }

            var movies = await ReadAsync(snapshot, some, cancellationToken).ConfigureAwait(false);
            foreach (var (id, change) in some)
            {
                // A version that is not there any more was pruned away: what comes then compares with the topic.
                if (change == ChangeKind.Removed || movies.ContainsKey(id))
                {
                    var message = change == ChangeKind.Removed ? TopicPublisher.CreateTombstone(id) : TopicPublisher.CreateMessage(movies[id], _json);
                    message.Headers = CreateHeaders(snapshot, change);
                    await _writer.WriteAsync(message, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        await _writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<Dictionary<long, Movie>> ReadAsync(Snapshot snapshot, IReadOnlyList<(long Id, ChangeKind Change)> changes, CancellationToken cancellationToken)
    {
        var ids = changes.Where(change => change.Change != ChangeKind.Removed).Select(change => change.Id).ToHashSet();
        if (ids.Count == 0)
        {
            return [];
        }

        var reader = await _pool.RentAsync(snapshot.Id, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            // The range tells a store which of its blocks it need not look at.
            var versions = await MovieRows.ReadAsync(
                reader.Connection,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{AsOf.Build("m")} AND m.movie_id BETWEEN {ids.Min()} AND {ids.Max()} AND m.movie_id IN ({string.Join(", ", ids)})"),
                cancellationToken,
                snapshot.Id).ConfigureAwait(false);
            return versions.ToDictionary(version => version.Movie.Id, version => version.Movie);
        }
    }

    /// <summary>Writes down how far it has come. Of a snapshot that was pruned away meanwhile movies may be missing: the topic is compared then.</summary>
    private async Task<(bool IsOurs, int? Published)> RecordPublishedAsync(Snapshot snapshot, int changes, CancellationToken cancellationToken)
    {
        var small = await _pool.RentWriterAsync(cancellationToken).ConfigureAwait(false);
        await using (small.ConfigureAwait(false))
        {
            if (await SnapshotRows.TryFindAsync(small.Connection, snapshot.Id, cancellationToken).ConfigureAwait(false) is null)
            {
                return (true, null);
            }

            var now = await ReadNowAsync(small, cancellationToken).ConfigureAwait(false);
            if (!await ChangeFeedRows.AdvanceAsync(small.Connection, _topic, _node, snapshot.Id, now, cancellationToken).ConfigureAwait(false))
            {
                return (false, null);
            }
        }

        StreamMetrics.RecordPublished(_topic, changes);
        _logger.ChangesPublished(_topic, snapshot.Id, changes);
        return (true, snapshot.Id);
    }

    private static Headers CreateHeaders(Snapshot snapshot, ChangeKind change) =>
    [
        new Header(SnapshotHeader, Encoding.ASCII.GetBytes(snapshot.Id.ToString(CultureInfo.InvariantCulture))),
        new Header(PublishedAtHeader, Encoding.ASCII.GetBytes(snapshot.PublishedAt.ToString("O", CultureInfo.InvariantCulture))),
        new Header(ChangeHeader, Encoding.ASCII.GetBytes(change.ToString().ToLowerInvariant())),
    ];
}
