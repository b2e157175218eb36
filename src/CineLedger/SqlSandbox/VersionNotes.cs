using CineLedger.Reports.Views;

namespace CineLedger.SqlSandbox;

/// <summary>Warns of statements that read all versions of movies as if they were movies.</summary>
public static class VersionNotes
{
    /// <summary>
    /// Returns a sentence for each table of versions that the statement reads without any condition on them. A statement that mentions <c>since</c> or <c>until</c> is
    /// written for versions.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindAsync(string sql, CancellationToken cancellationToken)
    {
        var statement = SqlStatement.Parse(sql);
        return statement.ContainsName("since") || statement.ContainsName("until")
            ? []
            : [.. (await SnapshotViews.ReadAsync(cancellationToken).ConfigureAwait(false))
                .Where(view => view.Table is { } table && statement.ReadsTable(table))
                .Select(view => $"{view.Table} holds the rows of all snapshots, with every version of a movie: the view {view.Name} shows one snapshot.")];
    }
}
