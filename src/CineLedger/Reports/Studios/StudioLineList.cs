using System.Data.Common;
using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Storage.Schema;

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
        sql.Text = $"""
            SELECT studio, company, owned_from, owned_to, source FROM studio_line WHERE {AsOf.Build("", sql.Add(snapshot.Id))}
            ORDER BY studio, company, owned_from NULLS FIRST, owned_to NULLS LAST, source
            """;
        sql.Text += sql.BuildPage(limit, offset);
        return await DbResult.OpenAsync(connection, sql, Columns, cancellationToken).ConfigureAwait(false);
    }
}
