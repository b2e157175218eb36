namespace CineLedger.Reports.Queries;

/// <summary>Joins each group to the group of the same names a year before, or in an older snapshot.</summary>
internal static class ComparisonSql
{
    /// <summary>
    /// Builds the common table <c>compared</c> from <c>grouped</c> and <c>grouped_before</c>, which counts movies a year later or of the older snapshot. Groups
    /// that had movies only before are kept, because that is a change too, but none after the latest period of <c>grouped</c> in a comparison of years.
    /// </summary>
    public static string BuildTable(QueryRequest query)
    {
        var keys = Enumerable.Range(0, query.By.Count).Select(GroupSql.GetKey).ToList();
        var periods = "";
        if (query.ComparePreviousYear)
        {
            var period = GroupSql.GetKey(RowPeriod.Find(query.By)!.Index);
            periods = $"\n    WHERE c.{period} IS NOT NULL OR b.{period} <= (SELECT MAX(g.{period}) FROM grouped g)";
        }

        string[] columns =
        [
            .. keys.Select(key => $"COALESCE(c.{key}, b.{key}) AS {key}"),
            .. query.Measures.SelectMany(use => (string[])[$"{BuildCurrent(use, "c")} AS {use.Column}", $"{BuildCurrent(use, "b")} AS {use.Column}_before"]),
            .. SortKeys.BuildCompared(query, "c", "b"),
            .. SortKeys.GetPercents(query).Select(percent => SortKeys.BuildPercent(
                query,
                percent,
                $"c.{percent.Of.GetKnown().Column}",
                $"b.{percent.Of.GetKnown().Column}",
                BuildPercent(BuildCurrent(percent.Of, "c"), BuildCurrent(percent.Of, "b")))),
        ];
        return $"""
            compared AS (
                SELECT {string.Join(",\n           ", columns)}
                FROM grouped c
                FULL JOIN grouped_before b ON {(keys.Count == 0 ? "TRUE" : string.Join(" AND ", keys.Select(key => $"b.{key} = c.{key}")))}{periods})
            """;
    }

    /// <summary>Builds a measure's columns of a row <c>g</c>: current value, previous value, change and change in percent of the previous value.</summary>
    public static IEnumerable<string> BuildColumns(string column) =>
    [
        $"g.{column}",
        $"g.{column}_before",
        $"g.{column} - g.{column}_before AS {column}_change",
        $"{BuildPercent($"g.{column}", $"g.{column}_before")} AS {column}_percent",
    ];

    private static string BuildPercent(string current, string before) => $"CAST({current} - {before} AS FLOAT8) * 100 / NULLIF(ABS(CAST({before} AS FLOAT8)), 0)";

    /// <summary>A missing group has a count of 0; its other values are unknown.</summary>
    private static string BuildCurrent(SelectedMeasure use, string groups) =>
        use.Measure.Kind is MeasureKind.Count or MeasureKind.Known ? $"COALESCE({groups}.{use.Column}, 0)" : $"{groups}.{use.Column}";
}
