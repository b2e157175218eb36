using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Operations;

/// <summary>The tables of violations of gates and of findings of unpublished loads. They belong to the rows of <see cref="LoadRows"/>.</summary>
public static class GateRows
{
    internal static IReadOnlyList<string> Tables { get; } = ["load_gate", "load_finding"];

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

    internal static bool HasRows(LoadRecord load) => load.Violations.Count > 0 || load.Findings.Count > 0;

    /// <summary>Inserts what a load has. Each table takes one statement.</summary>
    internal static async Task InsertAsync(DbConnection connection, LoadRecord load, CancellationToken cancellationToken)
    {
        await connection.InsertAsync(
            "load_gate",
            [.. load.Violations.Select((violation, position) => (object?[])[load.Id, position, violation.Gate, violation.Column, violation.Message, violation.AcceptedBy])],
            cancellationToken).ConfigureAwait(false);
        foreach (var chunk in load.Findings.Chunk(100))
        {
            await connection.InsertAsync(
                "load_finding",
                [.. chunk.Select(finding => (object?[])
                [
                    load.Id, FindingKindNames.GetName(finding.Kind), finding.Rule, finding.File, finding.Line, finding.MovieId, finding.Field, finding.Value, finding.Occurrences,
                ])],
                cancellationToken).ConfigureAwait(false);
        }
    }
}
