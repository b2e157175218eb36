using System.Globalization;
using CineLedger.Charts.Profile;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Profile;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>The coverage and the range of values of each column of movies.</summary>
internal static class ColumnTable
{
    private const int MaxTextLength = 40;

    public static TableView Create(LedgerProfile profile) => new(
        "Coverage by column",
        [
            new("Column"), new("Known", Unit.Count), new("Share", Unit.Percent) { Title = "movies with a known value, as a share of all movies" }, new("Unknown", Unit.Count),
            new("Distinct values", Unit.Count), new("Minimum"), new("Median"), new("Maximum"), new("Most frequent"),
        ],
        [
            .. profile.Columns.Select(column => CreateRow(
                column.Name, column.Known, column.Unknown, column.Distinct, FormatValue(column.Kind, column.Min), FormatValue(column.Kind, column.Quantiles?.Median),
                FormatValue(column.Kind, column.Max), column.Distinct == column.Known ? null : FormatFrequent(column.Kind, column.MostFrequent))),
            .. profile.Links.Select(link => CreateRow(
                link.Name, link.Known, link.Unknown, link.Distinct, FormatPerMovie(link.PerMovie?.Min), FormatPerMovie(link.PerMovie?.Median), FormatPerMovie(link.PerMovie?.Max),
                FormatFrequent(ColumnKind.Text, link.MostFrequent))),
        ]);

    private static TableViewRow CreateRow(string name, long known, long unknown, long distinct, string? min, string? median, string? largest, string? frequent) => new(
    [
        new TableViewCell(ProfileText.GetDisplayName(name)), new TableViewCell(known), new TableViewCell(NumberFormat.GetPercent(known, known + unknown)),
        new TableViewCell(unknown), new TableViewCell(distinct), new TableViewCell(min), new TableViewCell(median), new TableViewCell(largest),
        new TableViewCell(frequent),
    ]);

    private static string? FormatPerMovie(string? count) => count is null ? null : $"{count} per movie";

    private static string? FormatFrequent(ColumnKind kind, IReadOnlyList<ValueFrequency> values) => values is [var max, ..]
        ? string.Create(CultureInfo.InvariantCulture, $"{FormatValue(kind, max.Value)} ({max.Movies:N0})")
        : null;

    private static string? FormatValue(ColumnKind kind, string? value) => value is null ? null : ProfileText.FormatValue(kind, value, MaxTextLength);
}
