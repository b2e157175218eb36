using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Names;
using CineLedger.Reports.Queries;
using CineLedger.Reports.Search;
using CineLedger.Reports.Studios;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard;

/// <summary>The ledger as of one snapshot, for pages. Results are cached in memory.</summary>
public sealed class PageLedger(LedgerReaders readers, SnapshotCache cache, Snapshot snapshot)
{
    /// <summary>The size in bytes that is assumed for an entry of unknown size.</summary>
    private const long SmallEntryBytes = 4_000;

    private const long StudioLineBytes = 500;

    public Snapshot Snapshot => snapshot;

    public Task<ResultTable> QueryAsync(QueryRequest query, CancellationToken cancellationToken)
    {
        QueryChecks.Check(query);
        return ReadTableAsync(
            QuerySql.BuildText(query, snapshot.Id),
            (connection, cancel) => ReportRunner.OpenAsync(connection, query, snapshot, cancel),
            cancellationToken);
    }

    /// <summary>Counts the rows of a query without its limit; see <see cref="ReportRunner.CountRowsAsync"/>.</summary>
    public async Task<int> CountRowsAsync(QueryRequest query, CancellationToken cancellationToken) => (int)(await ReadAsync(
        QuerySql.BuildCount(query, snapshot.Id).ToInlinedSql(),
        async (connection, cancel) => new RowCount(await ReportRunner.CountRowsAsync(connection, query, snapshot, cancel)),
        cancellationToken)).Rows;

    /// <summary>Reads the coverage of a query: how many movies it includes, and how many of their amounts are known.</summary>
    public Task<Coverage> ReadCoverageAsync(QueryRequest query, CancellationToken cancellationToken) => ReadCachedAsync(
        SnapshotCache.CreateCoverageKey(snapshot, query),
        (connection, cancel) => ReportRunner.ReadCoverageAsync(connection, query, snapshot, cancel),
        cancellationToken);

    /// <summary>Returns one sentence for each column used by reports that is not in the source.</summary>
    public Task<IReadOnlyList<string>> FindMissingColumnsAsync(CancellationToken cancellationToken) => ReadAsync(
        "notes on missing columns", (connection, cancel) => MissingColumns.FindNotesAsync(connection, snapshot.Id, cancel), cancellationToken);

    /// <summary>Returns a query with the names of the ledger. Throws <see cref="UsageException"/> with candidates for names that are unknown or unclear.</summary>
    public async Task<ResolvedQuery> ResolveAsync(QueryRequest query, CancellationToken cancellationToken)
    {
        // Queries with the same conditions share the names, but are not the same otherwise.
        var names = new QueryRequest { Measures = [Measures.Parse("releases")], Where = query.Where };
        var resolved = await ReadAsync(
            $"names {string.Join(',', query.Where.Select(filter => filter.IsExact))} of {QuerySql.Build(names, snapshot.Id).ToInlinedSql()}",
            (connection, cancel) => QueryResolver.ResolveNamesAsync(new NameSource(connection, snapshot, cache.CreateNameCache(snapshot)), names, cancel),
            cancellationToken);
        return resolved with { Query = query with { Where = resolved.Query.Where } };
    }

    /// <summary>Returns what a reader may have meant by a name: nothing but the name itself if it is clear, the most likely first otherwise.</summary>
    public async Task<IReadOnlyList<NameCandidate>> FindCandidatesAsync(string dimension, string name, CancellationToken cancellationToken)
    {
        try
        {
            var query = new PageQuery { Measures = ["releases"], Where = [PageQuery.Filter(dimension, name)] }.CreateRequest(new PageState());
            return [new(dimension, (string)(await ResolveAsync(query, cancellationToken)).Query.Where[0].Value!, 0)];
        }
        catch (UsageException error)
        {
            return error.Candidates;
        }
    }

    /// <summary>Reads companies or genres: see <see cref="NameList"/>.</summary>
    /// <param name="kind"><c>company</c> or <c>genre</c>.</param>
    /// <param name="filter">The names to include.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<ResultTable> ReadNamesAsync(string kind, NameFilter filter, CancellationToken cancellationToken) =>
        ReadTableAsync($"{kind} {filter}", (connection, cancel) => NameList.OpenAsync(connection, kind, filter, snapshot, cancel), cancellationToken);

