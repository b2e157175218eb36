using System.Data.Common;
using CineLedger.Model;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// One load under way. Rows go straight into the ledger's tables under the number of a snapshot that is not published yet, so that
/// no reader looks at them: first all the rows in one transaction, then what settles and publishes them in a second, small one.
/// A load that ends before leaves at the most rows that the next load clears away.
/// </summary>
public sealed class DuckDbLoad : IAsyncDisposable
{
    private static readonly string[] Versioned = ["movie", .. MovieWriter.LinkTables];
    private readonly DuckDBConnection _connection;
    private DbTransaction _transaction;
    private MovieWriter _movies;
    private ChunkAppender _findings;
    private bool _ended;

    private DuckDbLoad(DuckDBConnection connection, DbTransaction transaction, NameTables names, int snapshotId)
    {
        _connection = connection;
        _transaction = transaction;
        Names = names;
        SnapshotId = snapshotId;
        _movies = new MovieWriter(connection, names, snapshotId);
        _findings = new ChunkAppender(connection.NativeConnection, "finding");
    }

    /// <summary>The snapshot that this load will be.</summary>
    public int SnapshotId { get; }

    private NameTables Names { get; }

    internal static async Task<DuckDbLoad> BeginAsync(DuckDBConnection connection, CancellationToken cancellationToken)
    {
        var last = (int)(await connection.ScalarAsync("SELECT COALESCE(MAX(snapshot_id), 0) FROM snapshot", cancellationToken).ConfigureAwait(false))!;
        await ClearAsync(connection, last, cancellationToken).ConfigureAwait(false);
        var names = await NameTables.LoadAsync(connection, cancellationToken).ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        return new DuckDbLoad(connection, transaction, names, last + 1);
    }

    /// <summary>Takes away what a load has left that died between its two transactions.</summary>
    private static async Task ClearAsync(DuckDBConnection connection, int lastPublished, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            foreach (var (table, column) in Versioned.Select(table => (table, "since")).Append(("finding", "snapshot_id")))
            {
                await connection.ExecuteAsync($"DELETE FROM {table} WHERE {column} > $1", cancellationToken, lastPublished).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives every film the ledger holds now, and the fingerprint of its content.</summary>
    public async Task ReadKnownAsync(Action<long, long> add, CancellationToken cancellationToken)
    {
        var command = _connection.CreateCommand("SELECT movie_id, content_hash FROM movie WHERE until IS NULL", []);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    add(reader.GetInt64(0), reader.GetInt64(1));
                }
            }
        }
    }

    /// <summary>Writes a film that is new, or differs from what the ledger holds.</summary>
    public void Add(Movie movie, long contentHash) => _movies.Add(movie, contentHash);

    public void Add(Finding finding)
    {
        _findings.Add(SnapshotId);
        _findings.Add(FindingWords.Of(finding.Kind));
        _findings.Add(finding.Rule);
        _findings.Add(finding.File);
        _findings.Add(finding.Line);
        _findings.Add(finding.MovieId);
        _findings.Add(finding.Field);
        _findings.Add(finding.Value);
        _findings.Add(finding.Occurrences);
        _findings.EndRow();
    }

    /// <summary>
    /// Ends the first transaction: all rows are in the tables. What follows is small. Taking rows back in the first one would make
    /// DuckDB write all of them a second time.
    /// </summary>
    public async Task CommitRowsAsync(CancellationToken cancellationToken)
    {
        _movies.Flush();
        _findings.Flush();
        _movies.Dispose();
        _findings.Dispose();
        await _transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        await _transaction.DisposeAsync().ConfigureAwait(false);
        _transaction = await _connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        _movies = new MovieWriter(_connection, Names, SnapshotId);
        _findings = new ChunkAppender(_connection.NativeConnection, "finding");
    }

    /// <summary>
    /// Reads what this load, or else the ledger, holds of these films, and takes back what this load has written of them. For after
    /// <see cref="CommitRowsAsync"/>.
    /// </summary>
    public async Task<IReadOnlyList<Movie>> TakeBackAsync(IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        if (movieIds.Count == 0)
        {
            return [];
        }

        await ListIdsAsync("taken_back", movieIds, cancellationToken).ConfigureAwait(false);
        var versions = await MovieRows.ReadAsync(
            _connection, "m.until IS NULL AND m.movie_id IN (SELECT movie_id FROM taken_back)", cancellationToken).ConfigureAwait(false);
        foreach (var table in Versioned)
        {
            await _connection.ExecuteAsync(
                $"DELETE FROM {table} WHERE since = $1 AND movie_id IN (SELECT movie_id FROM taken_back)", cancellationToken, SnapshotId)
                .ConfigureAwait(false);
        }

        // The newest of a film's versions comes last and wins: this load's where there is one.
        return [.. versions.GroupBy(version => version.Movie.Id).Select(group => group.Last().Movie)];
    }

    /// <summary>Ends the life of rows that this load replaces or no longer has.</summary>
    public async Task CloseAsync(IReadOnlyCollection<long> movieIds, CancellationToken cancellationToken)
    {
        if (movieIds.Count > 0)
        {
            await ListIdsAsync("closed", movieIds, cancellationToken).ConfigureAwait(false);
            await _connection.ExecuteAsync(
                "UPDATE movie SET until = $1 WHERE until IS NULL AND since < $1 AND movie_id IN (SELECT movie_id FROM closed)",
                cancellationToken,
                SnapshotId).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the snapshot visible, all of it at once. <paramref name="snapshot"/> counts come from <see cref="CountAsync"/>.</summary>
    public async Task PublishAsync(Snapshot snapshot, bool merged, CancellationToken cancellationToken)
    {
        _findings.Flush();
        await SnapshotRows.InsertAsync(_connection, snapshot, merged, cancellationToken).ConfigureAwait(false);
        await SnapshotRows.RememberVersionAsync(_connection, snapshot, cancellationToken).ConfigureAwait(false);
        await EndAsync(commit: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Films, and undated ones among them, as of this load's end.</summary>
    public async Task<(long Movies, long Undated)> CountAsync(CancellationToken cancellationToken)
    {
        _movies.Flush();
        var rows = await _connection.QueryAsync(
            "SELECT COUNT(*), COUNT(*) - COUNT(release_year) FROM movie WHERE until IS NULL",
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancellationToken).ConfigureAwait(false);
        return rows[0];
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(commit: false, CancellationToken.None).ConfigureAwait(false);
        await _transaction.DisposeAsync().ConfigureAwait(false);
    }

    private async Task EndAsync(bool commit, CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _movies.Dispose();
        _findings.Dispose();
        if (commit)
        {
            await _transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            try
            {
                await _transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is DuckDBException or InvalidOperationException)
            {
                // After a failed write the engine may have ended the transaction itself; what failed first is what has to be told.
            }
        }
    }

    private async Task ListIdsAsync(string table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await _connection.ExecuteAsync($"CREATE OR REPLACE TEMP TABLE {table} (movie_id BIGINT)", cancellationToken).ConfigureAwait(false);
        using var rows = new ChunkAppender(_connection.NativeConnection, table);
        foreach (var id in ids)
        {
            rows.Add(id);
            rows.EndRow();
        }

        rows.Flush();
    }
}
