using CineLedger.Model;
using CineLedger.Reports.Studios;

namespace CineLedger.Cli;

/// <summary>The coverage of a list of studios as text.</summary>
internal static class StudioCoverageText
{
    public static IEnumerable<string> Format(StudioCoverage coverage, Snapshot snapshot)
    {
        yield return FormatLine("Revenue", FormattableString.Invariant($"{coverage.Total:N0} dollars of {DisplayText.Count(coverage.Movies, "movie")} with known revenue in snapshot {snapshot.Id}"));
        yield return FormatPart("under a studio", coverage.UnderStudio, coverage.Total);
        yield return FormatPart("only independent companies", coverage.Independent, coverage.Total);
        yield return FormatPart("no company of the list", coverage.Unlisted, coverage.Total);
        yield return FormatPart("covered only by unsourced lines", coverage.Unsourced, coverage.Total);
        yield return FormatLine(
            "Companies",
            FormattableString.Invariant($"{coverage.LargestUnderStudio + coverage.LargestIndependent:N0} of the {coverage.Largest:N0} with the highest revenue are in the list: ")
            + FormattableString.Invariant($"{coverage.LargestUnderStudio:N0} under a studio, {coverage.LargestIndependent:N0} independent"));
        yield return FormatLine("Unassigned", coverage.Unassigned.Count == 0 ? "none" : "the companies with the highest revenue that are not in the list:");
        foreach (var company in coverage.Unassigned)
        {
            yield return FormattableString.Invariant($"  {company.Name,-40}  {company.Revenue,18:N0}  {company.Movies,6:N0} movies");
        }
    }

    public static string FormatLine(string name, string value) => $"{name,-10}  {value}";

    private static string FormatPart(string name, decimal part, decimal total) =>
        FormattableString.Invariant($"  {name,-40}  {part,18:N0}  {(total == 0 ? "" : FormattableString.Invariant($"{100 * part / total:0.0} %")),6}");
}