    /// <summary>Reads the names of a kind for searching.</summary>
    public Task<NameIndex> ReadIndexAsync(SearchKind kind, CancellationToken cancellationToken) =>
        ReadAsync($"index of {kind.Section}", (connection, cancel) => kind.ReadIndexAsync(connection, snapshot, cancel), cancellationToken);

    /// <summary>Reads the list of studios; it has no lines if the ledger has no studios.</summary>
    public Task<StudioCatalog> ReadStudiosAsync(CancellationToken cancellationToken) =>
        ReadAsync("list of studios", (connection, cancel) => StudioCatalog.ReadAsync(connection, snapshot.Id, cancel), cancellationToken);

    /// <summary>Reads movies: see <see cref="MovieList"/>, whose <see cref="MovieList.CreateQuery"/> creates the query.</summary>
    public Task<ResultTable> ReadMoviesAsync(QueryRequest query, IReadOnlyList<QueryOrder> order, int? limit, int offset, CancellationToken cancellationToken)
    {
        MovieList.CheckOrder(order);
        return ReadTableAsync(
            string.Create(CultureInfo.InvariantCulture, $"movies {QuerySql.Build(query, snapshot.Id).ToInlinedSql()} {string.Join(',', order)} {limit} {offset}"),
            (connection, cancel) => MovieList.OpenAsync(connection, query, order, limit, offset, snapshot, cancel),
            cancellationToken);
    }

    /// <summary>Reads any other table.</summary>
    /// <param name="key">A key that is unique within the snapshot.</param>
    /// <param name="open">Opens its rows.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<ResultTable> ReadTableAsync(string key, Func<DbConnection, CancellationToken, Task<DbResult>> open, CancellationToken cancellationToken) => ReadAsync(
        key,
        async (connection, cancel) => await ResultTable.ReadAsync(await open(connection, cancel), cancel),
        cancellationToken);

    /// <summary>Reads any other value that depends only on the snapshot.</summary>
    /// <param name="key">A key that is unique within the snapshot.</param>
    /// <param name="read">Reads the value.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<T> ReadAsync<T>(string key, Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class => ReadCachedAsync(SnapshotCache.CreateKey(snapshot, key), read, cancellationToken);

    /// <summary>Returns a value that is derived from the snapshot, from the cache where possible.</summary>
    /// <param name="key">A key that is unique within the snapshot.</param>
    /// <param name="make">Creates the value when it is not cached.</param>
    /// <param name="size">Returns the size of the value in bytes.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal Task<T> GetAsync<T>(string key, Func<Task<T>> make, Func<T, long> size, CancellationToken cancellationToken)
        where T : class => GetCachedAsync(SnapshotCache.CreateKey(snapshot, key), make, size, cancellationToken);

    /// <summary>Reads data that can change without a new snapshot, such as the list of loads. Only for <see cref="PageDefinition.IsLive"/> pages.</summary>
    public Task<T> ReadUncachedAsync<T>(Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        readers.RunAsync(snapshot.Id, connection => ReadAsync(connection, read, cancellationToken), () => true, cancellationToken);

    private static async Task<T> ReadAsync<T>(DbConnection connection, Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read(connection, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            // An interrupted statement fails with the error of the engine.
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
    }

    /// <summary>Reads a value, unless another caller read it while this one waited for a connection.</summary>
    private Task<T> ReadCachedAsync<T>(string key, Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class => GetCachedAsync(
            key,
            // On another thread, because DuckDB blocks the caller, which may have further values to read at the same time.
            () => Task.Run(
                () => readers.RunAsync(
                    snapshot.Id,
                    async connection => cache.Find<T>(key) ?? await ReadAsync(connection, read, cancellationToken),
                    () => true,
                    cancellationToken),
                cancellationToken),
            value => value switch
            {
                ResultTable table => table.Size,
                NameIndex names => names.Size,
                StudioCatalog studios => SmallEntryBytes + (studios.Lines.Count * StudioLineBytes),
                _ => SmallEntryBytes,
            },
            cancellationToken);

    private async Task<T> GetCachedAsync<T>(string key, Func<Task<T>> make, Func<T, long> size, CancellationToken cancellationToken)
        where T : class => (await cache.GetAsync(
            key,
            async () =>
            {
                var value = await make();
                return ((T?)value, (2 * key.Length) + size(value));
            },
            cancellationToken))!;

    private sealed record RowCount(long Rows);
}
