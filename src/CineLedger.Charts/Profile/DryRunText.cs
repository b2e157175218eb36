using System.Globalization;
using CineLedger.Loading;

namespace CineLedger.Charts.Profile;

/// <summary>Describes the result of a dry run, for the terminal and for pages.</summary>
public static class DryRunText
{
    /// <summary>Returns the labels and values of the summary.</summary>
    public static IEnumerable<(string Name, string Value)> GetSummary(DryRun run)
    {
        yield return ("Source", ProfileText.FormatText(run.Source));
        yield return ("Compared", run.ComparedWith is { } snapshot
            ? Format($"with snapshot {snapshot}")
            : "with nothing, because the ledger has no snapshot; the gates of a first load apply");
        if (run.Counts is { Records: > 0 })
        {
            yield return ("Records", Format($"{run.Counts.Records:N0} read, {run.Counts.MoviesRead:N0} distinct movies"));
        }

        if (run.Credits is { } credits)
        {
            yield return ("Credits", Format($"{credits.Items:N0} cast and crew credits of {credits.Movies:N0} movies ({credits.Records:N0} records)"));
        }

        if (run.Keywords is { } keywords)
        {
            yield return ("Keywords", Format($"{keywords.Items:N0} of {keywords.Movies:N0} movies ({keywords.Records:N0} records)"));
        }

        if (run.Ratings is { } ratings)
        {
            yield return ("Ratings", Format($"{ratings.Read:N0} read, {ratings.Counted:N0} of movies in the ledger"));
        }

        yield return ("Result", GetResult(run));
    }

    /// <summary>Returns what a load would do, in one line.</summary>
    public static string GetResult(DryRun run)
    {
        var changes = run.Counts is { } counts
            ? Format($"{counts.Added:N0} added, {counts.Changed:N0} changed, {counts.Removed:N0} removed; {counts.Movies:N0} movies in total, {counts.Undated:N0} undated")
            : "";
        return run.Outcome switch
        {
            DryRunOutcome.Publish => $"would be published: {changes}",
            DryRunOutcome.Unchanged => "would publish nothing, because no movie differs",
            DryRunOutcome.Gated when changes.Length > 0 => $"would be stopped by {GetGates(run)}; if accepted: {changes}",
            DryRunOutcome.Gated => $"would be stopped by {GetGates(run)}",
            _ => throw new ArgumentOutOfRangeException(nameof(run)),
        };
    }

    private static string GetGates(DryRun run) =>
        string.Join(", ", run.Violations.Where(violation => violation.AcceptedBy is null).Select(violation => violation.Gate).Distinct());

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
