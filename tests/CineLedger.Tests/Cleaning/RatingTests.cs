using System.Globalization;
using System.Text;
using CineLedger.Cleaning.Ratings;
using CineLedger.Loading;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Tests.Support;
using CsCheck;

namespace CineLedger.Tests.Cleaning;

/// <summary>Tests the cleaning of ratings.csv in every format.</summary>
public sealed class RatingTests
{
    private const string Header = "userId,movieId,rating,timestamp\n";

    [Theory]
    [InlineData("1,31,2.5,1260759144", "31 2009 1 2.5")]
    [InlineData("1,31,3,1260759144", "31 2009 1 3")]
    [InlineData("1,31,3.700,1260759144", "31 2009 1 3.7")]
    [InlineData("\"1\",\"31\",\"2.5\",\"1260759144\"", "31 2009 1 2.5")]
    [InlineData("1.0, 31 ,2.5,1260759144.0", "31 2009 1 2.5")]
    [InlineData("1,31,0.5,0,", "31 1970 1 0.5")]
    [InlineData("1,31,5.0,820454399\r1,31,5.0,820454400", "31 1995 1 5", "31 1996 1 5")]
    [InlineData("1,31,1.0,1\r\n\r\n2,31,2.0,2\r\n", "31 1970 2 3")]
    [InlineData("123456789012,31,1.0,4039372799", "31 2097 1 1")]
    public async Task A_rating_is_read_however_it_is_written(string lines, params string[] expected) =>
        Assert.Equal(expected, (await ReadAsync(Header + lines)).Rows);

    [Theory]
    [InlineData("1,31,5.5,1", Rules.InvalidNumber, "rating", "5.5")]
    [InlineData("1,31,0.0,1", Rules.InvalidNumber, "rating", "0.0")]
    [InlineData("1,31,,1", Rules.InvalidNumber, "rating", "")]
    [InlineData("1,31,-1,1", Rules.NegativeAmount, "rating", "-1")]
    [InlineData("1,31,4.0,yesterday", Rules.InvalidDate, "timestamp", "yesterday")]
    [InlineData("1,31,4.0,99999999999", Rules.InvalidDate, "timestamp", "99999999999")]
    [InlineData("0,31,4.0,1", Rules.InvalidId, "userId", "0")]
    [InlineData("1,x,4.0,1", Rules.InvalidId, "movieId", "x")]
    [InlineData("1,31,4.0", Rules.WrongColumnCount, null, "1,31,4.0")]
    [InlineData("1,31,4.0,1,2", Rules.WrongColumnCount, null, "1,31,4.0,1,2")]
    public async Task An_invalid_rating_is_a_finding(string line, string rule, string? field, string value)
    {
        var (rows, read) = await ReadAsync($"{Header}1,31,4.0,1\n{line}\n2,31,4.0,1\n");
        Assert.Equal(["31 1970 2 8"], rows);
        Assert.Equal(new Finding(FindingKind.Reject, rule, DatasetFiles.Ratings, 3, null, field, value), Assert.Single(read.Findings));
        Assert.Equal((3L, 1L), (read.Records, read.Rejected));
    }

    [Fact]
    public async Task Columns_may_come_in_any_order_and_with_others()
    {
        var (rows, read) = await ReadAsync("\uFEFFtimestamp,note,rating,MOVIEID,userid\n1260759144,\"a\nb\",2.5,31,1\n");
        Assert.Equal(["31 2009 1 2.5"], rows);
        Assert.Equal([Rules.SpreadsheetValue, Rules.UnknownColumn], read.Findings.Select(finding => finding.Rule));
    }

    [Fact]
    public async Task A_column_that_is_missing_is_named()
    {
        var error = await Assert.ThrowsAsync<LedgerException>(() => ReadAsync("movieId,timestamp\n1,2\n"));
        Assert.Equal("memory: ratings.csv: the header lacks the required columns 'userId', 'rating'; its columns are: movieId, timestamp.", error.Message);
    }

    [Fact]
    public async Task Millions_of_bad_rows_make_a_thousand_findings_and_one_for_the_others()
    {
        var (_, read) = await ReadAsync(Header + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i + 1},31,nothing,{i}\n")));
        Assert.Equal(1001, read.Findings.Count);
        Assert.Equal(Enumerable.Range(2, 1001), read.Findings.Select(finding => finding.Line));
        Assert.Equal(199_000, read.Findings[^1].Occurrences);
        Assert.Equal(200_000, read.Rejected);
    }

