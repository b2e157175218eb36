namespace CineLedger.Export;

/// <summary>The sheet that says what a workbook's rows rest on.</summary>
internal static class XlsxInfoSheet
{
    /// <summary>Names with a text, a whole number or a moment each.</summary>
    public static IEnumerable<(string Name, object Value)> GetLines(ResultInfo info, long rows, long cutTexts)
    {
        yield return ("Made by", "CineLedger");
        yield return ("Rows", rows);
        if (cutTexts > 0)
        {
            yield return ($"Texts cut to {XlsxText.LongestText:N0} characters, all that a cell of Excel holds", cutTexts);
        }

        if (info.Snapshot is { } snapshot)
        {
            yield return ("Snapshot", (long)snapshot.Id);
            yield return ("Published (UTC)", snapshot.PublishedAt);
            yield return ("Source", snapshot.Source);
            if (snapshot.Synthetic)
            {
                yield return ("Data", "SYNTHETIC sample data: the numbers mean nothing");
            }
        }

        if (info.Coverage is { } coverage)
        {
            yield return ("Movies", coverage.Movies);
            yield return ("Movies with known budget", coverage.BudgetKnown);
            yield return ("Movies with known revenue", coverage.RevenueKnown);
            yield return ("Undated movies left out", coverage.Undated);
        }

        yield return ("Empty cells", "unknown");
    }
}
