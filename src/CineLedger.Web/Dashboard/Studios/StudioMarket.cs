using CineLedger.Reports;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>
/// The revenue of studios by year, beside that of all movies. Market shares, ranks and growth are made from it. Amounts are totals, whatever the display options say.
/// </summary>
/// <param name="IsAsNamed">Whether each company counts as a studio of its own; then only the largest ones are included.</param>
/// <param name="Genres">Only movies of these genres; empty for all.</param>
/// <param name="Query">The query of the rows by year and studio.</param>
/// <param name="TotalQuery">The query of all movies by year, each counted once.</param>
/// <param name="Grid">The rows by year and studio, the studio with the largest revenue first.</param>
/// <param name="Totals">All movies by year.</param>
/// <param name="Studios">The sums over the years, in the same order.</param>
/// <param name="Growth">The years that growth compares; null if there are too few.</param>
public sealed record StudioMarket(
    bool IsAsNamed,
    IReadOnlyList<string> Genres,
    PageQuery Query,
    PageQuery TotalQuery,
    NameGrid Grid,
    IReadOnlyDictionary<long, ResultRow> Totals,
    IReadOnlyList<StudioTotal> Studios,
    GrowthYears? Growth)
{
    /// <summary>The number of colors in the palette. Another line would repeat the first color.</summary>
    public const int MaxLines = 8;

    /// <summary>The number of companies if each counts as a studio of its own. A ledger may have a hundred thousand.</summary>
    public const int MaxCompanies = 50;

    public static async Task<StudioMarket> ReadAsync(PageRequest request, bool isAsNamed, IReadOnlyList<string> genres, CancellationToken cancellationToken)
    {
        var state = UseTotals(request.State);
        string[] where = [.. genres.Select(genre => PageQuery.Filter("genre", genre))];
        var totalQuery = new PageQuery { By = ["year"], Measures = ["releases", "revenue", "revenue_known"], Where = where };
        var query = new PageQuery
        {
            By = ["year", "studio"],
            Measures = ["revenue", "share(revenue)", "rank(revenue)", "releases", "revenue_known"],
            Where = where,
            IsAsNamed = isAsNamed,
        };
        if (isAsNamed)
        {
            var largest = query with { By = ["studio"], Measures = ["revenue"], Where = [.. where, "year is known"], Order = ["revenue:desc"], Limit = MaxCompanies };
            var names = (await request.Ledger.QueryAsync(largest.CreateRequest(state), cancellationToken)).Rows.Select(row => row.GetText("studio"));
            query = query with { Where = [.. where, .. names.Select(name => PageQuery.FilterByName("studio", name))] };
        }

        var rows = await request.Ledger.QueryAsync(query.CreateRequest(state), cancellationToken);
        var totals = (await request.Ledger.QueryAsync(totalQuery.CreateRequest(state), cancellationToken)).Rows.ToDictionary(row => row.GetInteger("year"));
        var growth = GrowthYears.Find([.. totals.Where(year => year.Value.GetInteger("revenue_known") > 0 && request.IsRanked(year.Key)).Select(year => year.Key)]);
        StudioTotal[] studios = [.. rows.Rows.GroupBy(row => row.GetText("studio")).Select(studio => StudioTotal.Create(studio.Key, [.. studio], growth))
            .OrderByDescending(studio => studio.Revenue ?? long.MinValue).ThenBy(studio => studio.Name, StringComparer.Ordinal)];
        return new(
            isAsNamed, genres, query, totalQuery, NameGrid.Create(rows, "year", "studio", [.. studios.Select(studio => studio.Name)]), totals, studios, growth);
    }

    /// <summary>The query of the sums over the years, for downloads.</summary>
    public PageQuery SumQuery => Query with
    {
        By = ["studio"],
        Measures = ["revenue", "share(revenue)", "releases", "share(releases)", "revenue_known"],
        Where = [.. TotalQuery.Where, "year is known"],
        Order = ["revenue:desc"],
    };

    /// <summary>Market shares, ranks and growth exist only for totals.</summary>
    public static PageState UseTotals(PageState state) => state with { Aggregate = Aggregate.Sum };

    /// <summary>Returns the sum of a column over all movies and years; null if it is never known.</summary>
    public long? Sum(string column) => Sum(Totals.Values, column);

    /// <summary>Returns the revenue of a row as a share of the revenue of all movies of its year.</summary>
    public static double? GetShare(ResultRow row) => row.GetNumber("revenue_share");

    /// <summary>Returns the rank by revenue; null for a row without a known revenue.</summary>
    public static double? GetRank(ResultRow row) => row["revenue"] is null ? null : row.GetNumber("rank_revenue");

    /// <summary>Returns both sides of a share, with the numbers of movies behind them.</summary>
    public string GetNote(ResultRow row)
    {
        var all = Totals[row.GetInteger("year")];
        return FormattableString.Invariant($"{NumberFormat.FormatShort(row["revenue"], Unit.Money)} of {NumberFormat.FormatShort(all["revenue"], Unit.Money)}; ")
            + FormattableString.Invariant($"known for {row["revenue_known"]:N0} of {row["releases"]:N0} and {all["revenue_known"]:N0} of {NumberFormat.FormatMovieCount(all.GetInteger("releases"))}");
    }

    internal static long? Sum(IEnumerable<ResultRow> rows, string column) => rows.Aggregate((long?)null, (sum, row) => row[column] is long value ? (sum ?? 0) + value : sum);
}

