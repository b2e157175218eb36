using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Queries;

/// <summary>Finds the columns that a query uses but a snapshot has no values for, because its source does not have them.</summary>
public static class MissingColumns
{
    private static readonly string[] ReportColumns = ["release_date", "budget", "revenue", "popularity", "genres", "production_companies"];

    private static readonly Dictionary<string, string> Lists = new()
    {
        ["movie_genre"] = "genres",
        ["movie_company"] = "production_companies",
        ["movie_country"] = "production_countries",
        ["movie_language"] = "spoken_languages",
    };

    /// <summary>Returns the columns that the newest load of movies up to a snapshot did not find in its source.</summary>
    public static Task<IReadOnlyList<string>> ReadAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        MissingColumnRows.ReadAsync(connection, snapshotId, cancellationToken);

    /// <summary>Returns one sentence for each missing column that any report uses.</summary>
    public static Task<IReadOnlyList<string>> FindNotesAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        FindNotesAsync(connection, ReportColumns, snapshotId, cancellationToken);

    /// <summary>Returns one sentence for each missing column that the query uses.</summary>
    internal static Task<IReadOnlyList<string>> FindNotesAsync(DbConnection connection, QueryRequest query, int snapshotId, CancellationToken cancellationToken) =>
        FindNotesAsync(connection, GetColumns(query), snapshotId, cancellationToken);

    private static async Task<IReadOnlyList<string>> FindNotesAsync(
        DbConnection connection, IEnumerable<string> columns, int snapshotId, CancellationToken cancellationToken)
    {
        var missing = await MissingColumnRows.ReadAsync(connection, snapshotId, cancellationToken).ConfigureAwait(false);
        if (missing.Count == 0)
        {
            return [];
        }

        var notes = new List<string>();
        foreach (var column in columns.Distinct().Where(missing.Contains))
        {
            // A merge keeps the ledger's values in columns that its file does not have.
            if (!await IsKnownAsync(connection, column, snapshotId, cancellationToken).ConfigureAwait(false))
            {
                notes.Add($"{char.ToUpperInvariant(column[0])}{column[1..].Replace('_', ' ')} {(Lists.ContainsValue(column) ? "are" : "is")} not in the source of this snapshot.");
            }
        }

        return [.. notes];
    }

    private static IEnumerable<string> GetColumns(QueryRequest query) =>
    [
        .. query.By.Select(GetColumn).OfType<string>(),
        .. query.Where.Select(filter => filter.Field.Dimension is { } dimension ? GetColumn(dimension) : GetColumn(filter.Field.Movie!.Name)).OfType<string>(),
        .. query.Measures.SelectMany(measure => measure.Measure.Dimension is { } dimension
            ? [GetColumn(dimension)]
            : MeasureSql.GetRequiredValues(measure).Select(value => GetColumn(value.Name))).OfType<string>(),
    ];

    private static string? GetColumn(Dimension dimension) =>
        dimension.IsTime ? MovieField.ReleaseDate.SourceName
        : dimension.Links is { } links ? Lists.GetValueOrDefault(links.Table)
        : GetColumn(dimension.Column!);

    /// <summary>Returns the column of a value; null for ratings, which come from another file.</summary>
    private static string? GetColumn(string value) =>
        MovieField.All.FirstOrDefault(field => field.Name == (value == "weighted" ? "vote_average" : value))?.SourceName;

    private static async Task<bool> IsKnownAsync(DbConnection connection, string column, int snapshotId, CancellationToken cancellationToken)
    {
        var condition = Lists.FirstOrDefault(list => list.Value == column).Key is { } table
            ? $"EXISTS (SELECT 1 FROM {table} l WHERE l.movie_id = m.movie_id AND l.since = m.since)"
            // A column of years stands in for dates.
            : column == MovieField.ReleaseDate.SourceName ? $"m.{MovieField.ReleaseYear.Name} IS NOT NULL"
            : $"m.{MovieField.All.First(field => field.SourceName == column).Name} IS NOT NULL";
        return await connection.ExecuteScalarAsync(
            $"SELECT 1 FROM movie m WHERE {AsOf.Build("m", snapshotId)} AND {condition} LIMIT 1", cancellationToken).ConfigureAwait(false) is not null;
    }
}
