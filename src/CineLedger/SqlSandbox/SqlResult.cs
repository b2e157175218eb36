using System.Data.Common;
using CineLedger.Reports;

namespace CineLedger.SqlSandbox;

/// <summary>The columns of a statement and its rows, which are streamed.</summary>
/// <param name="columns">The columns, with distinct names.</param>
/// <param name="rows">The rows. Disposing the result disposes them and ends the statement.</param>
/// <param name="isTruncated">Whether the limit omitted rows.</param>
public sealed class SqlResult(IReadOnlyList<Column> columns, DbDataReader rows, Func<bool> isTruncated) : IAsyncDisposable
{
    public IReadOnlyList<Column> Columns => columns;

    public DbDataReader Rows => rows;

    /// <summary>Gets whether the limit omitted rows. Valid once all rows are read.</summary>
    public bool IsTruncated => isTruncated();

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
