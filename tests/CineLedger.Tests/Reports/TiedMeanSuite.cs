using System.Globalization;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Reports;

/// <summary>
/// Genres whose means are exactly equal: each year has a genre A and a genre B that repeats the movies of A several times, and C and D likewise. The sums of
/// equal means are different decimals, which floating-point numbers approximate differently.
/// </summary>
public abstract class TiedMeanSuite
{
    private const int FirstYear = 1900, Years = 80;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<Ledger> OpenAsync();

    [Fact]
    public async Task Equal_means_have_the_same_rank_and_are_sorted_by_name()
    {
        await using var ledger = await OpenAsync();
        var snapshot = (await Loader.LoadAsync(ledger, CreateDataset(), Accept.AnyContent, null, Cancel)).Snapshot;
        foreach (var popularity in Enum.GetValues<Popularity>())
        {
            var report = await RowsAsync(ledger, snapshot, ReportSql.CreateQuery(new() { Report = ReportDefinition.Genres, Popularity = popularity }), "genre", "rank");
            Assert.Equal(Years * 4, report.Count);
            Assert.All(report.Chunk(4), year => Assert.True(IsTied(year), $"{popularity}: {string.Join(", ", year)}"));

            var name = ReportOptionNames.GetName(popularity);
            var query = QueryText.Read("year,genre", $"rank:{name},{name}");
            var descending = await RowsAsync(ledger, snapshot, query with { Order = [new("year", false), new(name, true)] }, "genre", $"rank_{name}");
            Assert.All(descending.Chunk(4), year => Assert.True(IsTied(year), $"{popularity}: {string.Join(", ", year)}"));
            var ascending = await RowsAsync(ledger, snapshot, query with { Order = [new("year", false), new(name, false)], Totals = true }, "genre");
            AssertPairs(ascending.Take(Years * 4));
            Assert.All(await RowsAsync(ledger, snapshot, query with { Top = 1 }, "genre"), genre => Assert.True(genre is "A" or "C", genre));
            var compared = QueryText.Read("year,genre", name) with { ComparePreviousYear = true, Order = [new("year", false), new($"{name}_before", true)] };
            AssertPairs((await RowsAsync(ledger, snapshot, compared, "genre")).Skip(4));
        }

        static void AssertPairs(IEnumerable<string> genres) => Assert.All(genres.Chunk(2), pair => Assert.True(pair is ["A", "B"] or ["C", "D"], string.Join(", ", pair)));
    }

    /// <summary>Returns whether the rows are those of a year, in order: the pair with the larger mean, then the other. Both means may be equal by chance.</summary>
    private static bool IsTied(string[] rows) => rows is ["A|1", "B|1", "C|3", "D|3"] or ["C|1", "D|1", "A|3", "B|3"] or ["A|1", "B|1", "C|1", "D|1"];

    private static MemoryDataset CreateDataset()
    {
        var random = new Random(7);
        var (movies, ratings, links) = (new List<MovieRow>(), "userId,movieId,rating,timestamp\n", "movieId,imdbId,tmdbId\n");
        for (var year = FirstYear; year < FirstYear + Years; year++)
        {
            foreach (var (first, second) in ((string, string)[])[("A", "B"), ("C", "D")])
            {
                Add(year, first, second);
            }
        }

        return RelatedFiles.Create(("movies_metadata.csv", Text([.. movies])), ("ratings.csv", ratings), ("links.csv", links));

        void Add(int year, string first, string second)
        {
            var repetitions = random.Next(2, 8);
            for (var left = random.Next(1, 4); left > 0; left--)
            {
                var (popularity, mean, votes) = (random.Next(1, 90_000_000) / 1e6m, random.Next(1, 100) / 10m, random.Next(1, 5_000));
                var stars = random.Next(1, 11) / 2m;
                for (var copy = 0; copy <= repetitions; copy++)
                {
                    var id = movies.Count + 1;
                    movies.Add(Bare(
                        id,
                        ("release_date", $"{year}-01-01"), ("genres", $"[{{'name': '{(copy == 0 ? first : second)}', 'id': 1}}]"),
                        ("popularity", Format(popularity)), ("vote_average", Format(mean)), ("vote_count", Format(votes))));
                    ratings += FormattableString.Invariant($"1,{id},{stars},820454400\n2,{id},{5.5m - stars},820454400\n3,{id},{stars},820454400\n");
                    links += FormattableString.Invariant($"{id},{id},{id}\n");
                }
            }
        }

        static string Format(decimal number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<List<string>> RowsAsync(Ledger ledger, Snapshot snapshot, QueryRequest query, params string[] columns)
    {
        await using var result = await ReportRunner.OpenAsync(ledger.Connection, query, snapshot, Cancel);
        var names = result.Columns.Select(column => column.Name).ToList();
        var rows = new List<string>();
        while (await result.Rows.ReadAsync(Cancel))
        {
            rows.Add(string.Join('|', columns.Select(column => Convert.ToString(result.Rows.GetValue(names.IndexOf(column)), CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
