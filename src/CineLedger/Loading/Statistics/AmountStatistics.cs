using System.Data.Common;
using System.Globalization;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Loading.Statistics;

/// <summary>
/// A movie with a known budget or revenue in whole US dollars. A year or an amount of 0 is unknown. A class, because generic code over structs is JIT-compiled in
/// every process.
/// </summary>
internal sealed record KnownAmounts(long MovieId, int Year, long Budget, long Revenue);

/// <summary>Profiles the amounts of a snapshot: the largest, their number of digits, and the suspicious ones.</summary>
internal static class AmountStatistics
{
    /// <summary>The smallest amount that the rules consider, except the one about small amounts.</summary>
    private const long MinAmount = AmountParser.SuspiciousBelow;
    private const int LargestCount = 10;
    private const int MaxExamples = 5;

    /// <summary>The digits of the largest 64-bit number.</summary>
    private const int MaxDigits = 19;

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
        var profile = Create(movies);
        var titles = new Dictionary<long, string?>();
        if (string.Join(", ", GetMovies(profile).Select(id => id.ToString(CultureInfo.InvariantCulture))) is { Length: > 0 } ids)
        {
            await connection.ReadEachAsync(
                $"SELECT m.movie_id, m.title FROM movie m WHERE {AsOf.Build("m")} AND m.movie_id IN ({ids})",
                row => titles[row.GetInt64(0)] = row.GetText(1), cancellationToken, snapshot).ConfigureAwait(false);
        }

