using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Reports.Profile;

/// <summary>Reads the findings of the load that created a snapshot, by rule.</summary>
internal static class RuleProfiles
{
    private const string Sql =
        $"""
        SELECT kind, rule, file, line, movie_id, field, SUBSTRING(value, 1, 201), total
        FROM (SELECT f.*, CAST(SUM(occurrences) OVER (PARTITION BY kind, rule) AS BIGINT) AS total,
                     ROW_NUMBER() OVER (PARTITION BY kind, rule ORDER BY file, line, field NULLS FIRST, movie_id NULLS FIRST, value NULLS FIRST) AS place
              FROM finding f WHERE snapshot_id = $1) numbered
        WHERE place <= 3
        ORDER BY kind, rule, place
        """;

    public static async Task<IReadOnlyList<RuleProfile>> ReadAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            Sql,
            row => (
                Kind: row.GetString(0),
                Rule: row.GetString(1),
                Count: row.GetInt64(7),
                Example: FindingExample.Create(row.GetString(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetInt64(4), row.GetText(5), row.GetText(6))),
            cancellationToken,
            snapshot).ConfigureAwait(false);
        return
        [
            .. rows.GroupBy(row => (row.Kind, row.Rule, row.Count))
                .OrderBy(rule => FindingKindNames.All.ToList().IndexOf(rule.Key.Kind))
                .ThenBy(rule => rule.Key.Rule, StringComparer.Ordinal)
                .Select(rule => new RuleProfile(rule.Key.Kind, rule.Key.Rule, rule.Key.Count, [.. rule.Select(row => row.Example)])),
        ];
    }
}
