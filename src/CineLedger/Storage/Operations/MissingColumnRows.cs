using System.Data.Common;
using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Storage.Operations;

/// <summary>The columns that a movies file did not have, from the findings of its snapshot.</summary>
internal static class MissingColumnRows
{
    /// <summary>Builds an SQL expression for the columns of a load <c>r</c>, as text; NULL if there are none.</summary>
    public const string Names =
        $"""
        CASE WHEN r.state = 'published' OR r.findings LIKE '%{Rules.MissingColumn}%'
        THEN (SELECT STRING_AGG(DISTINCT f.field, ', ' ORDER BY f.field) FROM finding f WHERE f.snapshot_id = r.snapshot_id AND f.rule = '{Rules.MissingColumn}') END
        """;

    /// <summary>Returns the columns that the newest load of movies up to a snapshot did not find in its source.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            $"""
            SELECT DISTINCT field FROM finding WHERE rule = '{Rules.MissingColumn}' AND snapshot_id =
              (SELECT MAX(snapshot_id) FROM snapshot WHERE state = 'published' AND records > 0 AND {ChangeSources.IsLoad} AND snapshot_id <= $1)
            ORDER BY field
            """,
            row => row.GetString(0),
            cancellationToken,
            snapshotId).ConfigureAwait(false);

    /// <summary>Returns loads with the columns that their sources did not have.</summary>
    public static async Task<IReadOnlyList<LoadRecord>> AddAsync(DbConnection connection, IReadOnlyList<LoadRecord> loads, CancellationToken cancellationToken)
    {
        var snapshots = loads.Where(HasMissingColumns).Select(load => load.SnapshotId!.Value).Distinct().ToList();
        if (snapshots.Count == 0)
        {
            return loads;
        }

        var columns = (await connection.QueryAsync(
            $"""
            SELECT DISTINCT snapshot_id, field FROM finding
            WHERE rule = '{Rules.MissingColumn}' AND snapshot_id IN ({string.Join(", ", snapshots.Select(id => id.ToString(CultureInfo.InvariantCulture)))}) ORDER BY snapshot_id, field
            """,
            row => (Snapshot: row.GetInt32(0), Column: row.GetString(1)),
            cancellationToken).ConfigureAwait(false)).ToLookup(row => row.Snapshot, row => row.Column);
        return [.. loads.Select(load => HasMissingColumns(load) ? load with { MissingColumns = [.. columns[load.SnapshotId!.Value]] } : load)];
    }

    /// <summary>Returns whether a load may have found columns missing: a load that is known only from its snapshot has no counts of findings.</summary>
    private static bool HasMissingColumns(LoadRecord load) =>
        load.SnapshotId is not null && (load.Trigger is null || load.Counts?.Findings.Any(finding => finding.Rule == Rules.MissingColumn) == true);
}
