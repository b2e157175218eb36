using System.Data.Common;
using System.Globalization;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Loading.Statistics;

/// <summary>
/// A movie with a known budget or revenue in whole US dollars. A year or an amount of 0 is unknown. A class, because generic LINQ code over own value types is
/// JIT-compiled in every process.
/// </summary>
internal sealed record KnownAmounts(long MovieId, int Year, long Budget, long Revenue);

/// <summary>Profiles the amounts of a snapshot: the largest, their number of digits, and the suspicious ones.</summary>
internal static class AmountStatistics
{
    /// <summary>The smallest amount that the rules consider, except the one about small amounts.</summary>
    private const long MinAmount = AmountParser.SuspiciousBelow;
    private const int LargestCount = 10;
    private const int MaxExamples = 5;

    /// <summary>Reads the amounts of a snapshot from the store.</summary>
    public static async Task<AmountProfile> ReadAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var movies = await connection.QueryAsync(
            $"""
            SELECT m.movie_id, COALESCE(m.release_year, 0), COALESCE(m.budget, 0), COALESCE(m.revenue, 0)
            FROM movie m WHERE {AsOf.Build("m")} AND (m.budget IS NOT NULL OR m.revenue IS NOT NULL)
            """,
            row => new KnownAmounts(row.GetInt64(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3)),
            cancellationToken,
            snapshot).ConfigureAwait(false);
        return await CreateAsync(movies, connection, snapshot, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates the profile of these movies, whose titles it reads from the store.</summary>
    public static async Task<AmountProfile> CreateAsync(
        IReadOnlyList<KnownAmounts> movies, DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var byId = movies.OrderBy(movie => movie.MovieId).ToArray();
        var profile = new AmountProfile(
            Select(byId.Where(movie => movie.Budget > 0).OrderByDescending(movie => movie.Budget), LargestCount),
            Select(byId.Where(movie => movie.Revenue > 0).OrderByDescending(movie => movie.Revenue), LargestCount),
            CountDigits(byId),
            [
                CreateSuspicious(
                    AmountRules.Suspicious,
                    "A budget or revenue below 1,000 dollars was probably entered in millions, or is a placeholder.",
                    byId.Where(movie => GetSmallest(movie) < MinAmount).OrderBy(GetSmallest)),
                CreateSuspicious(
                    AmountRules.Equal,
                    "Budget and revenue are the same: one was probably copied from the other.",
                    byId.Where(movie => movie.Budget == movie.Revenue && movie.Budget >= MinAmount).OrderByDescending(movie => movie.Budget)),
                FindShared(byId),
                ReturnOutliers.Find([.. byId.Where(movie => movie.Budget >= MinAmount && movie.Revenue >= MinAmount)], found => Select(found, MaxExamples)),
            ]);
        var shown = profile.LargestBudgets.Concat(profile.LargestRevenues).Concat(profile.Suspicious.SelectMany(rule => rule.Examples)).Select(movie => movie.MovieId).Distinct();
        var titles = new Dictionary<long, string?>();
        if (string.Join(", ", shown.Select(id => id.ToString(CultureInfo.InvariantCulture))) is { Length: > 0 } ids)
        {
            await connection.ReadEachAsync(
                $"SELECT m.movie_id, m.title FROM movie m WHERE {AsOf.Build("m")} AND m.movie_id IN ({ids})",
                row => titles[row.GetInt64(0)] = row.GetText(1), cancellationToken, snapshot).ConfigureAwait(false);
        }

        return new(
            AddTitles(profile.LargestBudgets), AddTitles(profile.LargestRevenues), profile.Sizes,
            [.. profile.Suspicious.Select(rule => rule with { Examples = AddTitles(rule.Examples) })]);

        MovieAmounts[] AddTitles(IEnumerable<MovieAmounts> some) => [.. some.Select(movie => movie with { Title = titles.GetValueOrDefault(movie.MovieId) })];
    }

    private static SuspiciousAmounts CreateSuspicious(string rule, string explanation, IEnumerable<KnownAmounts> movies)
    {
        var all = movies.ToList();
        return new(rule, explanation, all.Count, Select(all, MaxExamples));
    }

    /// <summary>Round amounts are excluded: they are estimates, which movies may legitimately share. An example shows only the shared amount.</summary>
    private static SuspiciousAmounts FindShared(KnownAmounts[] movies)
    {
        var shared = movies.SelectMany(movie => (KnownAmounts[])[movie with { Revenue = 0 }, movie with { Budget = 0 }])
            .Where(movie => GetSmallest(movie) is >= MinAmount and < long.MaxValue and var amount && amount % 1000 != 0)
            .GroupBy(movie => (movie.Budget, movie.Revenue)).Where(group => group.Skip(1).Any())
            .OrderByDescending(group => group.Count()).ThenByDescending(group => Math.Max(group.Key.Budget, group.Key.Revenue)).ThenByDescending(group => group.Key.Budget)
            .ToList();
        return new(
            AmountRules.Shared,
            "Several movies have exactly the same amount, which is not a round number: a remake may have received the original's amount.",
            shared.Sum(group => (long)group.Count()),
            Select(shared.SelectMany(group => group), MaxExamples + 1));
    }

    private static AmountSize[] CountDigits(KnownAmounts[] movies)
    {
        var budgets = movies.Where(movie => movie.Budget > 0).CountBy(movie => CountDigits(movie.Budget)).ToDictionary();
        var revenues = movies.Where(movie => movie.Revenue > 0).CountBy(movie => CountDigits(movie.Revenue)).ToDictionary();
        var digits = budgets.Keys.Concat(revenues.Keys).DefaultIfEmpty().ToList();
        return digits is [0] ? [] :
        [
            .. Enumerable.Range(digits.Min(), digits.Max() - digits.Min() + 1)
                .Select(count => new AmountSize(count, budgets.GetValueOrDefault(count), revenues.GetValueOrDefault(count))),
        ];
    }

    /// <summary>Counts digits one by one, because a logarithm is not exact.</summary>
    private static int CountDigits(long amount)
    {
        var digits = 1;
        for (; amount >= 10; amount /= 10)
        {
            digits++;
        }

        return digits;
    }

    private static long GetSmallest(KnownAmounts movie) =>
        Math.Min(movie.Budget > 0 ? movie.Budget : long.MaxValue, movie.Revenue > 0 ? movie.Revenue : long.MaxValue);

    private static MovieAmounts[] Select(IEnumerable<KnownAmounts> movies, int max) =>
    [
        .. movies.Take(max).Select(movie => new MovieAmounts(
            movie.MovieId, null, movie.Year == 0 ? null : movie.Year, movie.Budget == 0 ? null : movie.Budget, movie.Revenue == 0 ? null : movie.Revenue)),
    ];
}
