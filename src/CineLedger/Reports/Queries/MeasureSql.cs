using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Queries;

/// <summary>Builds the SQL of measures over a group of movies <c>f</c> and their links <c>l0</c>, <c>l1</c> …</summary>
/// <param name="query">The query.</param>
/// <param name="links">The links that amounts are split by; empty when each name receives the full amount.</param>
/// <param name="fromTotals">Whether <c>f</c> is not a movie but totals of movies: see <see cref="TotalsSql"/>.</param>
internal sealed class MeasureSql(QueryRequest query, IReadOnlyList<(string Names, string Place)> links, bool fromTotals = false)
{
    /// <summary>
    /// Builds the SQL of a measure. Sums and counts are whole numbers; means are exact sums divided once, because a running floating-point mean
    /// depends on the order in which an engine reads the rows.
    /// </summary>
    public string Build(SelectedMeasure use) =>
        use.Measure.Sql?.Invoke(this, use.GetAggregate(query)) ?? throw new InvalidOperationException($"{use.Measure.Name} is computed from groups, not from movies");

    /// <summary>
    /// Builds the sort key of a measure with <see cref="SortKeys"/>: the quotient of the sum in millionths and the count. Both are whole numbers, so equal means
    /// have equal keys. Their values may differ in the last digit, because a sum of decimals is rounded when it becomes a floating-point number.
    /// </summary>
    public string BuildSortKey(SelectedMeasure use)
    {
        var value = use.Measure.Needs[0];
        return $"CAST(SUM(f.{value.Name}) * 1000000 AS FLOAT8) / NULLIF({BuildKnown(value.Name, $"f.{value.Name}")}, 0)";
    }

    /// <summary>Builds the number of movies.</summary>
    public string BuildMovies() => fromTotals ? "CAST(COALESCE(SUM(f.movies), 0) AS BIGINT)" : "COUNT(*)";

    /// <summary>Builds the number of movies with a known value.</summary>
    /// <param name="name">The name of the value.</param>
    /// <param name="value">The SQL of the value.</param>
    public string BuildKnown(string name, string value) => fromTotals ? $"CAST(COALESCE(SUM(f.{name}_known), 0) AS BIGINT)" : $"COUNT({value})";

    /// <summary>Returns the movie values that a measure reads.</summary>
    public static IEnumerable<MovieValue> GetRequiredValues(SelectedMeasure use) => use.Applied is { } applied ? GetRequiredValues(applied.Of) : use.Measure.Needs;

    /// <summary>Builds an aggregate of a movie value. An amount is split when the query splits amounts.</summary>
    public string BuildValue(MovieValue value, Aggregate aggregate) => fromTotals && aggregate == Aggregate.Avg
        ? $"CAST(SUM(f.{value.Name}) AS FLOAT8) / NULLIF({BuildKnown(value.Name, "")}, 0)"
        : BuildAggregate(aggregate, value.IsAmount ? BuildShare(value.Name) : $"f.{value.Name}", value.Form);

    /// <summary>Builds revenue minus budget. A sum counts unknown amounts as 0; any other aggregate needs both amounts.</summary>
    public string BuildProfit(Aggregate aggregate) => aggregate != Aggregate.Sum
        ? BuildMatchedProfit(aggregate)
        : $"CASE WHEN {BuildKnown("budget", BuildShare("budget"))} + {BuildKnown("revenue", BuildShare("revenue"))} > 0 "
            + $"THEN CAST(COALESCE(SUM({BuildShare("revenue")}), 0) - COALESCE(SUM({BuildShare("budget")}), 0) AS BIGINT) END";

    /// <summary>Builds revenue minus budget of the movies with both amounts.</summary>
    public string BuildMatchedProfit(Aggregate aggregate) => BuildAggregate(aggregate, fromTotals ? "f.profit" : Matched, ValueForm.Whole);

    private string Matched => $"({BuildShare("revenue")} - {BuildShare("budget")})";

    /// <summary>
    /// Builds the share of a movie's amount that goes to one of its names or combinations of names. Shares are in whole dollars: the remainder
    /// of the division goes to the first names, a dollar each, so that the shares add up to the amount.
    /// </summary>
    private string BuildShare(string amount)
    {
        if (links.Count == 0)
        {
            return $"f.{amount}";
        }

        var count = string.Join(" * ", links.Select(link => link.Names));
        var place = links.Skip(1).Aggregate(links[0].Place, (before, link) => $"({before} * {link.Names} + {link.Place})");
        count = links.Count == 1 ? count : $"({count})";
        return $"(CAST((f.{amount} - f.{amount} % {count}) / {count} AS BIGINT) + CASE WHEN {place} < f.{amount} % {count} THEN 1 ELSE 0 END)";
    }

    private static string BuildAggregate(Aggregate aggregate, string value, ValueForm form) => aggregate switch
    {
        Aggregate.Avg => $"CAST(SUM({value}) AS FLOAT8) / NULLIF(COUNT({value}), 0)",
        // The median between two values is half their sum. It is exact only for whole numbers; engines compute others differently.
        Aggregate.Median when form == ValueForm.Decimal =>
            $"PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST({MillionthsSql.Build(value)} AS FLOAT8)) / 1000000",
        Aggregate.Median => $"PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST({value} AS FLOAT8))",
        Aggregate.Sum or Aggregate.Min or Aggregate.Max =>
            $"CAST({ReportOptionNames.GetName(aggregate).ToUpperInvariant()}({value}) AS {(form == ValueForm.Decimal ? "FLOAT8" : "BIGINT")})",
        _ => throw new ArgumentOutOfRangeException(nameof(aggregate)),
    };

    /// <summary>
    /// Builds the return on investment. The sum aggregate is the group's total profit divided by its total budget; the others aggregate each movie's
    /// own return, truncated to five places so that the mean is an exact sum over a count.
    /// </summary>
    public string BuildRoi(Aggregate aggregate)
    {
        if (aggregate == Aggregate.Sum)
        {
            var (profit, budget) = fromTotals ? ("f.profit", "f.profit_budget") : (Matched, $"CASE WHEN f.revenue IS NOT NULL THEN {BuildShare("budget")} END");
            return $"CAST(SUM({profit}) AS FLOAT8) / NULLIF(CAST(SUM({budget}) AS FLOAT8), 0)";
        }

        const string movie = "CAST(FLOOR(CAST(f.revenue - f.budget AS FLOAT8) / NULLIF(f.budget, 0) * 100000) AS BIGINT)";
        return aggregate switch
        {
            Aggregate.Avg => $"CAST(SUM({movie}) AS FLOAT8) / NULLIF(COUNT({movie}), 0) / 100000",
            Aggregate.Median => $"PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST({movie} AS FLOAT8)) / 100000",
            Aggregate.Min or Aggregate.Max => $"CAST({ReportOptionNames.GetName(aggregate).ToUpperInvariant()}({movie}) AS FLOAT8) / 100000",
            _ => throw new ArgumentOutOfRangeException(nameof(aggregate)),
        };
    }
}
