using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Views;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Postgres;

namespace CineLedger.SqlSandbox;

/// <summary>
/// Runs a user's SQL read-only. The engines enforce this; see docs/decisions/0013-sql-only-reads.md.
/// </summary>
public static class AdHocSql
{
    private const int MaxColumns = 1_000;

    /// <summary>Names are repeated in each row of JSON. An expression without AS is its own name, so it may be long.</summary>
    private const int MaxNameLength = 4_000;

    /// <summary>
    /// Opens the rows of one statement in this process; the caller disposes the result. The statement can read the ledger's tables and, as of
    /// <paramref name="snapshotId"/>, the views of <see cref="SnapshotViews"/>. Opening and reading throw <see cref="UsageException"/> when the SQL is
    /// invalid or does more than read, and <see cref="LedgerException"/> when it exceeds its limits. A statement can end the process or take all of its
    /// memory, so commands and servers run it in a process of its own: see the folder Workers.
    /// </summary>
    internal static async Task<SqlResult> OpenAsync(Ledger ledger, string sql, int snapshotId, SqlLimits limits, CancellationToken cancellationToken)
    {
        var statement = SqlStatement.Parse(sql);
        if (statement.IsExplainAnalyze)
        {
            throw new UsageException("sql only reads: EXPLAIN with ANALYZE or options would run the statement; use plain EXPLAIN.");
        }

        if (statement.HasUnicodeNames)
        {
            throw new UsageException("sql does not support Unicode-escaped names: write the name without U&.");
        }

        var clock = new StatementTimeout(limits.Timeout, cancellationToken);
        try
        {
            var rows = ledger switch
            {
                DuckDbLedger file => await DuckDbSandbox.OpenAsync(file, statement, snapshotId, limits, clock).ConfigureAwait(false),
                PostgresLedger database => await PostgresSandbox.OpenAsync(database, statement, snapshotId, limits, clock).ConfigureAwait(false),
                _ => throw new NotSupportedException($"{ledger.Name}: SQL is not supported on {ledger.GetType().Name}"),
            };
            return new SqlResult(rows.Columns, rows, () => rows.IsTruncated);
        }
        catch
        {
            clock.Dispose();
            throw;
        }
    }

    /// <summary>Creates the error for a statement that is not a query.</summary>
    internal static UsageException CreateNotReadOnlyException(SqlStatement statement) =>
        new($"sql only reads: {statement.FirstWord.ToUpperInvariant()} is not a query; use SELECT, WITH or VALUES.");

    /// <summary>Makes column names unique: the second <c>a</c> becomes <c>a_2</c>.</summary>
    internal static IReadOnlyList<Column> MakeDistinct(IEnumerable<Column> columns)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var distinct = new List<Column>();
        foreach (var column in columns)
        {
            if (distinct.Count == MaxColumns || column.Name.Length > MaxNameLength)
            {
                throw new UsageException(FormattableString.Invariant(
                    $"a result has at most {MaxColumns} columns, with names of at most {MaxNameLength} characters: select fewer, or rename them with AS."));
            }

            var name = column.Name;
            for (var i = 2; !names.Add(name); i++)
            {
                name = FormattableString.Invariant($"{column.Name}_{i}");
            }

            distinct.Add(column with { Name = name });
        }

        return distinct.Count > 0 ? distinct : throw new UsageException("the query returns no columns: name at least one after SELECT.");
    }

    /// <summary>Returns the kind of an integer column. Years and identifiers are written without digit grouping.</summary>
    internal static ColumnKind GetIntegerKind(string name)
    {
        var last = name.ToLowerInvariant().Split('_')[^1];
        return last is "id" or "year" or "month" or "since" or "until" or "line" or "version" or "snapshot" ? ColumnKind.Identifier : ColumnKind.Integer;
    }
}
