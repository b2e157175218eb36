using System.Data.Common;
using CineLedger.Storage;

namespace CineLedger.Reports;

/// <summary>The rows of a query, streamed from the store. Their columns are in the order of <see cref="Columns"/>.</summary>
public sealed record DbResult(IReadOnlyList<Column> Columns, DbDataReader Rows) : IAsyncDisposable
{
    /// <summary>Gets the number of rows at the end that are totals.</summary>
    public int TotalRows { get; init; }

    public static async Task<DbResult> OpenAsync(
        DbConnection connection, SqlBuilder sql, IReadOnlyList<Column> columns, CancellationToken cancellationToken) =>
        new(columns, await connection.OpenRowsAsync(sql.Text, sql.Parameters, cancellationToken).ConfigureAwait(false));

    public ValueTask DisposeAsync() => Rows.DisposeAsync();
}
