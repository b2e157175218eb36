using System.Globalization;
using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Cleaning;

public sealed class SpreadsheetTests
{
    private static readonly MovieRow[] Original =
    [
        Full(862, ("overview", "One, \"two\"\nand three")),
        Full(8844, ("release_date", "1995-12-05"), ("budget", "0"), ("video", "True"), ("tagline", "")),
        Full(2, ("release_date", "1930-01-02"), ("revenue", "12"), ("runtime", "0.0"), ("popularity", "1e-06")),
        Full(3, ("release_date", "1899-12-31"), ("genres", "[]"), ("belongs_to_collection", "")),
        Full(4, ("release_date", ""), ("title", "Ärger; Straße 日本"), ("vote_count", "0")),
        Bare(5, ("release_date", "1999-03-31")),
    ];

    /// <summary>Returns the dataset as a spreadsheet program saves it after opening it.</summary>
    private static string Saved()
    {
        string[] columns = [.. Columns.OrderBy(column => column.Length).ThenBy(column => column[^1]), "", ""];
        var rows = Original.Select(row => CsvText.Row(columns.Select(column => Save(column, row[column]).Replace("\n", "\r\n", StringComparison.Ordinal))) + "\r\n");
        return "\uFEFF" + CsvText.Row(columns) + "\r\n" + string.Concat(rows)
            + string.Concat(Enumerable.Repeat(new string(',', columns.Length - 1) + "\r\n", 3_000));
    }

    private static string Save(string column, string text) => column switch
    {
        "adult" or "video" => text.ToUpperInvariant(),
        "id" or "budget" or "revenue" or "vote_count" when text.Length > 0 => text + ".0",
        // Spreadsheets do not support dates before 1900, so those stay text.
        "release_date" when DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var date) && date.Year >= 1900 =>
            date.ToString("M/d/yy", CultureInfo.InvariantCulture),
        _ => text,
    };

    [Fact]
    public async Task A_dataset_saved_again_by_a_spreadsheet_loads_to_the_same_movies()
    {
        var (original, saved) = (await CleanedFile.CreateAsync(Original), await CleanedFile.CreateAsync(Saved()));
        Assert.Equal(Original.Length, original.Movies.Count);
        Assert.Equal(original.Contents, saved.Contents);
    }

    [Fact]
    public async Task Each_spreadsheet_effect_is_one_finding_per_column_with_the_number_of_records()
    {
        var findings = (await CleanedFile.CreateAsync(Saved())).Findings.Where(finding => finding.Rule == Rules.SpreadsheetValue);
        Assert.Equal(
            [
                "adult 2 FALSE (different capitalization) 6",
                "budget 2 30000000.0 (number with .0) 6",
                "id 2 862.0 (number with .0) 6",
                "release_date 2 10/30/95 (date in another format) 4",
                "revenue 2 373554033.0 (number with .0) 6",
                "video 2 FALSE (different capitalization) 6",
                "vote_count 2 5415.0 (number with .0) 6",
                " 1 byte order mark 1",
                " 1 lines end in CR LF 1",
                " 9 empty row 3000",
            ],
            findings.OrderBy(finding => finding.Field ?? "~", StringComparer.Ordinal).ThenBy(finding => finding.Line)
                .Select(finding => $"{finding.Field} {finding.Line} {finding.Value} {finding.Occurrences}"));
        Assert.All(findings, finding => Assert.Equal(FindingKind.Repair, finding.Kind));
    }

    [Fact]
    public async Task The_counts_of_many_batches_are_added_up_and_the_first_line_is_named()
    {
        var rows = Enumerable.Range(1, 5_000).Select(id => Full(id, ("adult", id % 2 == 0 ? "FALSE" : "False")));
        var cleaned = await CleanedFile.CreateAsync([.. rows]);
        Assert.Equal((3, 2_500, "FALSE (different capitalization)"), (cleaned.Finding.Line, cleaned.Finding.Occurrences, cleaned.Finding.Value));
    }
}
