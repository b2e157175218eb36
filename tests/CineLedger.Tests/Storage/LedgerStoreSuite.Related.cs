using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Writing;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests related data: ratings, people and keywords.</summary>
public abstract partial class LedgerStoreSuite
{
    [Fact]
    public async Task Ratings_people_and_keywords_belong_to_their_movies()
    {
        var summary = await LoadRelatedAsync();
        Assert.Equal(["11 1996 2 4.5", "12 1995 1 3.5"], await RatingsAsync(1));
        Assert.Equal((3L, 2L, 2L, 3L), (summary.Ratings!.Read, summary.Ratings.Users, summary.Ratings.Movies, summary.Ratings.Counted));
        Assert.Equal(
            ["cast 0 Tim Allen/12898 //", "cast 1 Tom Hanks/31 //Woody (voice)", "crew 0 John Lasseter/7879 Director/Directing/"],
            await PeopleAsync(1, 11));
        Assert.Equal(["0 jealousy", "1 toy"], await KeywordsAsync(1, 11));
        Assert.Equal("movies_metadata.csv, credits.csv, keywords.csv, links.csv, ratings.csv", await Connection.ExecuteScalarAsync("SELECT files FROM snapshot WHERE snapshot_id = 1", Cancel));
        Assert.Equal(3L, await Connection.ExecuteScalarAsync("SELECT ratings FROM snapshot WHERE snapshot_id = 1", Cancel));
    }

