using System.Globalization;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.SqlSandbox;

/// <summary>A table as of one snapshot, which spares users the filter on <c>since</c> and <c>until</c>.</summary>
/// <param name="Meaning">A one-line description.</param>
/// <param name="Columns">The columns of a row.</param>
public sealed record SnapshotView(string Name, string Meaning, IReadOnlyList<SchemaColumn> Columns)
{
    /// <summary>Gets the expression of each column, in order.</summary>
    internal IReadOnlyList<string> Expressions { get; init; } = [];

    /// <summary>Gets the FROM clause, with <c>{schema}</c> before each table name.</summary>
    internal string From { get; init; } = "";

    /// <summary>Builds the query. The schema includes its dot; an empty text is the session's schema.</summary>
    internal string BuildSql(int snapshotId, string schema) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SELECT {string.Join(", ", Columns.Zip(Expressions, (column, expression) => $"{expression} AS {column.Name}"))}
        FROM {From.Replace("{schema}", schema, StringComparison.Ordinal)}
        WHERE {AsOf.Build("v", snapshotId)}
        """);
}

/// <summary>
/// The views that a user's SQL can read in addition to the tables: one for each table of movies or movie data, named in the plural. They are
/// derived from the schema, so a new table has a view.
/// </summary>
public static class SnapshotViews
{
    /// <summary>The columns for internal bookkeeping, which are not movie data.</summary>
    private static readonly string[] Bookkeeping = ["since", "until", "content_hash", "line"];

    /// <summary>Returns the views of the newest schema.</summary>
    public static async Task<IReadOnlyList<SnapshotView>> ReadAsync(CancellationToken cancellationToken) =>
        Create(await LedgerSchema.ReadAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Returns the views of a ledger, which may have an older schema.</summary>
    internal static async Task<IReadOnlyList<SnapshotView>> ReadAsync(Ledger ledger, CancellationToken cancellationToken) => Create(await LedgerSchema.ReadAsync(
        cancellationToken, await Migrations.ReadVersionAsync(ledger.Connection, ledger.Name, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false));

    private static IReadOnlyList<SnapshotView> Create(IReadOnlyList<SchemaTable> schema)
    {
        return
        [
            .. schema.Where(table => HasColumn(table, "movie_id") && HasColumn(table, "since"))
                .Select(table => HasColumn(table, "until") ? CreateVersionView(table) : CreateLinkView(table, schema)),
        ];
    }

    private static SnapshotView CreateVersionView(SchemaTable table)
    {
        var columns = table.Columns.Where(column => !Bookkeeping.Contains(column.Name)).ToList();
        return new(Pluralize(table.Name), $"`{table.Name}` as of the snapshot.", [.. columns.Select(column => column with { Name = ShortenName(column.Name) })])
        {
            Expressions = [.. columns.Select(column => $"v.{column.Name}")],
            From = $"{{schema}}{table.Name} v",
        };
    }

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

        return new(Pluralize(table.Name), $"`{table.Name}` as of the snapshot, with names.", [.. columns.Select(column => column.Column)])
        {
            Expressions = [.. columns.Select(column => column.Expression)],
            From = from,
        };
    }

    private static bool HasColumn(SchemaTable table, string column) => table.Columns.Any(known => known.Name == column);

    private static string ShortenName(string column) => column is "release_year" or "release_month" ? column["release_".Length..] : column;

    private static string Pluralize(string name) => name switch
    {
        _ when name.EndsWith("person", StringComparison.Ordinal) => $"{name[..^6]}people",
        _ when name.EndsWith('y') => $"{name[..^1]}ies",
        _ => $"{name}s",
    };
}
