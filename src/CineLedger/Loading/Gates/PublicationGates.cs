using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Loading.Gates;

/// <summary>Checks the whole content of a snapshot just before it is published, inside the transaction that would publish it.</summary>
internal static class PublicationGates
{
    /// <summary>The share of a ledger's movies from which a merge is checked like a full load. In a smaller merge only its own movies are compared.</summary>
    private const double WholeShare = 0.05;

    /// <summary>The factors by which the largest value of a column may grow, if enough values are known. In reality, a new maximum exceeds the old one by far less.</summary>
    private static readonly (string Column, double Factor)[] MaxFactors = [("budget", 5), ("revenue", 5), ("runtime", 10), ("popularity", 20), ("vote_count", 5)];

    /// <summary>Runs the checks, unless so few movies differ that none can fail, and stores the snapshot's figures.</summary>
    /// <param name="connection">The connection on which the new rows are visible and the replaced ones ended.</param>
    /// <param name="before">The newest published snapshot; null for a first load.</param>
    /// <param name="snapshot">The new snapshot.</param>
    /// <param name="touched">Movies that the load adds, changes or removes.</param>
    /// <param name="missing">Columns that the file does not have.</param>
    /// <param name="content">The movies of a full load; null if only the store has all movies of the snapshot.</param>
    /// <param name="decision">Receives the violations.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="QualityGateException">A violation was not accepted.</exception>
    public static async Task CheckAsync(
        DbConnection connection, Snapshot? before, int snapshot, long touched, IReadOnlyList<string> missing, MovieProfile? content, GateDecision decision,
        CancellationToken cancellationToken)
    {
        if (before is not null && touched < RelativeGates.MinMovies)
        {
            return;
        }

        var violations = before is null ? [] : await RelativeGates.CheckAsync(connection, before.Id, snapshot, before.Movies, cancellationToken).ConfigureAwait(false);
        if (before is not null && decision.Options.IsMerge && touched < before.Movies * WholeShare)
        {
            decision.Decide(violations);
            return;
        }

        var profile = content ?? await MovieProfile.ReadAsync(connection, snapshot, before?.Movies + touched ?? touched, cancellationToken).ConfigureAwait(false);
        var summary = profile.Summarize();
        var absolute = AbsoluteGates.Check(profile, summary, missing, before is null);
        if (before is not null)
        {
            var previous = await SnapshotFigureRows.FindAsync(connection, before.Id, cancellationToken).ConfigureAwait(false);
            if (previous is null || absolute.Count > 0)
            {
                // A violation that the previous snapshot already has does not stop the next load.
                var earlier = await MovieProfile.ReadAsync(connection, before.Id, before.Movies, cancellationToken).ConfigureAwait(false);
                var earlierSummary = earlier.Summarize();
                previous ??= earlierSummary.Figures;
                var known = AbsoluteGates.Check(earlier, earlierSummary, missing, isFirst: false);
                absolute.RemoveAll(violation => known.Exists(other => (other.Gate, other.Column) == (violation.Gate, violation.Column)));
            }

            violations.AddRange(CheckMaxima(previous, summary.Figures));
        }

        decision.Decide([.. violations, .. absolute]);
        await SnapshotFigureRows.InsertAsync(connection, snapshot, summary.Figures, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<GateViolation> CheckMaxima(LedgerFigures previous, LedgerFigures current)
    {
        foreach (var (column, factor) in MaxFactors)
        {
            var before = previous.Columns.FirstOrDefault(figures => figures.Name == column);
            var after = current.Columns.FirstOrDefault(figures => figures.Name == column);
            if (before is { Known: >= ShareCheck.MinBase, Max: > 0 } && after?.Max > before.Max * factor)
            {
                yield return new(
                    QualityGates.Amounts, column, string.Create(CultureInfo.InvariantCulture, $"the largest {column} went from {before.Max:N0} to {after.Max:N0}"));
            }
        }
    }
}
