using CineLedger.Cleaning;
using CineLedger.Model;

namespace CineLedger.Tests.Cleaning;

public sealed class DuplicateTests
{
    [Fact]
    public void An_exact_copy_is_dropped_and_its_finding_names_the_original_line()
    {
        var (findings, winner) = Compare((2, "a", 5), (9, "a", 5));
        Assert.Equal(2, winner);
        Assert.Equal([new(FindingKind.Drop, Rules.DuplicateRecord, "movies.csv", 9, 1, null, "same as line 2")], findings);
    }

    [Theory]
    [InlineData(5, 4, 2)]
    [InlineData(5, 6, 9)]
    [InlineData(5, 5, 9)]
    [InlineData(null, 0, 9)]
    [InlineData(0, null, 2)]
    [InlineData(null, null, 9)]
    public void The_most_votes_win_and_the_later_one_on_a_tie(int? first, int? second, int winnerLine)
    {
        var (findings, winner) = Compare((2, "a", first), (9, "b", second));
        Assert.Equal(winnerLine, winner);
        (int Line, string Title) loser = winnerLine == 2 ? (9, "b") : (2, "a");
        Assert.Equal((FindingKind.Drop, Rules.ConflictingDuplicate, loser.Line), (findings.Single().Kind, findings.Single().Rule, findings.Single().Line));
        Assert.StartsWith($"superseded by line {winnerLine}: {{\"id\":1,\"title\":\"{loser.Title}\"", findings.Single().Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 2, 3, 4, new[] { 2, 3 })]
    [InlineData(3, 2, 1, 2, new[] { 3, 4 })]
    [InlineData(1, 3, 2, 3, new[] { 2, 4 })]
    [InlineData(2, 1, 2, 4, new[] { 2, 3 })]
    public void Of_three_records_one_wins_and_two_findings_keep_the_others(int first, int second, int third, int winnerLine, int[] loserLines)
    {
        var (findings, winner) = Compare((2, "a", first), (3, "b", second), (4, "c", third));
        Assert.Equal(winnerLine, winner);
        Assert.Equal(loserLines, findings.Select(finding => finding.Line).Order());
        Assert.All(findings, finding => Assert.Contains($"\"title\":\"{"abc"[finding.Line - 2]}\"", finding.Value, StringComparison.Ordinal));
    }

    /// <summary>Compares records of one movie as a load does. Returns the findings and the line of the winning record.</summary>
    private static (List<Finding> Findings, int WinnerLine) Compare(params (int Line, string Title, int? Votes)[] records)
    {
        var duplicates = new MovieDuplicates(new RecordLocations("movies.csv"));
        var movies = records.Select(record => new Movie { Id = 1, Line = record.Line, Title = record.Title, VoteCount = record.Votes }).ToList();
        var best = new RecordState();
        best.Set(duplicates.GetKey((movies[0], movies[0].Title![0])), movies[0].Line);
        var findings = new List<Finding>();
        foreach (var movie in movies.Skip(1))
        {
            if (duplicates.Compare(ref best, (movie, movie.Title![0])) is { } finding)
            {
                findings.Add(finding);
            }
        }

        if (duplicates.SupersededIds.Count > 0)
        {
            findings.Add(duplicates.CreateFirstRecordFinding((movies[0], 0)));
        }

        Assert.Equal(best.Line == 2 ? [] : [best.Line], duplicates.LaterWinners.Select(winner => winner.Movie.Line));
        return (findings, best.Line);
    }
}
