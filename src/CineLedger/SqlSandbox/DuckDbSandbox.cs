using System.Data.Common;
using System.Globalization;
using CineLedger.Files;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Views;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace CineLedger.SqlSandbox;

/// <summary>
/// Runs a user's statement on a DuckDB file in a separate DuckDB instance. The file is attached read-only; access to other files, the network
/// and extensions is disabled, and the settings are locked before the statement is prepared.
/// </summary>
internal static class DuckDbSandbox
{
    public static async Task<SqlRows> OpenAsync(DuckDbLedger ledger, SqlStatement statement, int snapshotId, SqlLimits limits, StatementTimeout clock)
    {
        var session = new Session(ledger.Path, limits, clock.Token);
        try
        {
            await session.OpenAsync(await ChooseViewsAsync(ledger, statement, clock.Token).ConfigureAwait(false), snapshotId).ConfigureAwait(false);
            await DuckDbFunctions.CheckAsync(session.Connection, statement, clock.Token).ConfigureAwait(false);
            var prepared = Check(session.Connection, statement);
            var (sql, columns) = BuildProjection(prepared, statement);
            var reader = ChunkReader.Execute(session.Connection, sql, [], clock.Token);
            return new SqlRows(reader, columns, limits, clock, DuckDbSqlErrors.Explain, async _ =>
            {
                await reader.DisposeAsync().ConfigureAwait(false);
                await session.DisposeAsync().ConfigureAwait(false);
            });
        }
        catch (Exception error)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw error is DbException or OperationCanceledException ? SqlRows.Explain(error, clock, DuckDbSqlErrors.Explain) : error;
        }
    }

    /// <summary>
    /// Returns the views to create: those that the statement names, because each takes time. A statement that lists tables needs the views that the file lacks, as an old ledger or
    /// a copy for SQL does; those in the file show the same snapshot.
    /// </summary>
    private static async Task<IReadOnlyList<SnapshotView>> ChooseViewsAsync(DuckDbLedger ledger, SqlStatement statement, CancellationToken cancellationToken)
    {
        var views = await SnapshotViews.ReadAsync(ledger, cancellationToken).ConfigureAwait(false);
        var names = statement.FindNames().ToHashSet(StringComparer.Ordinal);
        if (!names.Any(name => DuckDbFunctions.IsCatalog(name)))
        {
            return [.. views.Where(view => names.Contains(view.Name))];
        }

        var stored = await ledger.Connection.QueryAsync(
            "SELECT view_name FROM duckdb_views() WHERE database_name = 'ledger' AND NOT internal", row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        return [.. views.Where(view => !stored.Contains(view.Name))];
    }

    /// <summary>Checks the statement as classified by DuckDB's own parser.</summary>
    private static PreparedSql Check(DuckDBConnection connection, SqlStatement statement)
    {
        PreparedSql? prepared;
        try
        {
            prepared = PreparedSql.Prepare(connection, statement.Text, out var count);
            if (prepared is null)
            {
                throw statement.FirstWord == "pivot"
                    ? new UsageException("PIVOT without a list of values would create a type: list the values, PIVOT … ON column IN (…).")
                    : new UsageException($"sql runs one statement at a time, not {count.ToString(CultureInfo.InvariantCulture)}: remove everything after the first semicolon.");
            }
        }
        catch (DuckDbQueryException error) when (!statement.IsReadLike && !error.Message.StartsWith("Parser Error", StringComparison.Ordinal))
        {
            throw AdHocSql.CreateNotReadOnlyException(statement);
        }

        if (!prepared.IsReadOnly || !statement.IsReadLike)
        {
            throw AdHocSql.CreateNotReadOnlyException(statement);
        }

        return prepared.Columns.Any(column => column.Type == DuckDBType.Invalid)
            ? throw new UsageException("sql takes no parameters: write the values in place of $1 or ?.")
            : prepared;
    }

    /// <summary>
    /// Wraps the statement so that <see cref="ChunkReader"/> supports all of its types: DuckDB itself converts the others to text.
    /// </summary>
    private static (string Sql, IReadOnlyList<Column> Columns) BuildProjection(PreparedSql prepared, SqlStatement statement)
    {
        var shapes = prepared.Columns.Select((column, i) => DuckDbColumnProjection.Create(column.Name, column.Type, FormattableString.Invariant($"c{i}"))).ToList();
        var columns = AdHocSql.MakeDistinct(shapes.Select(shape => shape.Column));
        if (shapes.TrueForAll(shape => shape.IsUnchanged))
        {
            return (statement.Text, columns);
        }

        var names = string.Join(", ", shapes.Select((_, i) => FormattableString.Invariant($"c{i}")));
        return ($"SELECT {string.Join(", ", shapes.Select(shape => shape.Expression))} FROM (\n{statement.Text}\n) q({names})", columns);
    }

    /// <summary>A DuckDB instance and its temporary files.</summary>
    internal sealed class Session(string path, SqlLimits limits, CancellationToken stop) : IAsyncDisposable
    {
        private readonly string _temporary = limits.TemporaryFolder ?? TemporaryPaths.GetBeside(path, $"{Guid.NewGuid():N}.tmp");
        private DuckDbInterrupt? _interruption;

        public DuckDBConnection Connection { get; } = new("DataSource=:memory:;autoinstall_known_extensions=false;autoload_known_extensions=false");

        public async Task OpenAsync(IReadOnlyList<SnapshotView> views, int snapshotId)
        {
            await Connection.OpenAsync(stop).ConfigureAwait(false);
            _interruption = DuckDbInterrupt.Start(Connection, stop);
            await AttachAsync().ConfigureAwait(false);
            await Connection.ExecuteAsync(
                $"""
                SET memory_limit = '{limits.Memory >> 20}MiB';
                SET temp_directory = '{Quote(_temporary)}';
                SET max_temp_directory_size = '{limits.TemporaryFiles >> 20}MiB';
                SET TimeZone = 'UTC';
                SET allow_persistent_secrets = false;
                SET VARIABLE {DuckDbSchema.SnapshotVariable} = {snapshotId};
                USE ledger;
                {string.Join(";\n", views.Select(view => $"CREATE TEMP VIEW {view.Name} AS {view.BuildSql(snapshotId, "ledger.main.")}"))};
                SET allow_community_extensions = false;
                SET enable_external_access = false;
                SET lock_configuration = true
                """,
                stop).ConfigureAwait(false);
        }

        public async ValueTask DisposeAsync()
        {
            _interruption?.Dispose();
            await Connection.DisposeAsync().ConfigureAwait(false);
            Leftover.Delete(_temporary);
        }

        private async Task AttachAsync()
        {
            try
            {
                await Connection.ExecuteAsync($"ATTACH '{Quote(path)}' AS ledger (READ_ONLY)", stop).ConfigureAwait(false);
            }
            catch (DuckDBException error) when (!stop.IsCancellationRequested)
            {
                throw DuckDbErrors.OpenFailed(path, error);
            }
        }

        private static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal);
    }
}
