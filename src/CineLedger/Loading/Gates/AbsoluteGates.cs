using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>
/// Checks that need no earlier snapshot: what the movies file of any supplier looks like. Small ledgers pass, since a few movies may have anything in common.
/// </summary>
internal static class AbsoluteGates
{
    /// <summary>The smallest number of movies that a ledger must have to be checked.</summary>
    public const int MinMovies = 100;

    /// <summary>The minimum share of movies for which a column or list must be known. Even TMDB's complete dataset, the sparsest one, has several times as much.</summary>
    private static readonly (string Column, double Share)[] MinKnownShares =
    [
        ("title", 0.5), ("release_date", 0.5), ("popularity", 0.1), ("vote_average", 0.1), ("vote_count", 0.1), ("runtime", 0.05), ("original_language", 0.1),
        ("status", 0.05), ("original_title", 0.1), ("imdb_id", 0.02), ("budget", 0.005), ("revenue", 0.005),
        ("genres", 0.1), ("production_companies", 0.02), ("production_countries", 0.02), ("spoken_languages", 0.02),
    ];

    /// <summary>The share of movies that may repeat the title and date of another one. The original dataset has 30 such pairs in 45,000.</summary>
    private const double MaxRepeated = 0.01;
    private const int MinRepeated = 20;

    /// <summary>Only titles and IDs have so many distinct texts. The more movies there are, the more of them share a title.</summary>
    private const long ManyTexts = 20_000;

    /// <summary>Plausible medians of known budgets and revenues, in dollars.</summary>
    private const double MinMedian = 50_000;
    private const double MaxMedian = 500_000_000;

    /// <param name="profile">The movies.</param>
    /// <param name="summary">Its summary.</param>
    /// <param name="missing">Columns that the file does not have at all, which is not damage.</param>
    /// <param name="isFirst">Whether there is no earlier snapshot to compare with.</param>
    public static List<GateViolation> Check(MovieProfile profile, ProfileSummary summary, IReadOnlyList<string> missing, bool isFirst)
    {
        if (profile.Movies < MinMovies)
        {
            return [];
        }

        return
        [
            .. CheckFigures(summary.Figures, missing),
            .. summary.Lists.SelectMany(ListGates.Check),
            .. profile.Shares.Where(share => isFirst || !share.Check.IsForFirstLoad).Select(share => share.GetViolation()).OfType<GateViolation>(),
            .. CheckRepetitions(profile),
            .. DecadeGate.Check(profile.Decades),
        ];
    }

    private static IEnumerable<GateViolation> CheckFigures(LedgerFigures figures, IReadOnlyList<string> missing)
    {
        foreach (var (column, share) in MinKnownShares)
        {
            if (!missing.Contains(column) && figures.GetKnown(column) < figures.Movies * share)
            {
                yield return new(QualityGates.Coverage, column, Format($"{column} is known for {figures.GetKnown(column):N0} of {figures.Movies:N0} movies"));
            }
        }

        foreach (var column in figures.Columns)
        {
            if (column is { Name: "budget" or "revenue", Known: >= ShareCheck.MinBase, Median: < MinMedian or > MaxMedian })
            {
                yield return new(
                    QualityGates.Amounts, column.Name, Format($"the median {column.Name} is {column.Median:N0} dollars, so the amounts may be in another unit"));
            }
        }
    }

    private static IEnumerable<GateViolation> CheckRepetitions(MovieProfile profile)
    {
        foreach (var column in profile.Columns)
        {
            if (column.Name is "budget" or "revenue" or "runtime" or "release_date" && column.IsConcentrated())
            {
                yield return new(QualityGates.Names, column.Name, $"{column.Name}: at least 40 % of the known values are the same");
            }
        }

        foreach (var texts in (RepeatedTexts[])[profile.Titles, profile.ImdbIds])
        {
            if (texts.Known >= ShareCheck.MinBase && texts.Distinct < Math.Min(texts.Known / 2, ManyTexts))
            {
                yield return new(QualityGates.Names, texts.Column, Format($"{texts.Column}: {texts.Known:N0} movies share {texts.Distinct:N0} values"));
            }
        }

        if (profile.Repeated >= MinRepeated && profile.Repeated > profile.Movies * MaxRepeated && profile.RepeatedTitles is var (first, last))
        {
            yield return new(QualityGates.Duplicates, "id", Format(
                $"{profile.Repeated:N0} of {profile.Movies:N0} movies repeat the title and date of another one under a different ID, such as {first} and {last}"));
        }
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
