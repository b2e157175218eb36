using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Cases.CaseFile;

namespace CineLedger.Tests.Cases;

/// <summary>Records that are broken, joined, repeated or not records at all.</summary>
public sealed class FramingCaseTests : CaseTestBase
{
    private static readonly string[] Columns = [.. MovieFile.Columns];

    [Theory]
    [InlineData(Place.Alone, "overview", "A short story.\n - Written by K. Ørn")]
    [InlineData(Place.Head, "tagline", "Two roads\r\n one end.")]
    [InlineData(Place.Middle, "overview", "It ends\rhere.")]
    [InlineData(Place.End, "overview", "A road.\n It ends well")]
    public async Task A_record_broken_at_a_line_end_is_joined(Place place, string column, string text)
    {
        var file = new CaseFile { Place = place };
        var broken = Row(900_002, (column, text), ("release_date", "2012-09-14"), ("revenue", "2100000"), ("genres", "[{'id': 35, 'name': 'Comedy'}]"));
        var result = await LoadAsync(file.ToBytes(file.Write(Row(900_001)), broken.WriteBroken(Columns, column), file.Write(Row(900_003))));
        Assert.Equal(3 + file.Generated, result.Movies.Count);
        Assert.Equal($"repair split-record {file.Line + 1}", Assert.Single(result.Lines, line => !line.Contains("spreadsheet", StringComparison.Ordinal)));
        Assert.Empty(result.Rejects);
        var movie = result.Movies[900_002];
        Assert.Equal((new DateOnly(2012, 9, 14), 2_100_000L, 82), (movie.ReleaseDate, movie.Revenue, movie.Runtime));
        Assert.Equal(["North Quay Films", "Pier 2 Pictures", "Comedy"], [.. result.Companies(900_002), .. result.Genres(900_002)]);
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData(Place.Alone)]
    [InlineData(Place.Middle)]
    [InlineData(Place.End)]
    public async Task A_record_broken_twice_is_joined_and_CRLF_is_reported_once(Place place)
    {
        var file = new CaseFile { Place = place, LineEnd = "\r\n" };
        var broken = Row(900_002, ("overview", "A road.\r\n It ends well."), ("tagline", "Two roads\r\n one end."));
        var result = await LoadAsync(file.ToBytes(file.Write(Row(900_001)), broken.WriteBroken(Columns, "overview", "tagline"), file.Write(Row(900_003))));
        Assert.Equal(3 + file.Generated, result.Movies.Count);
        Assert.Equal(["repair spreadsheet-value 1", $"repair split-record {file.Line + 1}"], result.Lines);
        Assert.Contains("CR LF", result.Findings[0].Value, StringComparison.Ordinal);
        Assert.Equal(("A road.\n It ends well.", "Two roads\n one end."), (result.Movies[900_002].Overview, result.Movies[900_002].Tagline));
    }

