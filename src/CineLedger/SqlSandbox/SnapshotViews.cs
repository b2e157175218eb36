using System.Globalization;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.SqlSandbox;

/// <summary>A table as of one snapshot, so that nobody has to write the filter on <c>since</c> and <c>until</c>.</summary>
/// <param name="Meaning">One line.</param>
/// <param name="Columns">What a row has.</param>
public sealed record SnapshotView(string Name, string Meaning, IReadOnlyList<SchemaColumn> Columns)
{
    /// <summary>What each column is made of, in their order.</summary>
    internal IReadOnlyList<string> Expressions { get; init; } = [];

    /// <summary>The tables, with <c>{schema}</c> before each name.</summary>
    internal string From { get; init; } = "";

    /// <summary>The query, of the tables in a schema that is named with its dot, or the empty text for the session's own.</summary>
    internal string BuildSql(int snapshotId, string schema) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SELECT {string.Join(", ", Columns.Zip(Expressions, (column, expression) => $"{expression} AS {column.Name}"))}
        FROM {From.Replace("{schema}", schema, StringComparison.Ordinal)}
        WHERE {AsOf.Build("v", snapshotId)}
        """);
}

/// <summary>
/// The views that a user's SQL finds beside the tables: for each table of movies, or of what belongs to a movie, its plural. They follow
/// from the schema: a new table has its view.
/// </summary>
public static class SnapshotViews
{
    /// <summary>How the ledger keeps its books: nothing of the movie itself.</summary>
    private static readonly string[] Bookkeeping = ["since", "until", "content_hash", "line"];

    /// <summary>The views of the newest schema.</summary>
    public static async Task<IReadOnlyList<SnapshotView>> ReadAsync(CancellationToken cancellationToken) =>
        Create(await LedgerSchema.ReadAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>The views of a ledger, which may be of an older schema.</summary>
    internal static async Task<IReadOnlyList<SnapshotView>> ReadAsync(Ledger ledger, CancellationToken cancellationToken) => Create(await LedgerSchema.ReadAsync(
        cancellationToken, await Migrations.ReadVersionAsync(ledger.Connection, ledger.Name, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false));

    private static IReadOnlyList<SnapshotView> Create(IReadOnlyList<SchemaTable> schema)
    {
        return [.. schema.Where(table => HasColumn(table, "movie_id") && HasColumn(table, "since")).Select(table => HasColumn(table, "until") ? CreateOfVersions(table) : CreateOfLinks(table, schema))];
    }

    private static SnapshotView CreateOfVersions(SchemaTable table)
    {
        var columns = table.Columns.Where(column => !Bookkeeping.Contains(column.Name)).ToList();
        return new(Pluralize(table.Name), $"`{table.Name}` as of the snapshot.", [.. columns.Select(column => column with { Name = Shorten(column.Name) })])
        {
            Expressions = [.. columns.Select(column => $"v.{column.Name}")],
            From = $"{{schema}}{table.Name} v",
        };
    }

    /// <summary>A link lives as long as the version of the movie that it belongs to.</summary>
    private static SnapshotView CreateOfLinks(SchemaTable table, IReadOnlyList<SchemaTable> schema)
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

    private static string Shorten(string column) => column is "release_year" or "release_month" ? column["release_".Length..] : column;

    private static string Pluralize(string name) => name switch
    {
        _ when name.EndsWith("person", StringComparison.Ordinal) => $"{name[..^6]}people",
        _ when name.EndsWith('y') => $"{name[..^1]}ies",
        _ => $"{name}s",
    };
}
