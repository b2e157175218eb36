using CineLedger.Web.Dashboard.Overview;

namespace CineLedger.Web.Dashboard.Years;

/// <summary>Sentences about the place of a year among all complete years. Years with few known amounts are not compared.</summary>
public static class YearRecords
{
    /// <summary>The lowest place that has a sentence.</summary>
    private const int MaxPlace = 10;

    /// <summary>The minimum number of years to rank.</summary>
    private const int MinYears = 5;

    private static readonly string[] Ordinals = ["highest", .. new[] { "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth" }.Select(place => $"{place}-highest")];

    /// <param name="year">The year of the page.</param>
    /// <param name="years">The complete years.</param>
    public static IReadOnlyList<StorySentence> Create(int year, IReadOnlyList<StoryYear> years) =>
    [
        .. new[]
        {
            Rank(year, years, "known revenue", "years with enough known amounts", of => of.RevenueKnown >= Story.MinMovies ? of.Revenue : null, "#revenue-by-month"),
            Rank(year, years, "profit", "years with enough known amounts", of => of.ProfitKnown >= Story.MinMovies ? of.Profit : null, "#movies"),
            Rank(year, years, "number of movies", "complete years", of => of.Releases, "#revenue-by-month"),
        }.OfType<StorySentence>(),
    ];

    private static StorySentence? Rank(int year, IReadOnlyList<StoryYear> years, string what, string among, Func<StoryYear, long?> value, string figure)
    {
        var known = years.Where(of => value(of) is not null).ToList();
        if (known.Count < MinYears || known.Find(of => of.Year == year) is not { } own)
        {
            return null;
        }

        var (place, equal) = (known.Count(of => value(of) > value(own)), known.Count(of => value(of) == value(own)) - 1);
        var shared = equal == 0 ? "" : $", as in {NumberFormat.FormatCount(equal, "other year", "other years")}";
        return place >= MaxPlace || equal == known.Count - 1 ? null : new(FormattableString.Invariant($"The {Ordinals[place]} {what} of {known.Count} {among}{shared}."), figure);
    }
}
