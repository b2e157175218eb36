using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Views;

/// <summary>
/// The views of one snapshot: one for each table of movies or movie data, named in the plural, and one for each report. They are derived from the schema
/// and the reports, so a new table or report has a view. The store, <c>cineledger sql</c> and exports use the same definitions.
/// </summary>
public static class SnapshotViews
{
    /// <summary>The view of the snapshot that the others show.</summary>
    public const string Current = "current_snapshot";

    /// <summary>The columns for internal bookkeeping, which are not movie data.</summary>
    private static readonly string[] Bookkeeping = ["since", "until", "content_hash", "line"];

    private static readonly string[] CurrentColumns = ["snapshot_id", "source", "synthetic", "published_at"];

    private const string SnapshotSql = "SELECT s.snapshot_id, s.source, s.synthetic, s.published_at FROM {schema}snapshot s WHERE s.snapshot_id = {snapshot}";

    /// <summary>
    /// The snapshot that a session has pinned, otherwise the newest. An unknown number is an error, because empty views would look like a ledger without movies: it is
    /// raised by converting the message to a number, which is the only way that all engines have. <c>{pinned}</c> is the engine's session setting.
    /// </summary>
    private const string CurrentSql =
        """
        WITH pinned AS MATERIALIZED (SELECT CAST({pinned} AS INTEGER) AS snapshot_id)
        SELECT s.snapshot_id, s.source, s.synthetic, s.published_at
        FROM snapshot s
        WHERE s.snapshot_id = COALESCE(
            (SELECT p.snapshot_id FROM pinned p WHERE p.snapshot_id IN (SELECT k.snapshot_id FROM snapshot k WHERE k.state = 'published')),
            (SELECT CAST('there is no published snapshot ' || p.snapshot_id AS INTEGER) FROM pinned p
             WHERE p.snapshot_id NOT IN (SELECT k.snapshot_id FROM snapshot k WHERE k.state = 'published')),
            (SELECT MAX(k.snapshot_id) FROM snapshot k WHERE k.state = 'published'))
        """;

    /// <summary>Returns the views of the newest schema.</summary>
    public static async Task<IReadOnlyList<SnapshotView>> ReadAsync(CancellationToken cancellationToken) =>
        Create(await LedgerSchema.ReadAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Returns the views of a ledger, which may have an older schema.</summary>
    internal static async Task<IReadOnlyList<SnapshotView>> ReadAsync(Ledger ledger, CancellationToken cancellationToken) => Create(await LedgerSchema.ReadAsync(
        cancellationToken, await Migrations.ReadVersionAsync(ledger.Connection, ledger.Name, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false));

    private static IReadOnlyList<SnapshotView> Create(IReadOnlyList<SchemaTable> schema) =>
    [
        CreateCurrent(schema.Single(table => table.Name == "snapshot")),
        .. schema.Where(table => HasColumn(table, "movie_id") && HasColumn(table, "since"))
            .Select(table => HasColumn(table, "until") ? CreateVersionView(table) : CreateLinkView(table, schema)),
        .. YearlyViews.Create(schema),
    ];

    private static SnapshotView CreateCurrent(SchemaTable table) =>
        new(Current, "The snapshot that the other views show.", [.. CurrentColumns.Select(name => table.Columns.Single(column => column.Name == name))])
        {
            Sql = SnapshotSql,
            OrderedSql = SnapshotSql,
            StoredSql = CurrentSql,
        };

    private static SnapshotView CreateVersionView(SchemaTable table) => Create(
        table,
        table.Columns.Where(column => !Bookkeeping.Contains(column.Name)).Select(column => (column with { Name = ShortenName(column.Name) }, $"v.{column.Name}")),
        $"{{schema}}{table.Name} v",
        string.Join(", ", table.Key.Where(column => column != "since").Select(column => $"v.{column}")));

    /// <summary>Creates the view of links, which are valid as long as the movie version that they belong to.</summary>
    private static SnapshotView CreateLinkView(SchemaTable table, IReadOnlyList<SchemaTable> schema)
    {
        var from = $"{{schema}}{table.Name} l JOIN {{schema}}movie v ON v.movie_id = l.movie_id AND v.since = l.since";
        var columns = new List<(SchemaColumn Column, string Expression)>();
        foreach (var column in table.Columns.Where(column => column.Name != "since"))
        {
            columns.Add((column, $"l.{column.Name}"));
            if (column.Name != "movie_id" && schema.FirstOrDefault(other => other.Key is [var key] && key == column.Name) is { } named)
            {
                from += $" JOIN {{schema}}{named.Name} {named.Name}_of ON {named.Name}_of.{column.Name} = l.{column.Name}";
                columns.AddRange(named.Columns.Where(other => other.Name != column.Name).Select(
                    other => (other with { Name = other.Name == "name" ? named.Name : $"{named.Name}_{other.Name}" }, $"{named.Name}_of.{other.Name}")));
            }
        }

        return Create(table, columns, from, "l.movie_id, l.position");
    }

    private static SnapshotView Create(SchemaTable table, IEnumerable<(SchemaColumn Column, string Expression)> columns, string from, string order)
    {
        var all = columns.ToList();
        var sql = $"""
            SELECT {string.Join(", ", all.Select(column => $"{column.Expression} AS {column.Column.Name}"))}
            FROM {from}
            WHERE {AsOf.Build("v", "{snapshot}")}
            """;
        return new(Pluralize(table.Name), DescribeRows(table), [.. all.Select(column => column.Column)])
        {
            Table = table.Name,
            Sql = sql,
            OrderedSql = $"{sql}\nORDER BY {order}",
        };
    }

    private static string DescribeRows(SchemaTable table) => table.Meaning
        .Replace("one version of a movie", "each movie", StringComparison.Ordinal).Replace("per version of a movie", "per movie", StringComparison.Ordinal);

    private static bool HasColumn(SchemaTable table, string column) => table.Columns.Any(known => known.Name == column);

    private static string ShortenName(string column) => column is "release_year" or "release_month" ? column["release_".Length..] : column;

    private static string Pluralize(string name) => name switch
    {
        _ when name.EndsWith("person", StringComparison.Ordinal) => $"{name[..^6]}people",
        _ when name.EndsWith('y') => $"{name[..^1]}ies",
        _ => $"{name}s",
    };
}
