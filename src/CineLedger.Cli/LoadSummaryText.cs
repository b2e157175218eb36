using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Cli;

/// <summary>The summary after a load.</summary>
internal static class LoadSummaryText
{
    /// <param name="summary">Null where the source's server said that nothing had changed, so that nothing was read.</param>
    public static async Task WriteAsync(
        TextWriter output, Snapshot snapshot, LoadSummary? summary, string store, string? reports, TimeSpan elapsed)
    {
        var lines = new List<string>();
        if (summary is not null)
        {
            var joined = summary.Findings.FirstOrDefault(count => count.Rule == Rules.SplitRecord)?.Count ?? 0;
            var note = joined > 0 ? Text($" ({joined:N0} of them joined from broken rows)") : "";
            if (!summary.LeftOut.HasFlag(DatasetParts.Movies))
            {
                lines.Add(Line("Records", Text($"{summary.Records:N0} read{note}")));
                lines.Add(Line("Films", Text($"{summary.MoviesRead:N0} distinct")));
            }

            lines.AddRange(Others(summary));
            lines.Add("Findings" + (summary.Findings.Count == 0 ? "  none" : ""));
            lines.AddRange(summary.Findings.Select(count => Text($"  {FindingWords.Of(count.Kind),-6}  {count.Rule,-22} {count.Count,10:N0}")));
        }

        lines.Add(Outcome(snapshot, summary));
        if (snapshot.Synthetic)
        {
            lines.Add("           SYNTHETIC sample data: titles, companies and numbers are invented.");
        }

        lines.Add(Line("Store", store));
        if (reports is not null)
        {
            lines.Add(Line("Reports", Path.Combine(reports, string.Join(", ", ReportDefinition.All.Select(report => $"{report.Name}.csv").Append("findings.csv")))));
        }

        lines.Add(Line("Time", Text($"{elapsed.TotalSeconds:0.00} s")));
        foreach (var line in lines)
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Others(LoadSummary summary)
    {
        if (summary.Credits is { } credits)
        {
            yield return Line("Credits", Text($"{credits.Items:N0} parts of people in {credits.Movies:N0} films ({credits.Records:N0} records)"));
        }

        if (summary.Keywords is { } keywords)
        {
            yield return Line("Keywords", Text($"{keywords.Items:N0} of {keywords.Movies:N0} films ({keywords.Records:N0} records)"));
        }

        if (summary.Ratings is { } ratings)
        {
            var users = ratings.Users is { } known ? Text($"{known:N0} users") : "users that are not counted (ids too large)";
            var movies = ratings.Movies is { } distinct ? Text($"{distinct:N0} MovieLens movies") : "MovieLens movies that are not counted (too many without a link)";
            yield return Line("Ratings", Text($"{ratings.Read:N0} by {users} of {movies}, mean {ratings.Mean:0.000000}; {ratings.Kept:N0} kept ({ratings.File})"));
        }

        if (summary.LeftOut != DatasetParts.None)
        {
            yield return Line("Left out", $"{DatasetPartWords.Of(summary.LeftOut)}: not read, the ledger keeps what it holds of them");
        }
    }

    /// <summary>The line that says what became of it.</summary>
    public static string Outcome(Snapshot snapshot, LoadSummary? summary)
    {
        if (summary is { Published: true })
        {
            var changes = Text($"{snapshot.Added:N0} added, {snapshot.Changed:N0} changed, {snapshot.Removed:N0} removed");
            return Line("Snapshot", Text($"{snapshot.Id} published: {changes}; {snapshot.Movies:N0} films now, {snapshot.Undated:N0} undated"));
        }

        var why = summary is null ? "the source has not changed since" : "every film is as it was; no row was written";
        return Line("Snapshot", Text($"nothing new: still {snapshot.Id}, {why}"));
    }

    private static string Line(string name, string value) => $"{name,-9}  {value}";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
