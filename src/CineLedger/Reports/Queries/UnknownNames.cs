using System.Data.Common;
using CineLedger.Storage;

namespace CineLedger.Reports.Queries;

/// <summary>Finds names in a query that the ledger never had; most are misspelled.</summary>
public static class UnknownNames
{
    /// <summary>Returns the unknown names, each with its field and at most three similar known names, ignoring case.</summary>
    public static async Task<IReadOnlyList<(string Field, string Name, IReadOnlyList<string> Similar)>> FindAsync(
        DbConnection connection, QueryRequest query, CancellationToken cancellationToken)
    {
        await ReportRunner.RequireTablesAsync(connection, query, cancellationToken).ConfigureAwait(false);
        var unknown = new List<(string, string, IReadOnlyList<string>)>();
        foreach (var filter in query.Where)
        {
            if (filter is not { Field.Dimension: { Form: ValueForm.Text } dimension, Value: string name })
            {
                continue;
            }

            var (table, label, conditions) = GetNames(dimension);
            var known = await connection.ExecuteScalarAsync($"SELECT 1 FROM {table} WHERE {conditions} LIMIT 1", cancellationToken, name).ConfigureAwait(false);
            if (known is null)
            {
                var similar = await connection.QueryAsync(
                    $"""
                    SELECT name FROM (SELECT DISTINCT {label} AS name FROM {table}) n
                    WHERE LOWER(name) LIKE '%' || LOWER($1) || '%' OR (LENGTH(name) > 3 AND LOWER($1) LIKE '%' || LOWER(name) || '%')
                    ORDER BY ABS(LENGTH(name) - LENGTH($1)), name
                    LIMIT 3
                    """,
                    row => row.GetString(0),
                    cancellationToken,
                    name).ConfigureAwait(false);
                unknown.Add((dimension.Name.Replace('_', ' '), name, similar));
            }
        }

        return unknown;
    }

    /// <summary>Returns one sentence per unknown name, with suggestions; empty when all names are known.</summary>
    public static async Task<IReadOnlyList<string>> FindNotesAsync(DbConnection connection, QueryRequest query, CancellationToken cancellationToken) =>
    [
        .. (await FindAsync(connection, query, cancellationToken).ConfigureAwait(false)).Select(unknown =>
        {
            var hint = unknown.Similar.Count > 0 ? $" Did you mean {string.Join(" or ", unknown.Similar.Select(other => $"'{other}'"))}?" : "";
            return $"the ledger has no {unknown.Field} '{unknown.Name}'.{hint}";
        }),
    ];

    private static (string Table, string Label, string IsKnown) GetNames(Dimension dimension) => dimension.Links is { } links
        ? (links.Names, links.Label, string.Join(" OR ", links.AlternativeLabels.Prepend(links.Label).Select(column => $"{column} = $1")))
        : ($"(SELECT m.{dimension.Column} AS name FROM movie m WHERE m.{dimension.Column} IS NOT NULL) v", "name", "name = $1");
}
