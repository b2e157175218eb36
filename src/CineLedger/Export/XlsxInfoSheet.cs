using CineLedger.Model;

namespace CineLedger.Export;

/// <summary>The sheet that describes a workbook's result.</summary>
internal static class XlsxInfoSheet
{
    public const string Name = "About";

    /// <summary>Returns the lines about a snapshot.</summary>
    public static IEnumerable<(string Name, object Value)> GetLines(Snapshot snapshot)
    {
        yield return ("Snapshot", (long)snapshot.Id);
        yield return ("Published (UTC)", snapshot.PublishedAt);
        yield return ("Source", snapshot.Source);
        if (snapshot.Synthetic)
        {
            yield return ("Data", "SYNTHETIC sample data: the numbers are invented");
        }
    }

    /// <summary>Returns the line about truncated texts; empty if there are none.</summary>
    public static IEnumerable<(string Name, object Value)> GetCutTextLines(long cutTexts) =>
        cutTexts > 0 ? [($"Texts truncated to {XlsxText.MaxTextLength:N0} characters, Excel's maximum per cell", cutTexts)] : [];

    /// <summary>Returns the lines: a name, and a text, whole number or time.</summary>
    public static IEnumerable<(string Name, object Value)> GetLines(ResultInfo info, long rows, long cutTexts)
    {
        yield return ("Created by", "CineLedger");
        yield return ("Rows", rows);
        foreach (var line in GetCutTextLines(cutTexts).Concat(info.Snapshot is { } snapshot ? GetLines(snapshot) : []))
        {
            yield return line;
        }

        if (info.Coverage is { } coverage)
        {
            yield return ("Movies", coverage.Movies);
            yield return ("Movies with known budget", coverage.BudgetKnown);
            yield return ("Movies with known revenue", coverage.RevenueKnown);
            yield return ("Undated movies excluded", coverage.Undated);
            if (coverage.Unreleased > 0)
            {
                yield return ("Planned and rumored movies excluded", coverage.Unreleased);
            }
        }

        foreach (var note in info.AllNotes)
        {
            yield return ("Note", note);
        }

        yield return ("Empty cells", "unknown");
    }
}