    [Fact]
    public async Task Ids_without_a_link_are_counted_separately_up_to_a_limit()
    {
        var (_, read) = await ReadAsync(Header + string.Concat(Enumerable.Range(0, 70_000).Select(i => $"1,{1_000_000 + i},3.0,{i}\n")) + "1,1000000,3.0,1\n");
        Assert.Equal((65_536, 70_001L), (read.Tally.UnlinkedIds.Count, read.Tally.Ratings));
        Assert.Equal(70_001, read.Tally.OtherUnlinkedRatings + read.Tally.UnlinkedIds.Values.Sum(unlinked => unlinked.Ratings));
    }

    [Fact]
    public async Task Any_rows_in_any_shape_have_the_same_sums_as_a_naive_reader()
    {
        // Quoted or unusual lines take a different code path from plain ones, and blocks can end anywhere. All must give the same result.
        var row = Gen.Select(Gen.Int[1, 300], Gen.Int[1, 40], Gen.Int[1, 10], Gen.Long[0, 1_600_000_000]);
        var shape = Gen.Frequency((30, Gen.Const(0)), (1, Gen.Int[1, 6]));
        await Gen.Select(row, shape).Array[1, 3000].SampleAsync(
            async lines =>
            {
                var text = Header + string.Concat(lines.Select(line => Shape(line.Item1, line.Item2)));
                var expected = lines.Select(line => line.Item1).GroupBy(one => (Movie: one.Item2, DateTimeOffset.FromUnixTimeSeconds(one.Item4).Year))
                    .OrderBy(group => group.Key).Select(group => FormattableString.Invariant($"{group.Key.Movie} {group.Key.Year} {group.Count()} {group.Sum(one => one.Item3) / 2.0}"));
                var (rows, read) = await ReadAsync(text);
                Assert.Equal(expected, rows);
                Assert.Equal(lines.Select(line => line.Item1.Item1).Distinct().Count(), read.Tally.Users);
            },
            iter: 60, threads: 1);
    }

    [Fact]
    public async Task Any_bytes_are_ratings_or_findings_or_one_clear_error()
    {
        var part = Gen.Frequency(
            (6, Gen.Const("1,31,4.0,1\n")), (3, Gen.String[Gen.Char["0123456789,.\n\r -"], 0, 12]), (1, Gen.String[Gen.Char["\",\n1é\0"], 0, 6]));
        await part.Array[0, 200].SampleAsync(
            async parts =>
            {
                try
                {
                    var (_, read) = await ReadAsync(Header + string.Concat(parts));
                    Assert.Equal(read.Records, read.Rejected + read.Tally.Ratings);
                }
                catch (LedgerException error)
                {
                    Assert.DoesNotContain('\n', error.Message);
                }
            },
            iter: 200, threads: 1);
    }

    private static string Shape((int User, int Movie, int Halves, long Time) row, int shape)
    {
        var stars = (row.Halves / 2m).ToString("0.0", CultureInfo.InvariantCulture);
        return shape switch
        {
            1 => $"{row.User},{row.Movie},{stars},{row.Time}\r\n",
            2 => $"\"{row.User}\",{row.Movie},\"{stars}\",{row.Time}\n",
            3 => $"{row.User}, {row.Movie},{stars}0,{row.Time}.0\n",
            4 => $"{row.User},{row.Movie},{stars},{row.Time}\r",
            5 => $"0000000{row.User},{row.Movie},{stars},{row.Time},,\n",
            6 => $"\n{row.User}.0,{row.Movie},{stars},{row.Time}\n",
            _ => $"{row.User},{row.Movie},{stars},{row.Time}\n",
        };
    }

    /// <summary>Returns all ratings by link and year. Links 1 to 40 have the MovieLens ids 1 to 40.</summary>
    private static async Task<(IReadOnlyList<string> Rows, RatingFileContent Read)> ReadAsync(string text)
    {
        var dataset = new MemoryDataset((DatasetFiles.Ratings, Encoding.UTF8.GetBytes(text))) { Address = "memory" };
        var links = new IdTable();
        for (var id = 1; id <= 40; id++)
        {
            links[id] = id - 1;
        }

        var read = await new RatingPipeline(dataset, dataset.GetRequired(DatasetFiles.Ratings), links, 40)
            .ReadAsync(new GateDecision(new LoadOptions { MaxRejects = 1 }), null, TestContext.Current.CancellationToken);
        return ([.. read.Tally.EnumerateSorted().Select(cell => FormattableString.Invariant($"{cell.Link + 1} {cell.Year} {cell.Ratings} {cell.Micros / 1e6}"))], read);
    }
}
