namespace CineLedger.Reports;

/// <summary>The measures over a group of films <c>f</c> and their links <c>l</c>.</summary>
internal static class MeasureSql
{
    /// <summary>
    /// A film's amount as it goes to one of its companies or genres. An equal share is in whole dollars: what the division leaves
    /// over goes, a dollar each, to the first of them, so that the shares add up to the amount.
    /// </summary>
    public static string Amount(string amount, Share share, string dimension)
    {
        var count = $"f.{dimension}_count";
        return share == Share.Full
            ? $"f.{amount}"
            : $"(CAST((f.{amount} - f.{amount} % {count}) / {count} AS BIGINT) + CASE WHEN l.position < f.{amount} % {count} THEN 1 ELSE 0 END)";
    }

    /// <summary>
    /// budget, revenue, profit, matched_profit, popularity and the counts they rest on. Sums and counts are whole numbers; means are
    /// exact sums divided once, since a running floating-point mean depends on the order in which an engine takes the rows.
    /// </summary>
    public static string All(ReportRequest request, string dimension)
    {
        var budget = Amount("budget", request.Share, dimension);
        var revenue = Amount("revenue", request.Share, dimension);
        var matched = $"({revenue} - {budget})";
        var profit = request.Aggregate == Aggregate.Sum
            ? $"CASE WHEN COUNT({budget}) + COUNT({revenue}) > 0 THEN CAST(COALESCE(SUM({revenue}), 0) - COALESCE(SUM({budget}), 0) AS BIGINT) END"
            : Of(request.Aggregate, matched);
        return $"""
            COUNT(*) AS releases,
                   {Of(request.Aggregate, budget)} AS budget,
                   {Of(request.Aggregate, revenue)} AS revenue,
                   {profit} AS profit,
                   {Of(request.Aggregate, matched)} AS matched_profit,
                   CAST(SUM(f.popularity) AS FLOAT8) / NULLIF(COUNT(f.popularity), 0) AS popularity,
                   COUNT(f.budget) AS budget_known,
                   COUNT(f.revenue) AS revenue_known,
                   COUNT({matched}) AS profit_known
            """;
    }

    private static string Of(Aggregate aggregate, string amount) => aggregate switch
    {
        Aggregate.Avg => $"CAST(SUM({amount}) AS FLOAT8) / NULLIF(COUNT({amount}), 0)",
        Aggregate.Median => $"PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST({amount} AS FLOAT8))",
        _ => $"CAST(SUM({amount}) AS BIGINT)",
    };
}
