using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Queries;

/// <summary>Measures over a group of movies <c>f</c> and their links <c>l0</c>, <c>l1</c> … in SQL.</summary>
/// <param name="query">What is asked for.</param>
/// <param name="links">The links by which each row of the group is shared; none where amounts go in full.</param>
internal sealed class MeasureSql(QueryRequest query, IReadOnlyList<(string Names, string Place)> links)
{
    /// <summary>
    /// Sums and counts are whole numbers; means are exact sums divided once, since a running floating-point mean depends on the order in
    /// which an engine takes the rows.
    /// </summary>
    public string Build(SelectedMeasure use) =>
        use.Measure.Sql?.Invoke(this, use.AggregateIn(query)) ?? throw new InvalidOperationException($"{use.Measure.Name} is made of rows, not of movies");

    /// <summary>The movies' values that a measure is made of.</summary>
    public static IEnumerable<MovieValue> GetRequiredValues(SelectedMeasure use) => use.RankedBy is { } by ? GetRequiredValues(by) : use.Measure.Needs;

    /// <summary>One value of the movies; an amount is shared where the query shares.</summary>
    public string Value(MovieValue value, Aggregate aggregate) => BuildAggregate(aggregate, value.IsAmount ? BuildShare(value.Name) : $"f.{value.Name}", value.Form);

    /// <summary>Revenue less budget of whatever is known; any aggregate but a sum needs both.</summary>
    public string Profit(Aggregate aggregate) => aggregate != Aggregate.Sum
        ? MatchedProfit(aggregate)
        : $"CASE WHEN COUNT({BuildShare("budget")}) + COUNT({BuildShare("revenue")}) > 0 "
            + $"THEN CAST(COALESCE(SUM({BuildShare("revenue")}), 0) - COALESCE(SUM({BuildShare("budget")}), 0) AS BIGINT) END";

    /// <summary>Revenue less budget of the movies with both.</summary>
    public string MatchedProfit(Aggregate aggregate) => BuildAggregate(aggregate, Matched, ValueForm.Whole);

    private string Matched => $"({BuildShare("revenue")} - {BuildShare("budget")})";

    /// <summary>
    /// A movie's amount as it goes to one of its names, or to one of the pairs of them. An equal share is in whole dollars: what the
    /// division leaves over goes, a dollar each, to the first of them, so that the shares add up to the amount.
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
        // Between two values it is half their sum: exact of whole numbers alone, and else done differently by each engine.
        Aggregate.Median when form == ValueForm.Decimal =>
            $"PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST({MillionthsSql.Build(value)} AS FLOAT8)) / 1000000",
        Aggregate.Median => $"PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST({value} AS FLOAT8))",
        Aggregate.Sum or Aggregate.Min or Aggregate.Max =>
            $"CAST({ReportOptionNames.Get(aggregate).ToUpperInvariant()}({value}) AS {(form == ValueForm.Decimal ? "FLOAT8" : "BIGINT")})",
        _ => throw new ArgumentOutOfRangeException(nameof(aggregate)),
    };

    /// <summary>
    /// Of a group, all profit by all budgets; of each movie else. A movie's own is cut to five places, so that their mean is an exact sum
    /// over a count.
    /// </summary>
    public string BuildRoi(Aggregate aggregate)
    {
        if (aggregate == Aggregate.Sum)
        {
            return $"CAST(SUM({Matched}) AS FLOAT8) / NULLIF(CAST(SUM(CASE WHEN f.revenue IS NOT NULL THEN {BuildShare("budget")} END) AS FLOAT8), 0)";
        }

        const string movie = "CAST(FLOOR(CAST(f.revenue - f.budget AS FLOAT8) / NULLIF(f.budget, 0) * 100000) AS BIGINT)";
        return aggregate switch
        {
            Aggregate.Avg => $"CAST(SUM({movie}) AS FLOAT8) / NULLIF(COUNT({movie}), 0) / 100000",
            Aggregate.Median => $"PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST({movie} AS FLOAT8)) / 100000",
            Aggregate.Min or Aggregate.Max => $"CAST({ReportOptionNames.Get(aggregate).ToUpperInvariant()}({movie}) AS FLOAT8) / 100000",
            _ => throw new ArgumentOutOfRangeException(nameof(aggregate)),
        };
    }
}
