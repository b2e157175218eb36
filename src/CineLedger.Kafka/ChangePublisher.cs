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
/// Publishes the changes of each snapshot to a topic, for other programs: a message like those of <see cref="TopicPublisher"/> for each added or changed
/// movie, and a message without a value for each removed one. The messages of a snapshot are written once it can be read, in snapshot order. The ledger
/// records the last snapshot published; an interrupted snapshot is written again from its beginning. The topic itself is read when the ledger does not
/// know its content: the first time, and when the snapshots after the last published one have been pruned.
/// </summary>
public sealed class ChangePublisher : IDisposable
{
    /// <summary>Message headers: the snapshot's number, when it was published, and how it changed the movie.</summary>
    internal const string SnapshotHeader = "cineledger-snapshot", PublishedAtHeader = "cineledger-published-at", ChangeHeader = "cineledger-change";

    private const int MoviesPerBatch = 2_000;

    /// <summary>How long a server may publish before it has to renew its claim.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>Identifies this process and this publisher within it.</summary>
    private readonly string _node = FormattableString.Invariant($"{LoadRecord.CurrentNode}:{Guid.NewGuid():N}");

    private readonly ArrayBufferWriter<byte> _json = new(4096);
    private readonly BrokerOptions _brokers;
    private readonly string _topic;
    private readonly LedgerPool _pool;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private TopicWriter _writer;
    private bool _hasRequiredSchema;

    /// <summary>Throws <see cref="UsageException"/> when librdkafka rejects an option. Sends nothing yet.</summary>
    public ChangePublisher(BrokerOptions brokers, string topic, LedgerPool pool, TimeProvider time, ILogger logger)
    {
        (_brokers, _topic, _pool, _time, _logger) = (brokers, topic, pool, time, logger);
        _writer = new TopicWriter(brokers, topic, logger);
    }

    /// <summary>Publishes every snapshot that the topic lacks, unless another server of the ledger does.</summary>
    /// <returns>The newest snapshot published completely; null when another server publishes.</returns>
    /// <exception cref="LedgerException">The brokers reject the messages, or the ledger cannot be read; try again later.</exception>
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
            // Replaces the writer: messages still in its queue must not arrive after those written next, and a client cannot recover from some failures.
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

    /// <summary>Gives up the claim, so that another server can continue immediately.</summary>
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
                // Opening the ledger for writing upgrades its schema.
                await (await _pool.OpenForLoadAsync(wait: true, cancellationToken).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }

            var now = await ReadNowAsync(small, cancellationToken).ConfigureAwait(false);
            return await ChangeFeedRows.ClaimAsync(small.Connection, _topic, _node, now, now + Lease, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DateTime> ReadNowAsync(RentedConnection connection, CancellationToken cancellationToken) =>
        (await _pool.ReadClockAsync(connection.Connection, _time, cancellationToken).ConfigureAwait(false)).GetUtcNow().UtcDateTime;

    /// <summary>Finds the next snapshot to publish and the changes to write.</summary>
    private async Task<(Snapshot Snapshot, IReadOnlyList<(long Id, ChangeKind Change)> Changes)> FindNextAsync(int? published, Snapshot newest, CancellationToken cancellationToken)
    {
        var reader = await _pool.RentAsync(newest.Id, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            if (published is { } last && await SnapshotRows.ReadAfterAsync(reader.Connection, last, 1, cancellationToken).ConfigureAwait(false) is [var next])
            {
                // While the previous snapshot exists, no movie version that ended with this one has been pruned. Checked after reading the changes.
                var changes = await ChangeFeedRows.ReadChangedAsync(reader.Connection, next.Id, cancellationToken).ConfigureAwait(false);
                if (await SnapshotRows.TryFindAsync(reader.Connection, last, cancellationToken).ConfigureAwait(false) is not null)
                {
                    return (next, changes);
                }
            }
        }

        // Reads the topic without holding a connection: a topic with millions of messages takes a while.
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

    /// <summary>Writes the changes and returns when the brokers have all of them; false when the lease was lost in the meantime.</summary>
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
                // A missing version has been pruned; RecordPublishedAsync detects that, and the topic is compared again.
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
            // The range lets the store skip blocks.
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

    /// <summary>Records the snapshot as published. If it was pruned in the meantime, movies may be missing, so the topic is compared again.</summary>
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