    [Theory]
    [InlineData(Place.Alone, "First line.\n\nThird line, with \"quotes\" and, commas.\n")]
    [InlineData(Place.Head, "\"Quoted\"\nthroughout")]
    [InlineData(Place.End, "id,title\n900007,A line that looks like a record\n\n\n")]
    public async Task Line_breaks_in_quotes_are_part_of_the_text(Place place, string text)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("overview", text)), Row(900_002)));
        Assert.Equal((2 + file.Generated, 0), (result.Movies.Count, result.Findings.Count));
        Assert.Equal(text, result.Movies[900_001].Overview);
    }

    [Theory]
    [InlineData(Place.Alone)]
    [InlineData(Place.Middle)]
    public async Task Lines_may_end_in_CR(Place place)
    {
        var file = new CaseFile { Place = place, LineEnd = "\r" };
        var result = await LoadAsync(file.ToBytes(Row(900_001), Row(900_002), Row(900_003, ("title", "Last"))));
        Assert.Equal((3 + file.Generated, "Last"), (result.Movies.Count, result.Movies[900_003].Title));
        Assert.Empty(result.Rejects);
        result.AssertGenerated(file);
    }

    /// <summary>The quote opens a field that has no closing quote, as when a line was edited by hand.</summary>
    [Theory]
    [InlineData(Place.Alone, "overview")]
    [InlineData(Place.Head, "overview")]
    [InlineData(Place.Middle, "title")]
    [InlineData(Place.End, "tagline")]
    public async Task A_quote_that_is_never_closed_costs_its_record(Place place, string column)
    {
        var file = new CaseFile { Place = place };
        var damaged = Damage(file.Write(Row(900_002, (column, "@"))), "\"A short story about the road.");
        var result = await LoadAsync(file.ToBytes(file.Write(Row(900_001)), damaged, file.Write(Row(900_003)), file.Write(Row(900_004))));
        Assert.Equal(file.Line + 1, Assert.Single(result.Rejects).Line);
        Assert.Equal(3 + file.Generated, result.Movies.Count);
        Assert.Equal(["Harbour 900001", "Harbour 900003", "Harbour 900004"], new long[] { 900_001, 900_003, 900_004 }.Select(id => result.Movies[id].Title!));
        result.AssertGenerated(file);
    }

    [Fact]
    public async Task Each_of_several_open_quotes_costs_its_record_even_in_the_last_line()
    {
        var file = new CaseFile { Place = Place.Middle };
        string[] records = [.. Enumerable.Range(0, 6).Select(i => Damage(file.Write(Row(900_000 + i, ("overview", "@"))), i % 2 == 0 ? "x" : "\"x"))];
        var last = Damage(file.Write(Row(900_009, ("overview", "@"))), "\"x");
        var result = await LoadAsync(file.Encode(file.ToText(records) + last + "\n"));
        Assert.Equal([file.Line + 1, file.Line + 3, file.Line + 5, 248], result.Rejects.Select(finding => finding.Line));
        Assert.Equal(243, result.Movies.Count);
        result.AssertGenerated(file);
    }

    /// <summary>No later quote ends the text, so the rest of the file would belong to it.</summary>
    [Theory]
    [InlineData(Place.Head)]
    [InlineData(Place.Middle)]
    public async Task An_open_quote_in_a_file_without_other_quotes_costs_its_record(Place place)
    {
        var file = new CaseFile { Place = place, Columns = ["id", "title", "release_date", "budget", "revenue", "popularity"] };
        var result = await LoadAsync(file.ToBytes(file.Write(Row(900_001)), Damage(file.Write(Row(900_002, ("title", "@"))), "\"Winter"), file.Write(Row(900_003))));
        Assert.Equal(file.Line + 1, Assert.Single(result.Rejects).Line);
        Assert.Equal((242, "Harbour 900003", "Harbour 240"), (result.Movies.Count, result.Movies[900_003].Title, result.Movies[240].Title));
    }

    [Theory]
    [InlineData(Place.Alone, "id", "title", "tagline")]
    [InlineData(Place.Middle, "id", "title", "budget", "tagline")]
    public async Task Records_that_end_in_empty_fields_are_not_joined(Place place, params string[] columns)
    {
        var file = new CaseFile { Place = place, Columns = columns, Restyle = row => row.With(("tagline", "")) };
        var result = await LoadAsync(file.ToBytes([.. Enumerable.Range(900_001, 4).Select(id => Row(id, ("tagline", ""), ("budget", "")))]));
        Assert.Equal((4 + file.Generated, "Harbour 900001"), (result.Movies.Count, result.Movies[900_001].Title));
        Assert.DoesNotContain(result.Findings, finding => finding.Rule == Rules.SplitRecord);
    }

    [Theory]
    [InlineData(Place.Alone, "title", "Salt, Road and Sea")]
    [InlineData(Place.Head, "tagline", "One, two")]
    [InlineData(Place.End, "original_title", "Lights, Camera, Act")]
    public async Task An_unquoted_comma_costs_its_record_and_shifts_nothing(Place place, string column, string text)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(file.Write(Row(900_001)), Damage(file.Write(Row(900_002, (column, "@"))), text), file.Write(Row(900_003))));
        Assert.Equal([$"reject wrong-column-count {file.Line + 1}"], result.Lines);
        Assert.Contains(text, result.Findings[0].Value, StringComparison.Ordinal);
        Assert.Equal((2 + file.Generated, false), (result.Movies.Count, result.Movies.ContainsKey(900_002)));
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData(Place.Alone, "upstream connect error or disconnect/reset before headers\n\tat org.example.Http.read(Http.java:81)\n\tat org.example.Main.main(Main.java:12)")]
    [InlineData(Place.End, "Traceback (most recent call last):\n  File \"export.py\", line 12, in <module>\nConnectionError: timed out")]
    [InlineData(Place.Middle, "504 Gateway Time-out\nThe server didn't respond in time.\nnginx")]
    public async Task Lines_that_are_not_records_are_rejected_with_their_text(Place place, string text)
    {
        var file = new CaseFile { Place = place };
        var lines = text.Split('\n');
        var result = await LoadAsync(file.ToBytes([file.Write(Row(900_001)), file.Write(Row(900_002)), file.Write(Row(900_003)), .. lines]));
        Assert.Equal([.. Enumerable.Range(file.Line + 3, 3).Select(line => $"reject wrong-column-count {line}")], result.Lines);
        Assert.Equal(lines, result.Findings.Select(finding => finding.Value));
        Assert.Equal(3 + file.Generated, result.Movies.Count);
        result.AssertGenerated(file);
    }

    /// <summary>The default options apply: a concatenation of several files with headers is published without accepting any gate.</summary>
    [Theory]
    [InlineData(Place.Alone, "")]
    [InlineData(Place.Middle, "\uFEFF")]
    [InlineData(Place.End, "")]
    public async Task A_repeated_header_is_dropped_and_no_gate_counts_it(Place place, string before)
    {
        var file = new CaseFile { Place = place };
        string[] records = [.. Enumerable.Range(1, 3).SelectMany(i => new[] { file.Write(Row(900_000 + i)), before + file.Header })];
        var result = await LoadAsync(file.ToBytes(records), Accept.AnyContent);
        Assert.Equal([.. new[] { 1, 3, 5 }.Select(i => $"drop repeated-header {file.Line + i}")], result.Lines);
        Assert.Equal(3 + file.Generated, result.Movies.Count);
        result.AssertGenerated(file);
    }

    [Fact]
    public async Task A_repeated_header_may_be_quoted_but_a_movie_called_title_is_a_movie()
    {
        var file = new CaseFile { Place = Place.End };
        var quoted = string.Join(',', Columns.Select(CsvText.Quote));
        var result = await LoadAsync(file.ToBytes(file.Write(Row(900_001, ("title", "title"), ("original_title", "original_title"), ("tagline", "tagline"))), quoted));
        Assert.Equal([$"drop repeated-header {file.Line + 1}"], result.Lines);
        Assert.Equal("title", result.Movies[900_001].Title);
    }

    /// <summary>Replaces the @ of a record with a badly quoted text.</summary>
    internal static string Damage(string record, string text) => record.Replace("@", text, StringComparison.Ordinal);
}
