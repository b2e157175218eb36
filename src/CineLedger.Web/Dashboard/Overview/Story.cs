using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard.Overview;

/// <summary>
/// Sentences about records and turning points of a span of years, computed from its numbers. They ignore incomplete years and years with few known amounts, and a
/// sentence that the data does not support is omitted.
/// </summary>
public static class Story
{
    public const int MaxSentences = 5;

    /// <summary>The number of known amounts that a year needs, and that a name needs in both periods that are compared.</summary>
    public const int MinMovies = QueryRequest.DefaultMinMovies;

    /// <summary>The maximum number of years in each of the two periods that shares are compared between.</summary>
    private const int MaxPeriod = 5;

    /// <summary>The minimum number of years for a record.</summary>
    private const int MinYears = 3;

    /// <summary>The minimum number of years in a row that revenue must rise for a sentence.</summary>
    private const int MinRise = 3;

    /// <summary>The minimum change of a share for a sentence: a change from 2.0 to 2.9 % has none.</summary>
    private const double MinShareChange = .01;

    /// <summary>Returns up to <see cref="MaxSentences"/> sentences.</summary>
    /// <param name="years">The complete years of the span in order.</param>
    /// <param name="studios">The revenue of studios by year.</param>
    /// <param name="genres">The number of movies of genres by year.</param>
    /// <param name="getGenreFigure">Returns the address of the figure with a genre's shares.</param>
    public static IReadOnlyList<StorySentence> Create(
        IReadOnlyList<StoryYear> years, IReadOnlyList<StoryName> studios, IReadOnlyList<StoryName> genres, Func<string, string> getGenreFigure)
    {
        StoryYear[] known = [.. years.Where(year => year.RevenueKnown >= MinMovies)];
        var revenue = known.ToDictionary(year => year.Year, year => (double)year.Revenue!.Value);
        var movies = years.Where(year => year.Releases >= MinMovies).ToDictionary(year => year.Year, year => (double)year.Releases);
        IEnumerable<StorySentence?> all =
        [
            CreateRecord(known),
            CreateRise(known) ?? CreateFall(known),
            CreateShareChange(revenue, studios, gained: true),
            CreateShareChange(revenue, studios, gained: false),
            CreateGenreChange(movies, genres, getGenreFigure),
            CreateProfit([.. years.Where(year => year.ProfitKnown >= MinMovies)]),
            CreateBusiest([.. years.Where(year => year.Releases >= MinMovies)]),
        ];
        return [.. all.OfType<StorySentence>().Take(MaxSentences)];
    }

    private static StorySentence? CreateRecord(StoryYear[] years)
    {
        if (years.Length < MinYears)
        {
            return null;
        }

        var (best, second) = years.OrderByDescending(year => year.Revenue).ToList() is var ordered ? (ordered[0], ordered[1]) : default;
        return new(
            FormattableString.Invariant($"{best.Year} had the highest known revenue, {FormatMoney(best.Revenue)} over {best.RevenueKnown:N0} of {NumberFormat.FormatMovieCount(best.Releases)}; ")
                + FormattableString.Invariant($"{second.Year} follows with {FormatMoney(second.Revenue)}."),
            "#revenue-and-budget");
    }

    private static StorySentence? CreateRise(StoryYear[] years)
    {
        var (first, length) = (0, 0);
        for (int start = 0, at = 1; at < years.Length; at++)
        {
            if (years[at].Year != years[at - 1].Year + 1 || years[at].Revenue <= years[at - 1].Revenue)
            {
                start = at;
            }
            else if (at - start >= length)
            {
                (first, length) = (start, at - start);
            }
        }

        return length < MinRise ? null : new(
            FormattableString.Invariant($"Known revenue rose {length} years in a row from {years[first].Year} to {years[first + length].Year}, ")
                + $"from {FormatMoney(years[first].Revenue)} to {FormatMoney(years[first + length].Revenue)}.",
            "#revenue-and-budget");
    }

    private static StorySentence? CreateFall(StoryYear[] years)
    {
        var falls = years.Zip(years.Skip(1)).Where(pair => pair.Second.Year == pair.First.Year + 1 && pair.First.Revenue > 0 && pair.Second.Revenue < pair.First.Revenue).ToList();
        if (years.Length < MinYears || falls.Count == 0)
        {
            return null;
        }

        var (before, after) = falls.MinBy(pair => (double)pair.Second.Revenue! / pair.First.Revenue!.Value);
        return new(
            FormattableString.Invariant($"The sharpest fall of known revenue was in {after.Year}: {FormatPercent(1 - ((double)after.Revenue! / before.Revenue!.Value))} less than in {before.Year}."),
            "#revenue-and-budget");
    }

