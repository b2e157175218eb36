using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Profile;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>How much is known of each column of films, and where its values lie.</summary>
internal static class ColumnTable
{
    private const int LongestText = 40;

    public static TableView Of(LedgerProfile profile) => new(
        "What is known of each column",
        [
            new("Column"), new("Known", Unit.Count), new("of films", Unit.Percent), new("Unknown", Unit.Count), new("Different values", Unit.Count),
            new("Least"), new("Median"), new("Largest"), new("Most frequent"),
        ],
        [
            .. profile.Columns.Select(column => Row(
                column.Name, column.Known, column.Unknown, column.Distinct, Value(column.Kind, column.Min), Value(column.Kind, column.Spread?.Median),
                Value(column.Kind, column.Max), column.Distinct == column.Known ? null : Frequent(column.Kind, column.MostFrequent))),
            .. profile.Links.Select(link => Row(
                link.Name, link.Known, link.Unknown, link.Distinct, PerFilm(link.PerFilm?.Min), PerFilm(link.PerFilm?.Median), PerFilm(link.PerFilm?.Max),
                Frequent(ColumnKind.Text, link.MostFrequent))),
        ]);

    private static TableRow Row(string name, long known, long unknown, long distinct, string? least, string? median, string? largest, string? frequent) => new(
    [
        new Cell(name.Replace('_', ' ')), new Cell(known), new Cell(Figures.Share(known, known + unknown)), new Cell(unknown), new Cell(distinct), new Cell(least), new Cell(median),
        new Cell(largest), new Cell(frequent),
    ]);

    private static string? PerFilm(string? count) => count is null ? null : $"{count} a film";

    private static string? Frequent(ColumnKind kind, IReadOnlyList<Frequent> values) => values is [var most, ..]
        ? string.Create(CultureInfo.InvariantCulture, $"{Value(kind, most.Value)} ({most.Films:N0})")
        : null;

    /// <summary>Numbers with their digits grouped; the profile has them as all engines write them.</summary>
    private static string? Value(ColumnKind kind, string? value) => value switch
    {
        null => null,
        _ when kind is ColumnKind.Whole or ColumnKind.Exact && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) =>
            number.ToString("#,0.######", CultureInfo.InvariantCulture),
        { Length: > LongestText } => string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[LongestText - 1]) ? LongestText - 1 : LongestText), "…"),
        _ when string.IsNullOrWhiteSpace(value) => "(blank)",
        _ => value,
    };
}
