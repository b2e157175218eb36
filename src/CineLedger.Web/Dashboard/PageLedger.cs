using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard;

/// <summary>The ledger as of one snapshot, for pages: what was asked before comes from memory.</summary>
public sealed class PageLedger(LedgerPool pool, SnapshotCache cache, Snapshot snapshot)
{
    /// <summary>Bytes of a thing that nobody says more about.</summary>
    private const long SmallEntryBytes = 4_000;

    public Snapshot Snapshot => snapshot;

    public Task<ResultTable> QueryAsync(QueryRequest query, CancellationToken cancellationToken)
    {
        QueryChecks.Check(query);
        return ReadTableAsync(
            QuerySql.Build(query, snapshot.Id).ToInlinedSql(),
            (connection, cancel) => ReportRunner.OpenAsync(connection, query, snapshot, cancel),
            cancellationToken);
    }

    /// <summary>What a query rests on.</summary>
    public Task<Coverage> ReadCoverageAsync(QueryRequest query, CancellationToken cancellationToken) => KeepAsync(
        SnapshotCache.CoverageKey(snapshot, query),
        () => ReadUncachedAsync((connection, cancel) => ReportRunner.ReadCoverageAsync(connection, query, snapshot, cancel), cancellationToken),
        _ => SmallEntryBytes,
        cancellationToken);

    /// <summary>Sentences on names that a query asks for and the ledger never had; empty where all are known.</summary>
    public Task<IReadOnlyList<string>> FindUnknownNamesAsync(QueryRequest query, CancellationToken cancellationToken) => ReadAsync(
        $"names of {QuerySql.Build(query, snapshot.Id).ToInlinedSql()}",
        (connection, cancel) => UnknownNames.FindNotesAsync(connection, query, cancel),
        cancellationToken);

    /// <summary>Companies or genres: see <see cref="NameList"/>.</summary>
    /// <param name="kind"><c>company</c> or <c>genre</c>.</param>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public Task<ResultTable> ReadNamesAsync(string kind, NameFilter filter, CancellationToken cancellationToken) =>
        ReadTableAsync($"{kind} {filter}", (connection, cancel) => NameList.OpenAsync(connection, kind, filter, snapshot, cancel), cancellationToken);

    /// <summary>Movies: see <see cref="MovieList"/>, whose <see cref="MovieList.CreateQuery"/> makes the query.</summary>
    public Task<ResultTable> ReadMoviesAsync(QueryRequest query, IReadOnlyList<QueryOrder> order, int? limit, int offset, CancellationToken cancellationToken)
    {
        MovieList.CheckOrder(order);
        return ReadTableAsync(
            string.Create(CultureInfo.InvariantCulture, $"movies {QuerySql.Build(query, snapshot.Id).ToInlinedSql()} {string.Join(',', order)} {limit} {offset}"),
            (connection, cancel) => MovieList.OpenAsync(connection, query, order, limit, offset, snapshot, cancel),
            cancellationToken);
    }

    /// <summary>Any other table.</summary>
    /// <param name="key">Tells it from all others of the snapshot.</param>
    /// <param name="open">Opens its rows.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public Task<ResultTable> ReadTableAsync(string key, Func<DbConnection, CancellationToken, Task<DbResult>> open, CancellationToken cancellationToken) => ReadAsync(
        key,
        async (connection, cancel) => await ResultTable.ReadAsync(await open(connection, cancel), cancel),
        cancellationToken);

    /// <summary>Anything else that is of the snapshot alone.</summary>
    /// <param name="key">Tells it from all other things of the snapshot.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public Task<T> ReadAsync<T>(string key, Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class =>
        GetAsync(key, () => ReadUncachedAsync(read, cancellationToken), value => value is ResultTable table ? table.Size : SmallEntryBytes, cancellationToken);

    /// <summary>Anything that is made of the snapshot.</summary>
    /// <param name="key">Tells it from all other things of the snapshot.</param>
    /// <param name="make">Makes it, when it is not in memory.</param>
    /// <param name="size">How many bytes it takes.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal Task<T> GetAsync<T>(string key, Func<Task<T>> make, Func<T, long> size, CancellationToken cancellationToken)
        where T : class => KeepAsync(SnapshotCache.KeyOf(snapshot, key), make, size, cancellationToken);

    /// <summary>What may change without a new snapshot, the account of loads for one: read anew each time, by a <see cref="PageDefinition.IsLive"/> page.</summary>
    public async Task<T> ReadUncachedAsync<T>(Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var reader = await pool.RentAsync(snapshot.Id, cancellationToken);
        try
        {
            return await read(reader.Connection, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            // An interrupted statement fails like any other.
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
    }

    private async Task<T> KeepAsync<T>(string key, Func<Task<T>> make, Func<T, long> size, CancellationToken cancellationToken)
        where T : class => (await cache.GetAsync(
            key,
            async () =>
            {
                var value = await make();
                return ((T?)value, (2 * key.Length) + size(value));
            },
            cancellationToken))!;
}
