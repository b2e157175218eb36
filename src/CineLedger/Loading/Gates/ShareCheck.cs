using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>A check of single movies: too large a share of them means that a column does not contain what its name says.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Column">The column, as the dataset calls it.</param>
/// <param name="Base">The movies to which the check applies.</param>
/// <param name="IsSuspect">The suspect ones among them.</param>
/// <param name="MaxShare">The largest accepted share of suspect movies. The original dataset stays far below it.</param>
/// <param name="Description">The text that follows the number of suspect movies: <c>known budgets are below 1,000 dollars</c>.</param>
internal sealed record ShareCheck(string Gate, string Column, Func<Movie, bool> Base, Func<Movie, bool> IsSuspect, double MaxShare, string Description)
{
    /// <summary>The smallest number of movies for which a share is meaningful.</summary>
    public const int MinBase = 50;

    /// <summary>No announced movie is released more than this number of days from today.</summary>
    private const int Horizon = 1100;

    /// <summary>True for a check that only a first load needs, because later ones are compared with the previous snapshot, which shows more.</summary>
    public bool IsForFirstLoad { get; init; }

    /// <summary>True for a property that a few movies may well have in common, so the check does not apply to batches.</summary>
    public bool IsForWholeLedger { get; init; }

    public static IReadOnlyList<ShareCheck> All { get; } =
    [
        new(
            QualityGates.Amounts, "budget", movie => movie.Budget is not null, movie => movie.Budget < 1000, 0.2,
            "known budgets are below 1,000 dollars, so they may be placeholders or in millions"),
        new(
            QualityGates.Amounts, "revenue", movie => movie.Revenue is not null, movie => movie.Revenue < 1000, 0.2,
            "known revenues are below 1,000 dollars, so they may be placeholders or in millions"),
        new(
            QualityGates.Amounts, "budget", HasBothAmounts, movie => movie.Budget > movie.Revenue, 0.6,
            "movies with both amounts have a budget above their revenue"),
        new(
            QualityGates.Amounts, "revenue", HasBothAmounts, movie => movie.Budget == movie.Revenue, 0.5,
            "movies with both amounts have the same budget and revenue"),
        new(QualityGates.Amounts, "runtime", movie => movie.Runtime is not null, movie => movie.Runtime is < 5 or > 600, 0.1, "runtimes are below 5 or above 600 minutes"),
        new(
            QualityGates.Amounts, "vote_average", movie => movie is { VoteAverage: not null, VoteCount: not null }, movie => movie is { VoteAverage: > 0, VoteCount: 0 }, 0.02,
            "movies have an average vote but no votes, so vote_average and vote_count do not belong together")
        {
            IsForFirstLoad = true,
        },
        new(
            QualityGates.Amounts, "release_date", movie => movie.ReleaseDate is not null, movie => movie.ReleaseDate > DateOnly.FromDateTime(DateTime.UtcNow).AddDays(Horizon), 0.02,
            "release dates are more than three years in the future"),
        new(
            QualityGates.Names, "release_date", movie => movie.ReleaseDate is not null, movie => movie.ReleaseDate is { Month: 1, Day: 1 }, 0.6,
            "movies were released on 1 January")
        {
            IsForWholeLedger = true,
        },
        new(QualityGates.Names, "title", movie => movie.TitleText.IsKnown, movie => BrokenText.IsBroken(movie.TitleText), 0.01, "titles contain traces of a wrong encoding"),
        new(
            QualityGates.Names, "original_title", movie => movie.OriginalTitleText.IsKnown, movie => BrokenText.IsBroken(movie.OriginalTitleText), 0.01,
            "original titles contain traces of a wrong encoding"),
        new(QualityGates.Names, "title", movie => movie.TitleText.IsKnown, movie => BrokenText.BeginsWithBlank(movie.TitleText), 0.05, "titles begin with a space"),
        new(QualityGates.Names, "original_language", movie => movie.Language is not null, movie => movie.Language!.Length > 3, 0.5, "original languages are not language codes"),
    ];

    private static bool HasBothAmounts(Movie movie) => movie is { Budget: not null, Revenue: not null };
}