/// <summary>The sums of a studio over the years.</summary>
/// <param name="Revenue">The known revenue; null if none is known.</param>
/// <param name="Releases">The number of movies.</param>
/// <param name="Known">The number of movies with a known revenue.</param>
/// <param name="Earlier">The revenue in the earlier years of <see cref="GrowthYears"/>; null if unknown.</param>
/// <param name="Later">The revenue in the later years; null if unknown.</param>
public sealed record StudioTotal(string Name, long? Revenue, long Releases, long Known, long? Earlier, long? Later)
{
    /// <summary>The change of revenue: .5 is 50 %. Null if either side is unknown or the earlier one is 0.</summary>
    public double? Growth => Earlier is { } earlier && Later is { } later ? NumberFormat.GetPercent(later - earlier, earlier) : null;

    /// <summary>The number of movies behind the revenue, in words.</summary>
    public string KnownNote => FormattableString.Invariant($"known for {Known:N0} of {NumberFormat.FormatMovieCount(Releases)}");

    internal static StudioTotal Create(string name, IReadOnlyList<ResultRow> years, GrowthYears? growth) => new(
        name,
        StudioMarket.Sum(years, "revenue"),
        years.Sum(row => row.GetInteger("releases")),
        years.Sum(row => row.GetInteger("revenue_known")),
        growth is null ? null : StudioMarket.Sum(years.Where(row => growth.IsEarlier(row.GetInteger("year"))), "revenue"),
        growth is null ? null : StudioMarket.Sum(years.Where(row => growth.IsLater(row.GetInteger("year"))), "revenue"));
}

/// <summary>The years that growth compares: the last ones of the range, and as many before them.</summary>
/// <param name="First">The first of the earlier years.</param>
/// <param name="Middle">The first of the later years.</param>
/// <param name="Last">The last of the later years.</param>
public sealed record GrowthYears(long First, long Middle, long Last)
{
    private const int MaxYears = 5;

    public string Earlier => Format(First, Middle - 1);

    public string Later => Format(Middle, Last);

    public bool IsEarlier(long year) => year >= First && year < Middle;

    public bool IsLater(long year) => year >= Middle && year <= Last;

    /// <summary>Halves the range, or takes the last ten years of a longer one. Returns null for a range of less than two years.</summary>
    /// <param name="years">The years with a known revenue.</param>
    internal static GrowthYears? Find(IReadOnlyList<long> years)
    {
        var count = years.Count == 0 ? 0 : Math.Min(MaxYears, (years.Max() - years.Min() + 1) / 2);
        return count == 0 ? null : new(years.Max() - (2 * count) + 1, years.Max() - count + 1, years.Max());
    }

    private static string Format(long first, long last) => first == last ? NumberFormat.FormatExact(first, Unit.Year) : FormattableString.Invariant($"{first}–{last}");
}
