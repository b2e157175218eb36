namespace CineLedger.Reports.Queries;

/// <summary>Puts each group beside the same names' group a year before.</summary>
internal static class ComparisonSql
{
    /// <summary>
    /// The common table <c>compared</c>, of <c>grouped</c> and <c>grouped_before</c>, whose movies count a year later. A group that had movies
    /// the year before and has none now stays in: that is a change too. What comes after the last group of now is the future.
    /// </summary>
    public static string BuildTable(QueryRequest query)
    {
        var keys = Enumerable.Range(0, query.By.Count).Select(GroupSql.GetKey).ToList();
        var period = GroupSql.GetKey(FindFinest(query.By));
        string[] columns =
        [
            .. keys.Select(key => $"COALESCE(c.{key}, b.{key}) AS {key}"),
            .. query.Measures.SelectMany(use => (string[])[$"{BuildCurrent(use, "c")} AS {use.Column}", $"{BuildCurrent(use, "b")} AS {use.Column}_before"]),
        ];
        return $"""
            compared AS (
                SELECT {string.Join(",\n           ", columns)}
                FROM grouped c
                FULL JOIN grouped_before b ON {string.Join(" AND ", keys.Select(key => $"b.{key} = c.{key}"))}
                WHERE c.{period} IS NOT NULL OR b.{period} <= (SELECT MAX(g.{period}) FROM grouped g))
            """;
    }

    /// <summary>A measure's columns of a row <c>g</c>: as it is, as it was, the change, and the change in percent of what it was.</summary>
    public static IEnumerable<string> BuildColumns(string column) =>
    [
        $"g.{column}",
        $"g.{column}_before",
        $"g.{column} - g.{column}_before AS {column}_change",
        $"CAST(g.{column} - g.{column}_before AS FLOAT8) * 100 / NULLIF(ABS(CAST(g.{column}_before AS FLOAT8)), 0) AS {column}_percent",
    ];

    /// <summary>Where there is no group there are no movies; of anything else nothing is known.</summary>
    private static string BuildCurrent(SelectedMeasure use, string groups) =>
        use.Measure.Kind is MeasureKind.Count or MeasureKind.Known ? $"COALESCE({groups}.{use.Column}, 0)" : $"{groups}.{use.Column}";

    private static int FindFinest(IReadOnlyList<Dimension> by) =>
        by.Select((dimension, i) => (dimension, i)).Where(at => at.dimension.Form is ValueForm.Month or ValueForm.Quarter or ValueForm.Year)
            .OrderBy(at => at.dimension.Form switch { ValueForm.Month => 0, ValueForm.Quarter => 1, _ => 2 }).First().i;
}
