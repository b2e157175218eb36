using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Loading.Gates;

/// <summary>
/// Checks that need no earlier snapshot: what a movies file of any supplier looks like. Small ledgers pass, since a few movies may have anything in common.
/// </summary>
internal static class AbsoluteGates
{
    /// <summary>The smallest number of movies from which a ledger is judged.</summary>
    public const int MinMovies = 100;

    /// <summary>The least share of movies for which a column or list must be known. TMDB's complete dataset, the least complete one, has several times as much.</summary>
    private static readonly (string Column, double Share)[] MinKnownShares =
    [
        ("title", 0.5), ("release_date", 0.5), ("popularity", 0.1), ("vote_average", 0.1), ("vote_count", 0.1), ("runtime", 0.05), ("original_language", 0.1),
        ("status", 0.05), ("original_title", 0.1), ("imdb_id", 0.02), ("budget", 0.005), ("revenue", 0.005),
        ("genres", 0.1), ("production_companies", 0.02), ("production_countries", 0.02), ("spoken_languages", 0.02),
    ];

    /// <summary>Plausible medians of known values, in dollars.</summary>
    private static readonly (string Column, double Min, double Max)[] Medians = [("budget", 50_000, 500_000_000), ("revenue", 50_000, 500_000_000)];

    /// <param name="connection">The connection on which the snapshot is visible.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="figures">Its figures.</param>
    /// <param name="missing">Columns that the file does not have at all, which is not a damage.</param>
    /// <param name="isFirst">Whether there is no earlier snapshot to compare with.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<List<GateViolation>> CheckAsync(
        DbConnection connection, int snapshot, LedgerFigures figures, IReadOnlySet<string> missing, bool isFirst, CancellationToken cancellationToken)
    {
        if (figures.Movies < MinMovies)
        {
            return [];
        }

        List<GateViolation> violations =
        [
            .. MinKnownShares.Where(least => !missing.Contains(least.Column) && figures.GetKnown(least.Column) < figures.Movies * least.Share)
                .Select(least => new GateViolation(
                    QualityGates.Coverage, least.Column, Format($"{least.Column} is known for {figures.GetKnown(least.Column):N0} of {figures.Movies:N0} movies"))),
            .. figures.Columns
                .Where(column => column.Known >= ShareCheck.MinBase)
                .Where(column => Medians.Any(range => range.Column == column.Name && (column.Median < range.Min || column.Median > range.Max)))
                .Select(column => new GateViolation(
                    QualityGates.Amounts, column.Name, Format($"the median {column.Name} is {column.Median:N0} dollars, so the amounts may be in another unit"))),
            .. ListGates.Check(figures),
        ];
        violations.AddRange(await CheckSharesAsync(connection, snapshot, figures, isFirst, cancellationToken).ConfigureAwait(false));
        violations.AddRange(await ListGates.CheckSpellingsAsync(connection, snapshot, cancellationToken).ConfigureAwait(false));
        violations.AddRange(await DecadeGate.CheckAsync(connection, snapshot, figures.Movies, cancellationToken).ConfigureAwait(false));
        violations.AddRange(await DuplicateGate.CheckAsync(connection, snapshot, figures.Movies, cancellationToken).ConfigureAwait(false));
        return violations;
    }

    private static async Task<IReadOnlyList<GateViolation>> CheckSharesAsync(
        DbConnection connection, int snapshot, LedgerFigures figures, bool isFirst, CancellationToken cancellationToken)
    {
        // These quantiles coincide when many of the known values are equal, such as a mean in place of unknown values.
        string[] distinct = ["title", "imdb_id"];
        string[] spread = ["budget", "revenue", "runtime", "release_date"];
        var checks = ShareCheck.All.Where(check => isFirst || !check.IsForFirstLoad).ToList();
        var shares = checks.SelectMany(check => (string[])[$"COUNT(*) FILTER (WHERE {check.Base})", $"COUNT(*) FILTER (WHERE {check.Base} AND {check.Suspect})"]);
        var quantiles = spread.Select(
            column => $"COUNT(m.{column}), {FiguresReader.BuildQuantile("0.35", $"m.{column}")} = {FiguresReader.BuildQuantile("0.75", $"m.{column}")}");
        var rows = await connection.QueryAsync(
            $"""
            SELECT {string.Join(", ", [.. shares, .. quantiles, .. distinct.Select(column => $"COUNT(m.{column}), COUNT(DISTINCT m.{column})")])}
            FROM movie m WHERE {AsOf.Build("m", snapshot)} AND {GateSample.BuildCondition("m", figures.Movies)}
            """,
            row =>
            {
                var violations = new List<GateViolation>();
                var next = 0;
                foreach (var check in checks)
                {
                    var (total, suspect) = (row.GetInt64(next), row.GetInt64(next + 1));
                    next += 2;
                    if (total >= ShareCheck.MinBase && suspect > total * check.MaxShare)
                    {
                        violations.Add(new(check.Gate, check.Column, Format($"{check.Column}: {suspect:N0} of {total:N0} {check.Description}")));
                    }
                }

                foreach (var column in spread)
                {
                    if (row.GetInt64(next) >= ShareCheck.MinBase && row.GetBoolean(next + 1))
                    {
                        violations.Add(new(QualityGates.Names, column, $"{column}: two fifths of the known values are the same"));
                    }

                    next += 2;
                }

                foreach (var column in distinct)
                {
                    if (row.GetInt64(next) >= ShareCheck.MinBase && row.GetInt64(next + 1) < row.GetInt64(next) / 2)
                    {
                        violations.Add(new(QualityGates.Names, column, Format($"{column}: {row.GetInt64(next):N0} movies share {row.GetInt64(next + 1):N0} values")));
                    }

                    next += 2;
                }

                return violations;
            },
            cancellationToken).ConfigureAwait(false);
        return rows[0];
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
