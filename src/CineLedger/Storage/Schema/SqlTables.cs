using System.Globalization;

namespace CineLedger.Storage.Schema;

/// <summary>
/// The tables that SQL of other users can read: the published data. Keys, webhooks, deliveries, responses to pushes, records of loads, addresses of
/// sources and unpublished snapshots are left out.
/// </summary>
public static class SqlTables
{
    /// <summary>Listed individually, so that a new table stays unreadable until it is added here.</summary>
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "ledger_schema", "snapshot", "source_version", "movie", "company", "genre", "country", "language", "movie_company", "movie_genre", "movie_country", "movie_language",
        "person", "keyword", "movie_rating", "movie_person", "movie_keyword", "finding", "snapshot_figure", "studio", "studio_line", "company_studio",
    };

    /// <summary>Returns the tables of a schema version; of the latest for null.</summary>
    public static async Task<IReadOnlyList<SchemaTable>> ReadAsync(CancellationToken cancellationToken, int? version = null) =>
        [.. (await LedgerSchema.ReadAsync(cancellationToken, version).ConfigureAwait(false)).Where(table => IsReadable(table.Name))];

    /// <summary>Returns whether SQL of other users can read a table.</summary>
    public static bool IsReadable(string table) => Names.Contains(table);

    /// <summary>Builds the query of a table's published rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="schema">Its schema or database.</param>
    /// <param name="newest">The newest published snapshot.</param>
    internal static string BuildQuery(SchemaTable table, string schema, int newest) =>
        BuildQuery(table, schema, newest.ToString(CultureInfo.InvariantCulture));

    /// <summary>The same with the newest published snapshot as an expression.</summary>
    internal static string BuildQuery(SchemaTable table, string schema, string newest)
    {
        var column = table.Columns.FirstOrDefault(column => column.Name is "since" or "snapshot_id")?.Name;
        return $"SELECT * FROM {schema}.{table.Name}{(column is null ? "" : $" WHERE {column} <= {newest}")}";
    }
}