    private static StorySentence? CreateShareChange(Dictionary<int, double> totals, IReadOnlyList<StoryName> studios, bool gained) =>
        FindChange(totals, studios, gained) is not { } change ? null : new(
            $"{change.Name} {(gained ? "gained" : "lost")} the most market share: {change.Format()}.",
            "#market-share");

    private static StorySentence? CreateGenreChange(Dictionary<int, double> totals, IReadOnlyList<StoryName> genres, Func<string, string> getFigure) =>
        FindChange(totals, genres, gained: true) is not { } change ? null : new(
            $"Among genres, {change.Name} gained the most in share of movies: {change.Format()}.",
            getFigure(change.Name));

    private static StorySentence? CreateProfit(StoryYear[] years) => years.Length < MinYears || years.MaxBy(year => year.Profit) is not { } best ? null : new(
        FormattableString.Invariant($"{best.Year} had the highest profit, {FormatMoney(best.Profit)} over the {best.ProfitKnown:N0} movies with both amounts known."),
        "#profit");

    private static StorySentence? CreateBusiest(StoryYear[] years) => years.Length < MinYears || years.MaxBy(year => year.Releases) is not { } best ? null : new(
        FormattableString.Invariant($"Most movies were released in {best.Year}: {best.Releases:N0}."),
        "#releases");

    /// <summary>Compares the shares of names in the last years with those in as many years before. Returns the largest change in one direction; null if it is small.</summary>
    private static ShareChange? FindChange(Dictionary<int, double> totals, IReadOnlyList<StoryName> names, bool gained)
    {
        int[] years = [.. totals.Keys.Order()];
        var length = Math.Min(MaxPeriod, years.Length / 2);
        if (length == 0)
        {
            return null;
        }

        var (earlier, later) = (years[^(2 * length)..^length], years[^length..]);
        var changes = names.Where(name => CountMovies(name, earlier) >= MinMovies && CountMovies(name, later) >= MinMovies)
            .Select(name => new ShareChange(name.Name, GetShare(name, earlier), GetShare(name, later), (earlier[0], earlier[^1]), (later[0], later[^1])));
        var largest = gained ? changes.MaxBy(change => change.Change) : changes.MinBy(change => change.Change);
        return largest is not null && (gained ? largest.Change : -largest.Change) >= MinShareChange ? largest : null;

        double GetShare(StoryName name, int[] of) => of.Sum(year => name.Years.GetValueOrDefault(year).Value) / of.Sum(year => totals[year]);

        static long CountMovies(StoryName name, int[] of) => of.Sum(year => name.Years.GetValueOrDefault(year).Movies);
    }

    private static string FormatMoney(long? amount) => NumberFormat.FormatShort(amount, Unit.Money);

    private static string FormatPercent(double share) => NumberFormat.FormatShort(share, Unit.Percent);

    private sealed record ShareChange(string Name, double Earlier, double Later, (int First, int Last) Before, (int First, int Last) After)
    {
        public double Change => Later - Earlier;

        public string Format() => $"from {FormatPercent(Earlier)} in {FormatYears(Before)} to {FormatPercent(Later)} in {FormatYears(After)}";

        private static string FormatYears((int First, int Last) years) =>
            years.First == years.Last ? FormattableString.Invariant($"{years.First}") : FormattableString.Invariant($"{years.First}–{years.Last}");
    }
}

/// <param name="Text">The sentence.</param>
/// <param name="Figure">The address of the figure that shows it: an anchor, or a figure of another page.</param>
public sealed record StorySentence(string Text, string Figure);

/// <summary>A year of the story: its number of movies and known amounts, in US dollars.</summary>
public sealed record StoryYear(int Year, long Releases, long? Revenue, long RevenueKnown, long? Profit, long ProfitKnown)
{
    /// <summary>Creates a year from a row of a query by year.</summary>
    internal static StoryYear Create(ResultRow row) => new(
        (int)row.GetInteger("year"),
        row.GetInteger("releases"),
        row["revenue"] as long?,
        row.GetInteger("revenue_known"),
        row["matched_profit"] as long?,
        row.GetInteger("profit_known"));
}

/// <summary>A studio or genre: its value by year, and the number of movies behind it.</summary>
public sealed record StoryName(string Name, IReadOnlyDictionary<int, (double Value, long Movies)> Years);
