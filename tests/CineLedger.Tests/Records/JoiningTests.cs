using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Records;

public sealed class JoiningTests
{
    private static readonly MovieRow Broken = Full(82663, ("overview", "British soldiers\nforce Elizabeth"), ("title", "The Broken"));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("\n\n")]
    [InlineData("\r\n \r\n")]
    public async Task A_record_broken_outside_quotes_is_joined_where_the_break_was(string lineBreak)
    {
        var row = Broken.With(("overview", $"British soldiers{lineBreak}force Elizabeth"));
        var broken = row.WriteBroken(Columns, "overview");
        var cleaned = await CleanedFile.CreateAsync($"{Header()}{Full(1).Text}\n{broken}\n{Full(2).Text}\n");

        Assert.Equal([1, 82663, 2], cleaned.Movies.Select(movie => movie.Id));
        Assert.Equal(
            row["overview"].Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'), cleaned.Movies[1].Overview);
        Assert.Equal(
            new Finding(FindingKind.Repair, Rules.SplitRecord, "movies_metadata.csv", 3, 82663, null, broken), cleaned.Finding);
    }

    [Fact]
    public async Task Consecutive_broken_records_are_separated()
    {
        var broken = Broken.WriteBroken(Columns, "overview");
        var cleaned = await CleanedFile.CreateAsync(Header() + string.Concat(Enumerable.Range(1, 30).Select(id => broken.Replace("82663", $"{id}", StringComparison.Ordinal) + "\n")));
        Assert.Equal(Enumerable.Range(1, 30).Select(id => (long)id), cleaned.Movies.Select(movie => movie.Id));
        Assert.All(cleaned.Movies, movie => Assert.Equal(Broken["overview"], movie.Overview));
    }

    [Fact]
    public async Task The_first_and_the_last_record_of_a_file_may_be_broken()
    {
        var broken = Broken.WriteBroken(Columns, "overview");
        var cleaned = await CleanedFile.CreateAsync($"{Header()}{broken}\n{Full(1).Text}\n{broken.Replace("82663", "2", StringComparison.Ordinal)}");
        Assert.Equal([82663, 1, 2], cleaned.Movies.Select(movie => movie.Id));
        Assert.Equal([2, 5], cleaned.Findings.Select(finding => finding.Line));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("adult")]
    [InlineData("vote_count")]
    public async Task A_break_in_the_first_or_the_last_column_is_repaired_too(string edge)
    {
        var others = Columns.Where(column => column != "tagline" && column != edge).ToArray();
        foreach (string[] columns in (string[][])[["tagline", .. others, edge], [edge, .. others, "tagline"]])
        {
            var row = Full(7, ("tagline", "one\ntwo\n\nthree"), ("overview", "plain"));
            var broken = row.WriteBroken(columns, "tagline");
            var cleaned = await CleanedFile.CreateAsync($"{CsvText.Row(columns)}\n{Full(1).Write(columns)}\n{broken}\n{Full(2).Write(columns)}\n\n\n");
            Assert.Equal([1, 7, 2], cleaned.Movies.Select(movie => movie.Id));
            Assert.Equal("one\ntwo\n\nthree", cleaned.Movies[1].Tagline);
        }
    }

    [Fact]
    public async Task A_text_that_starts_with_a_line_break_is_joined_even_at_the_end_of_a_record()
    {
        string[] columns = [.. Columns.Where(column => column != "tagline"), "tagline"];
        var row = Full(7, ("tagline", "\nTo infinity"), ("overview", "plain"));
        var cleaned = await CleanedFile.CreateAsync($"{CsvText.Row(columns)}\n{row.WriteBroken(columns, "tagline")}\n{Full(2).Write(columns)}\n");
        Assert.Equal(["\nTo infinity", "To infinity"], cleaned.Movies.Select(movie => movie.Tagline));
    }

    [Fact]
    public async Task Pieces_that_a_spreadsheet_has_padded_with_empty_fields_are_joined()
    {
        var lines = Broken.WriteBroken(Columns, "overview").Split('\n');
        var padded = string.Concat(lines.Select(line => $"{line}{new string(',', Columns.Count - ReadFields(line))}\r\n"));
        var cleaned = await CleanedFile.CreateAsync($"{Header("\r\n")}{padded}{Full(1).Text}\r\n");
        Assert.Equal([82663, 1], cleaned.Movies.Select(movie => movie.Id));
        Assert.Equal("British soldiers\nforce Elizabeth", cleaned.Movies[0].Overview);
    }

    [Fact]
    public async Task A_whole_record_that_ends_in_empty_fields_is_not_joined_with_the_broken_one_after_it()
    {
        string[] columns = ["homepage", "title", .. Columns.Except(["homepage", "title", "overview", "tagline"]), "overview", "tagline"];
        var (whole, broken) = (Full(1, ("overview", ""), ("tagline", "")), Full(2, ("title", "one\ntwo"), ("overview", ""), ("tagline", "")));
        var cleaned = await CleanedFile.CreateAsync($"{CsvText.Row(columns)}\n{whole.Write(columns)}\n{broken.WriteBroken(columns, "title")}\n");
        Assert.Equal(["Toy Story", "one\ntwo"], cleaned.Movies.Select(movie => movie.Title));
        Assert.All(cleaned.Movies, movie => Assert.Null(movie.Overview));
    }

    [Fact]
    public async Task Unrelated_neighbors_are_not_joined_if_the_result_is_not_a_movie()
    {
        var (head, tail) = (string.Join(',', Enumerable.Repeat("x", 10)), string.Join(',', Enumerable.Repeat("y", 15)));
        var cleaned = await CleanedFile.CreateAsync($"{Header()}{head}\n{tail}\n{Full(1).Text}\n");
        Assert.Equal(1, cleaned.Movie.Id);
        Assert.Equal([(Rules.WrongColumnCount, 2, head), (Rules.WrongColumnCount, 3, tail)], cleaned.Findings.Select(f => (f.Rule, f.Line, f.Value!)));
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public async Task A_record_of_up_to_eight_pieces_is_joined(int pieces, bool isJoined)
    {
        var text = string.Join('\n', Enumerable.Range(1, pieces).Select(piece => $"line {piece}"));
        var cleaned = await CleanedFile.CreateAsync($"{Header()}{Full(1).Text}\n{Full(7, ("overview", text)).WriteBroken(Columns, "overview")}\n{Full(2).Text}\n");
        Assert.Equal(isJoined ? [1, 7, 2] : [1, 2], cleaned.Movies.Select(movie => movie.Id));
        Assert.Equal(isJoined ? [Rules.SplitRecord] : Enumerable.Repeat(Rules.WrongColumnCount, pieces), cleaned.Findings.Select(finding => finding.Rule));
    }

    [Fact]
    public async Task A_piece_without_its_other_half_is_rejected_and_its_neighbors_are_kept()
    {
        var half = Broken.WriteBroken(Columns, "overview").Split('\n')[0];
        var cleaned = await CleanedFile.CreateAsync($"{Header()}{Full(1).Text}\n{half}\n{Full(2).Text}\n");
        Assert.Equal([1, 2], cleaned.Movies.Select(movie => movie.Id));
        Assert.Equal((Rules.WrongColumnCount, 3, half), (cleaned.Finding.Rule, cleaned.Finding.Line, cleaned.Finding.Value));
    }

    [Fact]
    public async Task Two_rows_that_both_have_an_id_are_not_joined()
    {
        var cleaned = await CleanedFile.CreateAsync("id,title,tagline\n900001,A\n900002,B\n900003,C,A slogan\n");
        Assert.Equal([900_003], cleaned.Movies.Select(movie => movie.Id));
        Assert.Equal([2, 3], cleaned.Findings.Where(finding => finding.Rule == Rules.WrongColumnCount).Select(finding => finding.Line));
    }

    private static int ReadFields(string line)
    {
        var (fields, quoted) = (1, false);
        foreach (var c in line)
        {
            quoted ^= c == '"';
            fields += c == ',' && !quoted ? 1 : 0;
        }

        return fields;
    }
}
