using System.Data;
using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Reports;

/// <summary>Reads the differences between two snapshots and the history of one movie.</summary>
public static class SnapshotDiff
{
    public static IReadOnlyList<Column> DiffColumns { get; } =
    [
        new("change", ColumnKind.Text), new("movie_id", ColumnKind.Identifier), new("title", ColumnKind.Text),
        new("field", ColumnKind.Text), new("before", ColumnKind.Text), new("after", ColumnKind.Text),
    ];

    public static IReadOnlyList<Column> HistoryColumns { get; } =
    [
        new("snapshot_id", ColumnKind.Identifier), new("published_at", ColumnKind.Time), new("change", ColumnKind.Text),
        new("field", ColumnKind.Text), new("before", ColumnKind.Text), new("after", ColumnKind.Text),
    ];

    /// <summary>
    /// Reads one row per added or removed movie and one row per changed field. Changes lead from <paramref name="from"/> to
    /// <paramref name="to"/>, whichever is older.
    /// </summary>
    public static async Task<DataTable> ReadDiffAsync(DbConnection connection, int from, int to, CancellationToken cancellationToken)
    {
        // Only versions that begin or end between the two snapshots can differ.
        var versions = await MovieRows.ReadAsync(
            connection,
            $"""
            (({AsOf.Build("m")}) OR ({AsOf.Build("m", "$2")}))
            AND NOT (m.since <= $1 AND m.since <= $2 AND (m.until IS NULL OR (m.until > $1 AND m.until > $2)))
            """,
            cancellationToken,
            from,
            to).ConfigureAwait(false);
        var table = CreateTable(DiffColumns);
        foreach (var movie in versions.GroupBy(version => version.Movie.Id))
        {
            var before = FindVersion(movie, from);
            var after = FindVersion(movie, to);
            var title = after?.Title ?? before?.Title;
            if (before is null || after is null)
            {
                table.Rows.Add(before is null ? "added" : "removed", movie.Key, title, null, null, null);
                continue;
            }

            foreach (var (field, old, now) in MovieDifferences.Find(before, after))
            {
                table.Rows.Add("changed", movie.Key, title, field, old, now);
            }
        }

        return table;
    }

    /// <summary>
    /// Reads every change of one movie, one row per field. A movie older than the oldest retained snapshot counts as added by that snapshot,
    /// because earlier snapshots are gone. Throws <see cref="LedgerException"/> for a movie that the ledger never had.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="movieId">The movie.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <param name="upTo">The last snapshot to include; null for the newest.</param>
    public static async Task<DataTable> ReadHistoryAsync(DbConnection connection, long movieId, CancellationToken cancellationToken, int? upTo = null)
    {
        var published = (await SnapshotRows.ListAsync(connection, cancellationToken).ConfigureAwait(false))
            .Where(snapshot => upTo is null || snapshot.Id <= upTo)
            .ToDictionary(snapshot => snapshot.Id, snapshot => snapshot.PublishedAt);
        var (oldest, newest) = published.Count > 0 ? (published.Keys.Min(), published.Keys.Max()) : (0, 0);

        // The table also holds rows of a load in progress, which must not be visible before they are published.
        var versions = await MovieRows.ReadAsync(connection, "m.movie_id = $1 AND m.since <= $2", cancellationToken, movieId, newest)
            .ConfigureAwait(false);
        if (versions.Count == 0)
        {
            throw new UnknownMovieException(oldest > 1
                ? $"the ledger has had no movie {movieId} since snapshot {oldest}, the oldest one that is kept."
                : $"the ledger has never had a movie {movieId}.");
        }

        var table = CreateTable(HistoryColumns);
        MovieVersion? last = null;
        foreach (var version in versions)
        {
            var since = Math.Max(version.Since, oldest);
            CloseGap(last, since);
            var before = last is not null && last.Until == version.Since ? last.Movie : null;
            foreach (var (field, old, now) in MovieDifferences.Find(before, version.Movie))
            {
                table.Rows.Add(since, published[since], before is null ? "added" : "changed", field, old, now);
            }

            last = version;
        }

        CloseGap(last, null);
        return table;

        // A movie absent from a snapshot was removed there, even if a later snapshot added it again.
        void CloseGap(MovieVersion? closed, int? next)
        {
            if (closed?.Until is { } until && until != next && until <= newest)
            {
                table.Rows.Add(until, published[until], "removed", null, null, null);
            }
        }
    }

    private static Movie? FindVersion(IEnumerable<MovieVersion> versions, int snapshot) =>
        versions.FirstOrDefault(version => version.Since <= snapshot && (version.Until is null || version.Until > snapshot))?.Movie;

    private static DataTable CreateTable(IReadOnlyList<Column> columns)
    {
        var table = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        foreach (var column in columns)
        {
            table.Columns.Add(column.Name, column.Kind switch
            {
                ColumnKind.Text => typeof(string),
                ColumnKind.Time => typeof(DateTime),
                _ => typeof(long),
            });
        }

        return table;
    }
}
