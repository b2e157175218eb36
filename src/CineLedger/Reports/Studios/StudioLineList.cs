using System.Data.Common;
using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Studios;

namespace CineLedger.Reports.Studios;

/// <summary>The list of studios of a snapshot, as it is exported and imported again.</summary>
public static class StudioLineList
{
    public static IReadOnlyList<Column> Columns { get; } = [.. StudioFile.Columns.Select(name => new Column(name, ColumnKind.Text))];

    /// <summary>Opens the lines, sorted by studio, company and time. Equal lists give equal rows.</summary>
    public static async Task<DbResult> OpenAsync(DbConnection connection, int? limit, int offset, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await Migrations.RequireStudiosAsync(connection, cancellationToken).ConfigureAwait(false);
        var sql = new SqlBuilder();
        sql.Text = StudioRows.BuildLineQuery(sql.Add(snapshot.Id));
        sql.Text += sql.BuildPage(limit, offset);
        return await DbResult.OpenAsync(connection, sql, Columns, cancellationToken).ConfigureAwait(false);
    }
}
