using CineLedger.Charts.Profile;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Profile;

namespace CineLedger.Web.Dashboard.Profile;

/// <summary>The tables of a profile page. Percentages and quantiles are texts, written as in the terminal.</summary>
internal static class ProfileTables
{
    public static TableView CreateYears(LedgerProfile profile) => Create(
        "Coverage of amounts by year",
        [new("year"), Number("movies"), Number("budget known"), Number("%"), Number("revenue known"), Number("%"), Number("both known"), Number("%")],
        profile.Years.Select(year => (object?[])
        [
            year.Year is null ? "undated" : ProfileText.FormatYear(year.Year), year.Movies, year.BudgetKnown, ProfileText.FormatPercent(year.BudgetKnown, year.Movies),
            year.RevenueKnown, ProfileText.FormatPercent(year.RevenueKnown, year.Movies), year.BothKnown, ProfileText.FormatPercent(year.BothKnown, year.Movies),
        ]));

    /// <summary>Creates the table of known values. The cell of a column whose zeros are not counted is blank.</summary>
    public static TableView CreateColumns(LedgerProfile profile) => Create(
        "Known values by column",
        [
            new("column"), new("share known"), Number("%"), Number("known"), Number("unknown"), .. profile.IsFromSource ? [Number("zero")] : Array.Empty<TableViewColumn>(),
            Number("distinct values"),
        ],
        ProfileText.GetKnown(profile).Select(row => (object?[])
        [
            row.Name, ProfileCells.CreateBar(row.Known, row.Known + row.Unknown), ProfileText.FormatPercent(row.Known, row.Known + row.Unknown), row.Known, row.Unknown,
            .. profile.IsFromSource ? [row.Zeros is { } zeros ? zeros : " "] : Array.Empty<object>(), row.Distinct,
        ]));

    public static TableView CreateQuantiles(string caption, IEnumerable<(string Name, IReadOnlyList<string> Values)> rows) => Create(
        caption,
        [new("column"), Number("min"), Number("5 %"), Number("25 %"), Number("median"), Number("75 %"), Number("95 %"), Number("max")],
        rows.Select(row => (object?[])[row.Name, .. row.Values]));

    public static TableView CreateTexts(LedgerProfile profile) => Create(
        "First and last values of text columns",
        [new("column"), new("first"), new("last")],
        profile.Columns.Where(column => column is { Kind: ColumnKind.Text, Min: not null })
            .Select(column => (object?[])[ProfileText.GetDisplayName(column.Name), ProfileText.FormatText(column.Min), ProfileText.FormatText(column.Max)]));

    public static TableView CreateFrequent(LedgerProfile profile) => Create(
        "Most frequent values with the number of movies",
        [new("column"), new("values and number of movies")],
        ProfileText.GetMostFrequent(profile).Select(row => (object?[])[row.Name, ProfileCells.CreateValues(row.Values)]));

    public static TableView CreateFindings(IReadOnlyList<RuleProfile> findings) => Create(
        "Findings by rule",
        [new("rule"), new("kind"), Number("findings"), new("first examples: file, line, field, original value")],
        findings.Select(rule => (object?[])[rule.Rule, rule.Kind, rule.Count, ProfileCells.CreateExamples(rule.Examples)])) with
    {
        EmptyText = "None.",
    };

    public static TableView CreateMovies(string caption, IReadOnlyList<MovieAmounts> movies) => Create(
        caption,
        [new("title"), new("year", Unit.Year), Number("budget"), Number("revenue"), new("TMDB ID", Unit.Year)],
        movies.Select(movie => (object?[])[ProfileText.FormatText(movie.Title), movie.Year, movie.Budget, movie.Revenue, movie.MovieId]));

    private static TableViewColumn Number(string heading) => new(heading, Unit.Count);

    private static TableView Create(string caption, IReadOnlyList<TableViewColumn> columns, IEnumerable<object?[]> rows) =>
        new(caption, columns, [.. rows.Select(row => new TableViewRow([.. row.Select(value => new TableViewCell(value))]))]) { EmptyText = "None known." };
}
