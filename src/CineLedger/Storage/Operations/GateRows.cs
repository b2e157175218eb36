using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Operations;

/// <summary>The tables of figures, violations of gates and findings of unpublished loads. They belong to the rows of <see cref="LoadRows"/>.</summary>
public static class GateRows
{
    internal static IReadOnlyList<string> Tables { get; } = ["load_figure", "load_gate", "load_finding"];

    /// <summary>The column name under which all movies are counted.</summary>
    private const string MovieCount = "id";

    /// <summary>Whether a ledger records them. An older ledger does not until it is next written to.</summary>
    public static Task<bool> ExistsAsync(DbConnection connection, CancellationToken cancellationToken) => Migrations.HasGatesAsync(connection, cancellationToken);

    /// <summary>Returns loads with their violations, accepted or not; unchanged for a ledger that does not record them.</summary>
    internal static async Task<IReadOnlyList<LoadRecord>> AddViolationsAsync(DbConnection connection, IReadOnlyList<LoadRecord> loads, CancellationToken cancellationToken)
    {
        if (loads.Count == 0 || !await ExistsAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            return loads;
        }

        var ids = string.Join(", ", loads.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $"${index + 1}")));
        var violations = (await connection.QueryAsync(
            $"SELECT run_id, gate, column_name, message, accepted_by FROM load_gate WHERE run_id IN ({ids}) ORDER BY run_id, position",
            row => (Load: row.GetString(0), Violation: new GateViolation(row.GetString(1), row.GetText(2), row.GetString(3)) { AcceptedBy = row.GetText(4) }),
            cancellationToken, [.. loads.Select(load => load.Id)]).ConfigureAwait(false)).ToLookup(row => row.Load, row => row.Violation);
        return [.. loads.Select(load => violations.Contains(load.Id) ? load with { Violations = [.. violations[load.Id]] } : load)];
    }

    /// <summary>Returns the recorded figures of a published snapshot; null if its load did not record any.</summary>
    public static async Task<LedgerFigures?> FindFiguresAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            """
            SELECT f.column_name, f.known, f.total, f.median, f.largest, f.names, f.top_name, f.top_movies
            FROM load_run l JOIN load_figure f ON f.run_id = l.run_id WHERE l.snapshot_id = $1 AND l.state = 'published'
            """,
            row => (
                Name: row.GetString(0), Known: row.GetInt64(1), Sum: GetDouble(row, 2), Median: GetDouble(row, 3), Max: GetDouble(row, 4),
                Names: row.IsDBNull(5) ? (long?)null : row.GetInt64(5), Top: row.GetText(6), TopMovies: row.IsDBNull(7) ? 0 : row.GetInt64(7)),
            cancellationToken, snapshot).ConfigureAwait(false);
        return rows.Find(row => row.Name == MovieCount) is { Name: not null } movies
            ? new(
                movies.Known,
                [.. rows.Where(row => row.Names is null && row.Name != MovieCount).Select(row => new ColumnFigures(row.Name, row.Known, row.Sum, row.Median, row.Max))],
                [.. rows.Where(row => row.Names is not null).Select(row => new ListFigures(row.Name, row.Known, row.Names!.Value, row.Top, row.TopMovies))])
            : null;
    }

    internal static bool HasRows(LoadRecord load) => load.Figures is not null || load.Violations.Count > 0 || load.Findings.Count > 0;

    /// <summary>Inserts what a load has. Each table takes one statement.</summary>
    internal static async Task InsertAsync(DbConnection connection, LoadRecord load, CancellationToken cancellationToken)
    {
        if (load.Figures is { } figures)
        {
            await InsertAsync(
                connection, "load_figure",
                [
                    [load.Id, MovieCount, figures.Movies, null, null, null, null, null, null],
                    .. figures.Columns.Select(column => (object?[])[load.Id, column.Name, column.Known, column.Sum, column.Median, column.Max, null, null, null]),
                    .. figures.Lists.Select(list => (object?[])[load.Id, list.Name, list.Movies, null, null, null, list.Names, list.Top, list.TopMovies]),
                ],
                cancellationToken).ConfigureAwait(false);
        }

        await InsertAsync(
            connection, "load_gate",
            [.. load.Violations.Select((violation, position) => (object?[])[load.Id, position, violation.Gate, violation.Column, violation.Message, violation.AcceptedBy])],
            cancellationToken).ConfigureAwait(false);
        foreach (var chunk in load.Findings.Chunk(100))
        {
            await InsertAsync(
                connection, "load_finding",
                [.. chunk.Select(finding => (object?[])
                [
                    load.Id, FindingKindNames.GetName(finding.Kind), finding.Rule, finding.File, finding.Line, finding.MovieId, finding.Field, finding.Value, finding.Occurrences,
                ])],
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task InsertAsync(DbConnection connection, string table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        if (rows.Count > 0)
        {
            var next = 0;
            var values = rows.Select(row => $"({string.Join(", ", row.Select(_ => string.Create(CultureInfo.InvariantCulture, $"${++next}")))})").ToList();
            await connection.ExecuteAsync($"INSERT INTO {table} VALUES {string.Join(", ", values)}", cancellationToken, [.. rows.SelectMany(row => row)]).ConfigureAwait(false);
        }
    }

    private static double? GetDouble(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
