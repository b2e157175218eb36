using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>A check of single movies: too large a share of them means that a column does not contain what its name says.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Column">The column, as the dataset calls it.</param>
/// <param name="Base">An SQL condition on <c>movie m</c>: the movies to which the check applies.</param>
/// <param name="Suspect">A second condition: the suspect ones among them.</param>
/// <param name="MaxShare">The largest accepted share of suspect movies. The original dataset stays far below it.</param>
/// <param name="Description">What the suspect movies are, after their number: <c>known budgets are below 1,000 dollars</c>.</param>
internal sealed record ShareCheck(string Gate, string Column, string Base, string Suspect, double MaxShare, string Description)
{
    /// <summary>The smallest number of movies from which a share is judged.</summary>
    public const int MinBase = 50;

    /// <summary>True for a check that later loads do not need, because a comparison with the previous snapshot shows more.</summary>
    public bool IsForFirstLoad { get; init; }

    public static IReadOnlyList<ShareCheck> All { get; } =
    [
        new(
            QualityGates.Amounts, "budget", "m.budget IS NOT NULL", "m.budget < 1000", 0.2,
            "known budgets are below 1,000 dollars, so they may be in millions or placeholders"),
        new(
            QualityGates.Amounts, "revenue", "m.revenue IS NOT NULL", "m.revenue < 1000", 0.2,
            "known revenues are below 1,000 dollars, so they may be in millions or placeholders"),
        new(
            QualityGates.Amounts, "budget", "m.budget IS NOT NULL AND m.revenue IS NOT NULL", "m.budget > m.revenue", 0.6,
            "movies with both amounts have a budget above their revenue"),
        new(
            QualityGates.Amounts, "revenue", "m.budget IS NOT NULL AND m.revenue IS NOT NULL", "m.budget = m.revenue", 0.5,
            "movies with both amounts have the same budget and revenue"),
        new(QualityGates.Amounts, "runtime", "m.runtime IS NOT NULL", "m.runtime NOT BETWEEN 5 AND 600", 0.1, "runtimes are below 5 or above 600 minutes"),
        new(
            QualityGates.Amounts, "vote_average", "m.vote_average IS NOT NULL AND m.vote_count IS NOT NULL", "m.vote_average > 0 AND m.vote_count = 0", 0.02,
            "movies have a mean vote without votes, so vote_average and vote_count do not belong together")
        {
            IsForFirstLoad = true,
        },
        new(
            QualityGates.Amounts, "release_date", "m.release_year IS NOT NULL", "m.release_date > CURRENT_DATE + 1100", 0.02,
            "release dates are more than three years ahead"),
        new(
            QualityGates.Names, "release_date", "m.release_date IS NOT NULL", "m.release_month = 1 AND EXTRACT(DAY FROM m.release_date) = 1", 0.6,
            "movies were released on 1 January"),
        new(QualityGates.Names, "title", "m.title IS NOT NULL", BuildIsBroken("m.title"), 0.01, "titles contain the traces of a wrong encoding"),
        new(
            QualityGates.Names, "original_title", "m.original_title IS NOT NULL", BuildIsBroken("m.original_title"), 0.01,
            "original titles contain the traces of a wrong encoding"),
        new(QualityGates.Names, "title", "m.title IS NOT NULL", "m.title LIKE ' %'", 0.05, "titles begin with a blank"),
        new(QualityGates.Names, "original_language", "m.language IS NOT NULL", "LENGTH(m.language) > 3", 0.5, "original languages are not language codes"),
    ];

    /// <summary>
    /// UTF-8 that was read as Latin-1 or Windows-1252 (<c>Ã©</c>, <c>â€™</c>), the replacement character, or a question mark inside a word, which some
    /// programs write in place of letters that they cannot represent.
    /// </summary>
    private static string BuildIsBroken(string text) =>
        $"({text} LIKE '%Ã_%' OR {text} LIKE '%â€%' OR {text} LIKE '%\uFFFD%' OR ({text} LIKE '%_?_%' AND {text} NOT LIKE '%? %'))";
}
