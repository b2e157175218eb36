using System.Globalization;
using CineLedger.Charts.Profile;
using CineLedger.Loading;
using CineLedger.Reports.Profile;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests the profiles that loads store, against those that queries compute.</summary>
public abstract partial class LedgerStoreSuite
{
    [Fact]
    public async Task A_full_load_stores_the_profile_that_queries_compute()
    {
        await LoadRelatedAsync();
        Assert.Contains("list cast", await AssertStoredProfileAsync(1));
        Assert.Contains("column overview", await AssertStoredProfileAsync(1));

        // The same credits and other keywords.
        await LoadRelatedAsync(keywords: "id,keywords\n11,[]\n");
        var parts = await AssertStoredProfileAsync(2);
        Assert.Contains("list cast", parts);
        Assert.DoesNotContain("list keywords", parts);

        // A pushed removal leaves all to the queries but what has not changed.
        await LoadAsync(new LoadOptions { IsMerge = true }, Full(13));
        Assert.DoesNotContain(await AssertStoredProfileAsync(3), part => part.StartsWith("column", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stored_profile_counts_winners_among_records_of_a_movie()
    {
        await LoadAsync(
        [
            Full(1, ("title", "Aaa"), ("vote_count", "1"), ("budget", "7")), Full(2, ("title", "Zzz"), ("vote_count", "1"), ("revenue", "")),
            .. Enumerable.Range(3, 20).Select(id => Full(id, ("title", $"Title {id % 7}"), ("overview", $"Über {id}"))),
            Full(1, ("title", "Bbb"), ("vote_count", "5"), ("genres", "[]")), Full(2, ("title", "Yyy"), ("vote_count", "9"), ("release_date", "")),
        ]);
        Assert.Contains("column release_date", await AssertStoredProfileAsync(1));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(700)]
    public async Task A_stored_profile_of_varied_movies_equals_the_computed_one(int movies)
    {
        var random = new Random(movies);
        string[] words = ["", "a", "A", "é", "日本", "🎬", "\uFF21", "zz", "a b"];
        MovieRow[] rows =
        [
            .. Enumerable.Range(1, movies).Select(id => Full(
                id,
                ("title", $"{words[random.Next(words.Length)]} {random.Next(movies / 2)}"), ("tagline", words[random.Next(words.Length)]),
                ("overview", string.Concat(Enumerable.Repeat(words[random.Next(words.Length)], random.Next(40)))),
                ("release_date", random.Next(9) == 0 ? "" : $"{random.Next(1900, 2020)}-0{random.Next(1, 9)}-11"),
                ("budget", random.Next(3) == 0 ? "0" : Amount()), ("revenue", random.Next(3) == 0 ? "" : Amount()),
                ("popularity", $"{random.Next(40)}.{random.Next(3)}"), ("vote_average", $"{random.Next(10)}.{random.Next(2) * 5}"), ("runtime", $"{random.Next(200)}.0"),
                ("adult", random.Next(5) == 0 ? "True" : "False"),
                ("genres", $"[{string.Join(", ", Enumerable.Range(1, 30).Where(_ => random.Next(9) == 0).Select(genre => $"{{'id': {genre}, 'name': 'Genre {genre}'}}"))}]"),
                ("production_companies", $"[{string.Join(", ", Enumerable.Range(1, 9).Where(_ => random.Next(5) == 0).Select(i => $"{{'name': '{(random.Next(2) == 0 ? "Studio" : "STUDIO")} {i * random.Next(1, 60)}', 'id': {i}}}"))}]"))),
        ];
        await LoadAsync(rows);
        Assert.Contains("column title", await AssertStoredProfileAsync(1));
        await LoadAsync(Allow, [.. rows.Skip(movies / 3), Full(9999)]);
        Assert.Contains("column title", await AssertStoredProfileAsync(2));

        string Amount() => (random.Next(4) == 0 ? random.Next(1, 2000) : random.Next(1, 50) * 1_000_001L).ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_revert_copies_the_stored_profile_and_a_prune_deletes_it()
    {
        await LoadAsync(Full(1), Full(2));
        await LoadAsync(Full(1), Full(2, ("title", "Other")));
        await SnapshotRevert.RunAsync(Ledger, 1, Cancel);
        Assert.Contains("column title", await AssertStoredProfileAsync(3));
        await SnapshotPrune.RunAsync(Ledger, 1, Cancel);
        Assert.Equal(0L, await Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM snapshot_profile WHERE snapshot_id < 3", Cancel));
        Assert.Contains("column title", await AssertStoredProfileAsync(3));
    }

    /// <summary>Returns the stored parts.</summary>
    private async Task<IReadOnlyCollection<string>> AssertStoredProfileAsync(int id)
    {
        var snapshot = await SnapshotRows.FindAsync(Connection, id, Cancel);
        Assert.Equal(
            ProfileJson.Write(await Profiler.ComputeAsync(Connection, snapshot, Cancel)), ProfileJson.Write(await Profiler.ReadAsync(Connection, snapshot, Cancel)));
        return [.. (await ProfileRows.ReadAsync(Connection, id, Cancel)).Keys];
    }
}