        return AddTitles(profile, id => titles.GetValueOrDefault(id));
    }

    /// <summary>Creates the profile of these movies, without titles.</summary>
    public static AmountProfile Create(IReadOnlyList<KnownAmounts> movies)
    {
        List<KnownAmounts> byId = [.. movies];
        byId.Sort((one, other) => one.MovieId.CompareTo(other.MovieId));
        return new(
            Select(byId.FindAll(movie => movie.Budget > 0), LargestCount, (one, other) => other.Budget.CompareTo(one.Budget)),
            Select(byId.FindAll(movie => movie.Revenue > 0), LargestCount, (one, other) => other.Revenue.CompareTo(one.Revenue)),
            CountDigits(byId),
            [
                CreateSuspicious(
                    AmountRules.Suspicious,
                    "A budget or revenue below 1,000 dollars was probably entered in millions, or is a placeholder.",
                    byId.FindAll(movie => GetSmallest(movie) < MinAmount), (one, other) => GetSmallest(one).CompareTo(GetSmallest(other))),
                CreateSuspicious(
                    AmountRules.Equal,
                    "Budget and revenue are the same: one was probably copied from the other.",
                    byId.FindAll(movie => movie.Budget == movie.Revenue && movie.Budget >= MinAmount), (one, other) => other.Budget.CompareTo(one.Budget)),
                FindShared(byId),
                ReturnOutliers.Find(
                    byId.FindAll(movie => movie.Budget >= MinAmount && movie.Revenue >= MinAmount), (found, compare) => Select(found, MaxExamples, compare)),
            ]);
    }

    /// <summary>Returns the movies that a profile names.</summary>
    public static IEnumerable<long> GetMovies(AmountProfile profile) =>
        profile.LargestBudgets.Concat(profile.LargestRevenues).Concat(profile.Suspicious.SelectMany(rule => rule.Examples)).Select(movie => movie.MovieId);

    /// <summary>Adds titles to a profile.</summary>
    public static AmountProfile AddTitles(AmountProfile profile, Func<long, string?> getTitle)
    {
        return new(
            Add(profile.LargestBudgets), Add(profile.LargestRevenues), profile.Sizes, [.. profile.Suspicious.Select(rule => rule with { Examples = Add(rule.Examples) })]);

        MovieAmounts[] Add(IEnumerable<MovieAmounts> some) => [.. some.Select(movie => movie with { Title = getTitle(movie.MovieId) })];
    }

    private static SuspiciousAmounts CreateSuspicious(string rule, string explanation, List<KnownAmounts> movies, Comparison<KnownAmounts> compare) =>
        new(rule, explanation, movies.Count, Select(movies, MaxExamples, compare));

    /// <summary>Round amounts are excluded: they are estimates, which movies may legitimately share. An example shows only the shared amount.</summary>
    private static SuspiciousAmounts FindShared(List<KnownAmounts> movies)
    {
        var amounts = movies.FindAll(movie => IsExact(movie.Budget)).ConvertAll(movie => movie with { Revenue = 0 });
        amounts.AddRange(movies.FindAll(movie => IsExact(movie.Revenue)).ConvertAll(movie => movie with { Budget = 0 }));
        amounts.Sort((one, other) => one.Budget != other.Budget ? one.Budget.CompareTo(other.Budget)
            : one.Revenue != other.Revenue ? one.Revenue.CompareTo(other.Revenue)
            : one.MovieId.CompareTo(other.MovieId));
        var shared = new List<List<KnownAmounts>>();
        for (int start = 0, end; start < amounts.Count; start = end)
        {
            var first = amounts[start];
            end = start + 1;
            while (end < amounts.Count && amounts[end].Budget == first.Budget && amounts[end].Revenue == first.Revenue)
            {
                end++;
            }

            if (end - start > 1)
            {
                shared.Add(amounts.GetRange(start, end - start));
            }
        }

        shared.Sort((one, other) => one.Count != other.Count ? other.Count.CompareTo(one.Count)
            : GetSmallest(one[0]) != GetSmallest(other[0]) ? GetSmallest(other[0]).CompareTo(GetSmallest(one[0]))
            : other[0].Budget.CompareTo(one[0].Budget));
        return new(
            AmountRules.Shared,
            "Several movies have exactly the same amount, which is not a round number: a remake may have received the original's amount.",
            shared.Sum(group => (long)group.Count),
            [.. shared.SelectMany(group => group).Take(MaxExamples + 1).Select(Convert)]);

        static bool IsExact(long amount) => amount >= MinAmount && amount % 1000 != 0;
    }

    private static AmountSize[] CountDigits(List<KnownAmounts> movies)
    {
        var (budgets, revenues) = (new int[MaxDigits + 1], new int[MaxDigits + 1]);
        foreach (var movie in movies)
        {
            budgets[CountDigits(movie.Budget)]++;
            revenues[CountDigits(movie.Revenue)]++;
        }

        var (first, last) = (1, MaxDigits);
        while (first <= last && budgets[first] + revenues[first] == 0)
        {
            first++;
        }

        while (last >= first && budgets[last] + revenues[last] == 0)
        {
            last--;
        }

        var sizes = new AmountSize[last - first + 1];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = new(first + i, budgets[first + i], revenues[first + i]);
        }

        return sizes;
    }

    /// <summary>Counts digits one by one, because a logarithm is not exact. An unknown amount has none.</summary>
    private static int CountDigits(long amount)
    {
        var digits = 0;
        for (; amount > 0; amount /= 10)
        {
            digits++;
        }

        return digits;
    }

    private static long GetSmallest(KnownAmounts movie) =>
        Math.Min(movie.Budget > 0 ? movie.Budget : long.MaxValue, movie.Revenue > 0 ? movie.Revenue : long.MaxValue);

    /// <summary>Returns the first movies in an order; equal ones stay in the order of the list.</summary>
    private static MovieAmounts[] Select(List<KnownAmounts> movies, int max, Comparison<KnownAmounts> compare)
    {
        var first = new List<KnownAmounts>(max + 1);
        foreach (var movie in movies)
        {
            if (first.Count < max || compare(movie, first[^1]) < 0)
            {
                first.Insert(first.FindLastIndex(other => compare(other, movie) <= 0) + 1, movie);
                if (first.Count > max)
                {
                    first.RemoveAt(max);
                }
            }
        }

        return [.. first.Select(Convert)];
    }

    private static MovieAmounts Convert(KnownAmounts movie) =>
        new(movie.MovieId, null, movie.Year == 0 ? null : movie.Year, movie.Budget == 0 ? null : movie.Budget, movie.Revenue == 0 ? null : movie.Revenue);
}
