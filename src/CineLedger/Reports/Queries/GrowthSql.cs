using System.Globalization;

namespace CineLedger.Reports.Queries;

/// <summary>
/// Builds growth over the years of a query: the common table <c>year_groups</c> of each group's measures by year, and <c>growth</c> <c>s</c> with a row per group. See
/// docs/decisions/0099-growth-over-a-span.md.
/// </summary>
internal sealed class GrowthSql
{
    /// <summary>Growth per year is rounded to millionths, because engines may compute the last digit of a root differently.</summary>
    private const int Scale = 1_000_000;

    private readonly QueryRequest _query;
    private readonly YearSpan _span;
    private readonly string _year;

    private GrowthSql(QueryRequest query, YearSpan span, IReadOnlyList<SelectedMeasure> uses)
    {
        (_query, _span, Uses, _year) = (query, span, uses, $"g.{GroupSql.GetKey(query.By.Count)}");
        ByYear = query with
        {
            By = [.. query.By, Dimensions.All.First(dimension => dimension.Form == ValueForm.Year)],
            Measures = [.. uses.Select(use => use.Applied!.Of).SelectMany(of => (SelectedMeasure[])[of, of.GetKnown()]).DistinctBy(use => use.Column)],
        };
    }

    /// <summary>Gets the query grouped by year too, with the measures that growth is computed from.</summary>
    public QueryRequest ByYear { get; }

    /// <summary>Gets the functions that measure growth.</summary>
    public IReadOnlyList<SelectedMeasure> Uses { get; }

    /// <summary>Returns null when the query measures no growth.</summary>
    public static GrowthSql? Create(QueryRequest query)
    {
        SelectedMeasure[] uses = [.. query.Measures.Where(use => use.Applied is { Function.Scope: GroupScope.Years })];
        return uses.Length == 0 ? null : new(query, YearSpan.Find(query.Where) ?? throw new InvalidOperationException("the query has no span of years"), uses);
    }

    /// <summary>Builds the common tables from <paramref name="movies"/>, which have the keys of <see cref="ByYear"/>.</summary>
    public IEnumerable<string> BuildTables(string movies, SqlBuilder sql, string snapshot)
    {
        yield return new GroupSql(ByYear, sql, snapshot).BuildTable("year_groups", movies, ByYear.Measures, filtered: true, sorted: false);
        var keys = Enumerable.Range(0, _query.By.Count).Select(i => $"g.{GroupSql.GetKey(i)}").ToList();
        var columns = Uses.SelectMany(use => use.Applied!.Function == GroupFunctions.Cagr ? BuildEnds(use.Applied.Of) : BuildYears(use.Applied.Of));
        yield return $"""
            growth AS (
                SELECT {string.Join(",\n           ", keys.Concat(columns))}
                FROM year_groups g{(keys.Count == 0 ? "" : $"\n    GROUP BY {string.Join(", ", keys)}")})
            """;
    }

    /// <summary>Builds the join of a row <c>g</c> to its growth.</summary>
    public string BuildJoin() => _query.By.Count == 0
        ? "\nCROSS JOIN growth s"
        : $"\nJOIN growth s ON {string.Join(" AND ", Enumerable.Range(0, _query.By.Count).Select(GroupSql.GetKey).Select(key => $"s.{key} = g.{key}"))}";

    /// <summary>Builds the growth per year that leads from the first year's value to the last year's: (last / first)^(1 / years) − 1.</summary>
    public string BuildCagr(SelectedMeasure of)
    {
        var root = Invariant($"POWER(CAST(s.{of.Column}_last AS FLOAT8) / CAST(s.{of.Column}_first AS FLOAT8), CAST(1 AS FLOAT8) / {_span.Years - 1})");
        return Invariant($"CASE WHEN {BuildIsKnown(of, "ends")} AND s.{of.Column}_first > 0 AND s.{of.Column}_last > 0 THEN FLOOR(({root} - 1) * {Scale} + 0.5) / {Scale} END");
    }

    public string BuildSlope(SelectedMeasure of) => $"CASE WHEN {BuildIsKnown(of, "years")} THEN s.{of.Column}_slope END";

    /// <summary>Builds a query of one row: the number of groups, and for each of <see cref="Uses"/>, the number of groups that have too few movies for it.</summary>
    public SqlBuilder BuildCoverage(int snapshotId)
    {
        var sql = new SqlBuilder();
        var snapshot = sql.Add(snapshotId);
        var movie = new MovieSql(ByYear, ByYear.Measures.SelectMany(MeasureSql.GetRequiredValues), sql, snapshot);
        var counts = Uses.Select(use => $", COUNT(CASE WHEN NOT {BuildIsKnown(use.Applied!.Of, use.Applied.Function == GroupFunctions.Cagr ? "ends" : "years")} THEN 1 END)");
        sql.Text = $"{movie.BuildWith()}{string.Join(",\n", [movie.BuildTable("selected_movies"), .. BuildTables("selected_movies", sql, snapshot)])}\n"
            + $"SELECT COUNT(*){string.Concat(counts)} FROM growth s";
        return sql;
    }

    private string BuildIsKnown(SelectedMeasure of, string movies) => Invariant($"s.{of.Column}_{movies} >= {_query.MinMovies}");

    /// <summary>Builds the values of the first and the last year, and the smaller number of movies behind them.</summary>
    private IEnumerable<string> BuildEnds(SelectedMeasure of)
    {
        var known = of.GetKnown().Column;
        return
        [
            $"{BuildAt(of.Column, _span.First)} AS {of.Column}_first",
            $"{BuildAt(of.Column, _span.Last)} AS {of.Column}_last",
            $"LEAST(COALESCE({BuildAt(known, _span.First)}, 0), COALESCE({BuildAt(known, _span.Last)}, 0)) AS {of.Column}_ends",
        ];
    }

    /// <summary>
    /// Builds the least-squares slope, Σ(x − x̄)y / Σ(x − x̄)², and the smallest number of movies behind a year, 0 if a year is missing. With all n years, the doubled
    /// distances 2(x − x̄) are whole numbers, and the slope is their sum of products with y, divided by n(n² − 1) / 6. Whole numbers are added exactly; other values are added
    /// in the order of time, because every engine must add them in the same order.
    /// </summary>
    private IEnumerable<string> BuildYears(SelectedMeasure of)
    {
        var (n, center) = ((long)_span.Years, _span.First + _span.Last);
        var sum = of.GetColumnKind(_query) == ColumnKind.Integer
            ? Invariant($"CAST(SUM(g.{of.Column} * (2 * {_year} - {center})) AS FLOAT8)")
            : $"({string.Join(" + ", Enumerable.Range(_span.First, _span.Years).Select(year => Invariant($"({2 * year - center}) * {BuildAt(of.Column, year)}")))})";
        return
        [
            Invariant($"{sum} / {n * (n * n - 1) / 6} AS {of.Column}_slope"),
            Invariant($"CASE WHEN COUNT(g.{of.Column}) = {n} THEN MIN(g.{of.GetKnown().Column}) ELSE 0 END AS {of.Column}_years"),
        ];
    }

    private string BuildAt(string column, int year) => Invariant($"MAX(CASE WHEN {_year} = {year} THEN g.{column} END)");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
