using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Postgres;

namespace CineLedger.SqlSandbox;

/// <summary>
/// Runs SQL that a user wrote, and sees to it that it only reads: the engines enforce it, see docs/decisions/0013-sql-only-reads.md.
/// </summary>
public static class AdHocSql
{
    /// <summary>
    /// Opens the rows of one statement; dispose the result. It sees the ledger's tables, and the views of <see cref="SnapshotViews"/> as of
    /// <paramref name="snapshot"/>. Throws <see cref="UsageException"/> where the SQL is wrong or does more than read, and
    /// <see cref="LedgerException"/> where it outgrows its limits; so does reading the rows.
    /// </summary>
    public static async Task<SqlResult> OpenAsync(Ledger ledger, string sql, Snapshot snapshot, SqlLimits limits, CancellationToken cancellationToken)
    {
        var statement = SqlStatement.Parse(sql);
        if (statement.IsExplainAnalyze)
        {
            throw new UsageException("sql only reads: EXPLAIN with ANALYZE or options would run what it explains; write plain EXPLAIN.");
        }

        if (statement.HasUnicodeNames)
        {
            throw new UsageException("sql wants names as they are: write a name without U&.");
        }

        var clock = new StatementTimeout(limits.Timeout, cancellationToken);
        try
        {
            var rows = ledger switch
            {
                DuckDbLedger file => await DuckDbSandbox.OpenAsync(file, statement, snapshot.Id, limits, clock).ConfigureAwait(false),
                PostgresLedger database => await PostgresSandbox.OpenAsync(database, statement, snapshot.Id, limits, clock).ConfigureAwait(false),
                _ => throw new NotSupportedException($"{ledger.Name}: no SQL on {ledger.GetType().Name}"),
            };
            return new SqlResult(rows);
        }
        catch
        {
            clock.Dispose();
            throw;
        }
    }

    /// <summary>What is said of a statement that is no question.</summary>
    internal static UsageException CreateNotReadOnlyException(SqlStatement statement) =>
        new($"sql only reads: {statement.FirstWord.ToUpperInvariant()} is no query; write SELECT, WITH or VALUES.");

    /// <summary>Columns under names of their own: the second <c>a</c> is <c>a_2</c>.</summary>
    internal static IReadOnlyList<Column> MakeDistinct(IEnumerable<Column> columns)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var distinct = new List<Column>();
        foreach (var column in columns)
        {
            var name = column.Name;
            for (var i = 2; !names.Add(name); i++)
            {
                name = FormattableString.Invariant($"{column.Name}_{i}");
            }

            distinct.Add(column with { Name = name });
        }

        return distinct.Count > 0 ? distinct : throw new UsageException("the query gives no columns: name some after SELECT.");
    }

    /// <summary>Years and numbers that name something are not grouped by thousands.</summary>
    internal static ColumnKind GetIntegerKind(string name)
    {
        var last = name.ToLowerInvariant().Split('_')[^1];
        return last is "id" or "year" or "month" or "since" or "until" or "line" or "version" or "snapshot" ? ColumnKind.Identifier : ColumnKind.Integer;
    }
}

/// <summary>What a statement gives: its columns and, as they are read, its rows.</summary>
public sealed class SqlResult : IAsyncDisposable
{
    private readonly SqlRows _rows;

    internal SqlResult(SqlRows rows) => _rows = rows;

    public IReadOnlyList<Column> Columns => _rows.Columns;

    public System.Data.Common.DbDataReader Rows => _rows;

    /// <summary>True, once all rows are read, where the limit left some out.</summary>
    public bool IsTruncated => _rows.IsTruncated;

    public ValueTask DisposeAsync() => _rows.DisposeAsync();
}
