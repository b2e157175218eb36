using CineLedger.Loading;
using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Cli;

/// <summary>The summary printed after a load.</summary>
internal static class LoadSummaryText
{
    /// <param name="summary">Null when the source's server reported no change, so nothing was read.</param>
    public static async Task WriteAsync(
        TextWriter output, Snapshot snapshot, LoadSummary? summary, string store, string? reports, TimeSpan elapsed)
    {
        var lines = new List<string>();
        if (summary is not null)
        {
            var joined = summary.Findings.FirstOrDefault(count => count.Rule == Rules.SplitRecord)?.Count ?? 0;
            var note = joined > 0 ? FormatInvariant($" ({joined:N0} joined from split rows)") : "";
            if (!summary.SkippedParts.HasFlag(DatasetParts.Movies))
            {
                lines.Add(FormatLine("Records", FormatInvariant($"{summary.Records:N0} read{note}")));
                lines.Add(FormatLine("Movies", FormatInvariant($"{summary.MoviesRead:N0} distinct")));
            }

            lines.AddRange(FormatRelated(summary));
            lines.AddRange(FormatStudios(summary.Studios));
            if (summary.MissingColumns.Count > 0)
            {
                lines.Add(FormatLine("Missing", $"not in the source: {string.Join(", ", summary.MissingColumns)}"));
            }

            lines.AddRange(summary.Accepted.Select(violation => FormatLine("Accepted", $"{violation.Gate}: {violation.Message}")));
            lines.Add("Findings" + (summary.Findings.Count == 0 ? "  none" : ""));
            lines.AddRange(summary.Findings.Select(count => FormatInvariant($"  {FindingKindNames.GetName(count.Kind),-6}  {count.Rule,-22} {count.Count,10:N0}")));
        }

        lines.Add(FormatOutcome(snapshot, summary));
        if (snapshot.Synthetic)
        {
            lines.Add("           SYNTHETIC sample data: titles, companies and numbers are invented.");
        }

        lines.Add(FormatLine("Store", store));
        if (reports is not null)
        {
            lines.Add(FormatLine("Reports", Path.Combine(reports, string.Join(", ", ReportDefinition.All.Select(report => $"{report.Name}.csv").Append("findings.csv")))));
        }

        lines.Add(FormatLine("Time", FormatInvariant($"{elapsed.TotalSeconds:0.00} s")));
        foreach (var line in lines)
        {
            // Messages of gates quote names and values of the dataset.
            await output.WriteLineAsync(DisplayText.RemoveControls(line));
        }
    }

    private static IEnumerable<string> FormatRelated(LoadSummary summary)
    {
        if (summary.Credits is { } credits)
        {
            yield return FormatLine("Credits", $"{DisplayText.Count(credits.Items, "cast and crew credit")} of {DisplayText.Count(credits.Movies, "movie")} ({DisplayText.Count(credits.Records, "record")})");
        }

        if (summary.Keywords is { } keywords)
        {
            yield return FormatLine("Keywords", FormatInvariant($"{keywords.Items:N0} of {DisplayText.Count(keywords.Movies, "movie")} ({DisplayText.Count(keywords.Records, "record")})"));
        }

        if (summary.Ratings is { } ratings)
        {
            var users = ratings.Users is { } known ? FormatInvariant($"{known:N0} users") : "an unknown number of users (IDs too large to count)";
            var movies = ratings.Movies is { } distinct ? FormatInvariant($"{distinct:N0} MovieLens movies") : "an unknown number of MovieLens movies (too many without a link)";
            yield return FormatLine(
                "Ratings",
                FormatInvariant($"{ratings.Read:N0} by {users} for {movies}, mean {ratings.Mean:0.000000}; {ratings.Counted:N0} kept ({ratings.File})"));
        }

        if (summary.SkippedParts != DatasetParts.None)
        {
            yield return FormatLine("Skipped", $"{DatasetPartNames.Join(summary.SkippedParts)}: not read, unchanged in the ledger");
        }
    }

    private static IEnumerable<string> FormatStudios(StudioTotals? totals)
    {
        if (totals is { Lines: 0, Note: null })
        {
            yield return FormatLine("Studios", "none");
        }
        else if (totals is { Lines: > 0 })
        {
            yield return FormatLine(
                "Studios",
                $"{DisplayText.Count(totals.Lines, "line")} ({totals.ListName ?? "unchanged"}), {DisplayText.Count(totals.Companies, "company", "companies")} of the dataset "
                + $"under {DisplayText.Count(totals.Studios, "studio")}");
        }

        if (totals?.Note is { } note)
        {
            yield return FormatLine("Studios", note);
        }
    }

    /// <summary>Formats the line that reports the outcome.</summary>
    public static string FormatOutcome(Snapshot snapshot, LoadSummary? summary)
    {
        if (summary is { IsPublished: true })
        {
            var changes = FormatInvariant($"{snapshot.Added:N0} added, {snapshot.Changed:N0} changed, {snapshot.Removed:N0} removed");
            return FormatLine("Snapshot", FormatInvariant($"{snapshot.Id} published: {changes}; {DisplayText.Count(snapshot.Movies, "movie")} now, {snapshot.Undated:N0} undated"));
        }

        var reason = summary is null ? "the source has not changed" : "no movie differs, so no row was written";
        return FormatLine("Snapshot", FormatInvariant($"nothing new: still {snapshot.Id} ({reason})"));
    }

    private static string FormatLine(string name, string value) => $"{name,-9}  {value}";

    private static string FormatInvariant(FormattableString text) => FormattableString.Invariant(text);
}