    [Fact]
    public async Task An_unchanged_second_load_of_all_files_writes_nothing()
    {
        await LoadRelatedAsync();
        var before = await StateAsync();
        Assert.False((await LoadRelatedAsync()).IsPublished);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Changed_related_data_gets_new_rows_and_a_snapshot()
    {
        await LoadRelatedAsync();
        var people = await PeopleAsync(1, 11);
        var summary = await LoadRelatedAsync(
            ratings: RelatedFiles.Ratings + "9,1,5.0,820454401\n", credits: RelatedFiles.Credits.Replace("Tom Hanks", "T. Hanks", StringComparison.Ordinal), keywords: "id,keywords\n11,[]\n");

        Assert.Equal((2, 0L, 2L, 0L), (summary.Snapshot.Id, summary.Snapshot.Added, summary.Snapshot.Changed, summary.Snapshot.Removed));
        Assert.Equal(2L, await CountAsync("movie"));
        Assert.Equal(people, await PeopleAsync(1, 11));
        Assert.Equal("cast 1 T. Hanks/31 //Woody (voice)", (await PeopleAsync(2, 11))[1]);
        Assert.Equal(2, (await KeywordsAsync(1, 11)).Count);
        Assert.Empty(await KeywordsAsync(2, 11));
        Assert.Empty(await KeywordsAsync(2, 12));
        Assert.Equal(["11 1996 2 4.5", "12 1995 1 3.5"], await RatingsAsync(1));
        Assert.Equal(["11 1996 3 9.5", "12 1995 1 3.5"], await RatingsAsync(2));
        Assert.Equal(3L, await CountAsync("movie_rating"));
    }

    [Fact]
    public async Task A_skipped_or_missing_file_leaves_its_data_unchanged()
    {
        await LoadRelatedAsync();
        var before = await StateAsync();
        var skipped = await LoadRelatedAsync(new LoadOptions { Parts = DatasetParts.Movies | DatasetParts.Keywords }, credits: "cast,crew,id\n", ratings: "userId,movieId,rating,timestamp\n");
        Assert.False(skipped.IsPublished);
        Assert.Equal(DatasetParts.Credits | DatasetParts.Ratings, skipped.SkippedParts);
        Assert.False((await LoadAsync(TwoMovies)).IsPublished);
        Assert.Equal(before, await StateAsync());

        var only = await LoadRelatedAsync(new LoadOptions { Parts = DatasetParts.Ratings, RequiresParts = true }, ratings: RelatedFiles.Ratings + "9,2,1.0,0\n");
        Assert.Equal((2L, 1L, 0L), (only.Snapshot.Movies, only.Snapshot.Changed, only.Snapshot.Removed));
        Assert.Equal(["11 1996 2 4.5", "12 1970 1 1.0", "12 1995 1 3.5"], await RatingsAsync(2));
        Assert.Null(await SnapshotRows.FindKnownVersionAsync(Connection, "memory", Cancel));
    }

    [Fact]
    public async Task A_merge_keeps_related_data_that_its_files_lack_and_a_full_load_removes_it()
    {
        await LoadRelatedAsync();
        string ratings = "userId,movieId,rating,timestamp\n7,1,4.0,820454400\n", credits = "cast,crew,id\n[],[],11\n", keywords = "id,keywords\n";
        await LoadRelatedAsync(new LoadOptions { IsMerge = true }, ratings, credits, keywords);
        Assert.Equal(["11 1996 1 4.0", "12 1995 1 3.5"], await RatingsAsync(2));
        Assert.Equal((0, 1, 2), ((await PeopleAsync(2, 11)).Count, (await PeopleAsync(2, 12)).Count, (await KeywordsAsync(2, 11)).Count));

        await LoadRelatedAsync(new LoadOptions(), ratings, credits, keywords);
        Assert.Equal(["11 1996 1 4.0"], await RatingsAsync(3));
        Assert.Equal((0, 0, 0), ((await PeopleAsync(3, 11)).Count, (await PeopleAsync(3, 12)).Count, (await KeywordsAsync(3, 11)).Count));
    }

    [Fact]
    public async Task A_pushed_removal_removes_ratings_people_and_keywords()
    {
        await LoadRelatedAsync();
        await LoadAsync(Allow, Full(11));
        Assert.Equal(["11 1996 2 4.5"], await RatingsAsync(2));
        Assert.Empty(await PeopleAsync(2, 12));
        Assert.Single(await PeopleAsync(1, 12));
        Assert.Equal(2L, await Connection.ExecuteScalarAsync("SELECT ratings FROM snapshot WHERE snapshot_id = 2", Cancel));
    }

    [Fact]
    public async Task Of_two_records_of_one_movie_the_later_one_wins()
    {
        var summary = await LoadRelatedAsync(keywords: RelatedFiles.Keywords + "11,\"[{'id': 1, 'name': 'last'}]\"\n12,\"[{'id': 4290, 'name': 'toy'}]\"\n99,[]\n");
        Assert.Equal(["0 last"], await KeywordsAsync(1, 11));
        Assert.Equal(["0 toy"], await KeywordsAsync(1, 12));
        Assert.Equal((5L, 2L, 2L), (summary.Keywords!.Records, summary.Keywords.Movies, summary.Keywords.Items));
        Assert.Equal(
            [
                new(FindingKind.Drop, Rules.ConflictingDuplicate, "keywords.csv", 2, 11, null, "superseded by line 4: 2 names, the kept record has 1"),
                new(FindingKind.Drop, Rules.DuplicateRecord, "keywords.csv", 5, 12, null, "same as line 3"),
                new Finding(FindingKind.Reject, Rules.UnknownMovie, "keywords.csv", 6, 99, "id", ""),
            ],
            await FindingsAsync(1));
        Assert.False((await LoadRelatedAsync(keywords: "id,keywords\n12,\"[{'id': 4290, 'name': 'toy'}]\"\n11,\"[{'id': 1, 'name': 'last'}]\"\n")).IsPublished);
    }

    [Fact]
    public async Task Of_two_credit_records_of_one_movie_the_later_one_wins()
    {
        const string Later = "[],\"[{'department': 'Art', 'id': 31, 'job': 'Painter', 'name': 'Tom Hanks'}, {'department': 'Art', 'id': 5, 'job': 'Painter', 'name': 'New Here'}]\",12\n";
        await LoadRelatedAsync(credits: RelatedFiles.Credits + Later);
        Assert.Equal(["crew 0 Tom Hanks/31 Painter/Art/", "crew 1 New Here/5 Painter/Art/"], await PeopleAsync(1, 12));
        Assert.Equal(3, (await PeopleAsync(1, 11)).Count);

        // Each person gets one id, which the next load reuses.
        Assert.Equal(4L, await CountAsync("person"));
        await LoadRelatedAsync(credits: RelatedFiles.Credits + Later.Replace("Art", "Paint", StringComparison.Ordinal));
        Assert.Equal(4L, await CountAsync("person"));
        Assert.Equal(["crew 0 Tom Hanks/31 Painter/Paint/", "crew 1 New Here/5 Painter/Paint/"], await PeopleAsync(2, 12));
    }

    [Fact]
    public async Task Ratings_of_ids_without_a_movie_are_counted_and_never_joined_to_another()
    {
        await LoadRelatedAsync(
            links: "movieId,imdbId,tmdbId\n11,9,\n1,0114709,11\n3,0114710,11\n4,7,98\n5,1,12\n6,2,12\n",
            ratings: "userId,movieId,rating,timestamp\n1,11,3.0,0\n1,1,4.0,0\n1,3,5.0,0\n2,3,5.0,0\n1,4,1.0,0\n1,5,2.0,0\n1,12,2.0,0\n2,12,2.0,0\n");
        Assert.Equal(["11 1970 1 4.0"], await RatingsAsync(1));
        Assert.Equal(
            [
                "unlinked-rating links.csv 2 1 MovieLens 11: no tmdbId",
                "shared-link links.csv 4 2 MovieLens 3: the movie's imdb_id is that of MovieLens 1",
                "unknown-movie links.csv 5 1 MovieLens 4",
                "shared-link links.csv 6 1 MovieLens 5: imdbId does not identify exactly one of the IDs",
                "unlinked-rating ratings.csv 8 2 MovieLens 12: not in links.csv",
            ],
            (await FindingsAsync(1)).Select(finding => $"{finding.Rule} {finding.File} {finding.Line} {finding.Occurrences} {finding.Value}"));
    }

    [Fact]
    public async Task Prune_revert_and_reports_handle_related_tables()
    {
        await LoadRelatedAsync();
        await LoadRelatedAsync(ratings: "userId,movieId,rating,timestamp\n7,1,1.0,0\n", credits: "cast,crew,id\n", keywords: "id,keywords\n11,\"[{'id': 1, 'name': 'new'}]\"\n");

        // Means over movies: movie 11 has two ratings with a mean of 4.5 / 2, movie 12 has one of 3.5. In snapshot 2, movie 12 has no ratings and is ignored.
        Assert.Equal((2.875, 1.5), (await PopularityAsync(1, Popularity.Ratings), await PopularityAsync(1, Popularity.RatingsCount)));
        Assert.Equal((1.0, 1.0), (await PopularityAsync(2, Popularity.Ratings), await PopularityAsync(2, Popularity.RatingsCount)));

        var (snapshot, published) = await SnapshotRevert.RunAsync(Ledger, 1, Cancel);
        Assert.Equal((true, 3, 0L, 2L, 0L), (published, snapshot.Id, snapshot.Added, snapshot.Changed, snapshot.Removed));
        Assert.Equal(await RatingsAsync(1), await RatingsAsync(3));
        Assert.Equal(await PeopleAsync(1, 11), await PeopleAsync(3, 11));
        Assert.Equal(await KeywordsAsync(1, 12), await KeywordsAsync(3, 12));
        Assert.Equal(3L, await Connection.ExecuteScalarAsync("SELECT ratings FROM snapshot WHERE snapshot_id = 3", Cancel));
        Assert.False((await SnapshotRevert.RunAsync(Ledger, 1, Cancel)).IsPublished);
        Assert.False((await LoadRelatedAsync()).IsPublished);

        var (ratings, people) = (await RatingsAsync(3), await PeopleAsync(3, 11));
        await SnapshotPrune.RunAsync(Ledger, 1, Cancel);
        Assert.Equal(ratings, await RatingsAsync(3));
        Assert.Equal(people, await PeopleAsync(3, 11));
        Assert.Equal((2L, 4L, 3L), (await CountAsync("movie_rating"), await CountAsync("movie_person"), await CountAsync("movie_keyword")));
    }

    [Fact]
    public async Task A_load_that_died_leaves_no_rating_visible_and_the_next_one_clears_it()
    {
        await LoadRelatedAsync();
        var before = await StateAsync();
        await UnpublishedSnapshots.BeginAsync(Ledger.Connection, 2, Cancel);
        await Ledger.Connection.ExecuteAsync("INSERT INTO movie_rating VALUES (11, 2, NULL, 2000, 5, 10)", Cancel);
        await Ledger.Connection.ExecuteAsync("INSERT INTO movie_keyword VALUES (12, 2, NULL, 1, 1, 5)", Cancel);
        Assert.Equal(["11 1996 2 4.5", "12 1995 1 3.5"], await RatingsAsync(1));
        Assert.False((await LoadRelatedAsync()).IsPublished);
        Assert.Equal(before, await StateAsync());
    }

    private static MovieRow[] TwoMovies => [Full(11), Full(12, ("imdb_id", ""))];

    private Task<LoadSummary> LoadRelatedAsync(string ratings = RelatedFiles.Ratings, string credits = RelatedFiles.Credits,
        string keywords = RelatedFiles.Keywords, string links = RelatedFiles.Links) =>
        LoadRelatedAsync(new LoadOptions(), ratings, credits, keywords, links);

    private Task<LoadSummary> LoadRelatedAsync(
        LoadOptions options, string ratings = RelatedFiles.Ratings, string credits = RelatedFiles.Credits, string keywords = RelatedFiles.Keywords,
        string links = RelatedFiles.Links) =>
        LoadAsync(RelatedFiles.Dataset(TwoMovies, ratings, credits, keywords, links), options, null, Cancel);

    private async Task<IReadOnlyList<string>> RatingsAsync(int snapshot) =>
        [.. (await Connection.QueryAsync(
            "SELECT movie_id, rating_year, ratings, rating_sum FROM movie_rating WHERE since <= $1 AND (until IS NULL OR until > $1) ORDER BY movie_id, rating_year",
            row => FormattableString.Invariant($"{row.GetInt64(0)} {row.GetInt32(1)} {row.GetInt64(2)} {row.GetDecimal(3):0.0}"), Cancel, snapshot))];

    private async Task<IReadOnlyList<string>> PeopleAsync(int snapshot, long movie) =>
        await Connection.QueryAsync(
            """
            SELECT l.credit, l.position, p.name, p.source_id, l.job, l.department, l.character
            FROM movie_person l JOIN person p ON p.person_id = l.person_id
            WHERE l.since <= $1 AND (l.until IS NULL OR l.until > $1) AND l.movie_id = $2 ORDER BY l.credit, l.position
            """,
            row => $"{row.GetString(0)} {row.GetInt32(1)} {row.GetString(2)}/{row.GetInt64(3)} {row.GetText(4)}/{row.GetText(5)}/{row.GetText(6)}", Cancel, snapshot, movie);

    private async Task<IReadOnlyList<string>> KeywordsAsync(int snapshot, long movie) =>
        await Connection.QueryAsync(
            """
            SELECT l.position, k.name FROM movie_keyword l JOIN keyword k ON k.keyword_id = l.keyword_id
            WHERE l.since <= $1 AND (l.until IS NULL OR l.until > $1) AND l.movie_id = $2 ORDER BY l.position
            """,
            row => $"{row.GetInt32(0)} {row.GetString(1)}", Cancel, snapshot, movie);

    private async Task<double> PopularityAsync(int snapshot, Popularity popularity)
    {
        var found = await SnapshotRows.FindAsync(Connection, snapshot, Cancel);
        await using var result = await ReportRunner.OpenAsync(Connection,
            new ReportRequest { Report = ReportDefinition.Genres, Genres = ["Comedy"], Popularity = popularity }, found, Cancel);
        Assert.True(await result.Rows.ReadAsync(Cancel));
        return result.Rows.GetDouble(result.Columns.ToList().FindIndex(column => column.Name == "popularity"));
    }
}
