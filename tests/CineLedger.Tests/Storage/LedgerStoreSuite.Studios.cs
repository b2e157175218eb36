using System.Text;
using CineLedger.Loading;
using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Studios;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Studios;
using CineLedger.Storage.Writing;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests lists of studios: they are versioned like movies, and every way to write the ledger keeps them.</summary>
public abstract partial class LedgerStoreSuite
{
    private static readonly StudioLine[] FirstList =
    [
        new("Big", "Alpha Films", null, null, "https://example.com/alpha"), new("Big", "Beta", "2006-05-05", null, "unsourced"), new("independent", "Gamma", null, null, "unsourced"),
    ];

    private static readonly StudioLine[] SecondList = [new("Small", "tmdb:2", "1990", "2006-05-04", "unsourced"), new("Big", "alpha films.", "2000", null, "unsourced"), new("Big", "Delta", null, null, "unsourced")];

    /// <summary>Two companies at the time before and after a change of owner, one movie without a day, and one of two labels.</summary>
    private static readonly MovieRow[] StudioMovies =
    [
        StudioMovie(1, "2006-05-04", 100, "Alpha Films", "Beta"), StudioMovie(2, "2006-05-04", 20, "Beta"), StudioMovie(3, "2006-05-05", 3, "Beta"),
        StudioMovie(4, "2010-01-01", 4000, "Gamma"), StudioMovie(5, "", 50_000, "Alpha Films"), StudioMovie(6, "", 600_000, "Beta"), StudioMovie(7, "2010-01-01", 7_000_000, "Epsilon"),
        StudioMovie(8, "2010-01-01", 0, "Beta"),
    ];

    [Fact]
    public async Task A_movie_counts_once_for_the_studio_that_owned_a_company_on_its_release_date()
    {
        await LoadStudiosAsync(FirstList);
        Assert.Equal(["Big|2|4|2006|2010|50103"], await StudiosAsync(1));
        Assert.Equal(2, (await StudioImport.RunAsync(Ledger, SecondList, "second", Cancel))!.Id);
        Assert.Equal(["Big|1|1|2006|2006|100", "Small|1|2|2006|2006|120"], await StudiosAsync(2));
        Assert.Equal(["Big|2|4|2006|2010|50103"], await StudiosAsync(1));
    }

    [Fact]
    public async Task A_list_is_kept_by_loads_and_old_snapshots_keep_theirs()
    {
        await LoadStudiosAsync(FirstList);
        Assert.False((await LoadAsync(Accept.Anything, StudioMovies)).IsPublished);
        await LoadAsync(Accept.Anything, [.. StudioMovies, StudioMovie(9, "2012-01-01", 9, "Alpha Films")]);
        var imported = await StudioImport.RunAsync(Ledger, SecondList, "second", Cancel);
        Assert.Equal((3, "second", 9, 0, 0, 0), (imported!.Id, imported.Source, imported.Movies, imported.Added, imported.Changed, imported.Removed));
        await LoadAsync(Accept.Anything, StudioMovies);
        Assert.Equal([FirstList, FirstList, SecondList, SecondList], await ReadAllListsAsync(4));
        Assert.Equal(["Big|2|5|2006|2012|50112"], await StudiosAsync(2));
        Assert.Equal(["Big|1|1|2006|2006|100", "Small|1|2|2006|2006|120"], await StudiosAsync(4));
    }

    [Fact]
    public async Task An_import_of_the_same_list_publishes_nothing()
    {
        await LoadStudiosAsync(FirstList);
        var before = await StateAsync();
        Assert.Null(await StudioImport.RunAsync(Ledger, [.. FirstList.Reverse()], "again", Cancel));
        Assert.False((await LoadAsync(Accept.Anything with { Studios = FirstList }, StudioMovies)).IsPublished);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task An_unchanged_dataset_with_another_list_publishes_only_the_list()
    {
        await LoadStudiosAsync(FirstList);
        var summary = await LoadAsync(Accept.Anything with { Studios = SecondList, StudiosName = "second.csv" }, StudioMovies);
        Assert.Equal((true, 2, 0), (summary.IsPublished, summary.Snapshot.Id, summary.Snapshot.Changed));
        Assert.Equal(new StudioTotals(3, 2, 2) { ListName = "second.csv" }, summary.Studios);
        summary = await LoadAsync(Accept.Anything with { Studios = [], StudiosName = "none" }, StudioMovies);
        Assert.Equal((3, new StudioTotals(0, 0, 0) { ListName = "none" }), (summary.Snapshot.Id, summary.Studios));
        Assert.Empty(await StudiosAsync(3));
        Assert.Equal(2, (await StudiosAsync(2)).Count);
    }

    [Fact]
    public async Task The_version_of_a_source_is_still_known_after_an_import()
    {
        await LoadAsync(MemoryDataset.Create(Text(StudioMovies), "v1"), Accept.Anything with { Studios = FirstList }, null, Cancel);
        await StudioImport.RunAsync(Ledger, SecondList, "second", Cancel);
        Assert.Equal("v1", await SnapshotRows.FindKnownVersionAsync(Connection, "memory", Cancel));
    }

    [Fact]
    public async Task A_revert_restores_the_list_also_if_the_movies_are_the_same()
    {
        await LoadStudiosAsync(FirstList);
        await StudioImport.RunAsync(Ledger, SecondList, "second", Cancel);
        Assert.Equal((true, 3), await SnapshotRevert.RunAsync(Ledger, 1, Cancel) is var (snapshot, isNew) ? (isNew, snapshot.Id) : default);
        Assert.Equal(FirstList, await ReadListAsync(3));
        Assert.Equal(await StudiosAsync(1), await StudiosAsync(3));
        Assert.False((await SnapshotRevert.RunAsync(Ledger, 1, Cancel)).IsPublished);
        await LoadAsync(Accept.Anything, StudioMovies[..3]);
        await SnapshotRevert.RunAsync(Ledger, 2, Cancel);
        Assert.Equal(await StudiosAsync(2), await StudiosAsync(5));
    }

    [Fact]
    public async Task A_prune_keeps_the_lists_of_the_snapshots_it_keeps_and_no_other_row()
    {
        await LoadStudiosAsync(FirstList);
        await StudioImport.RunAsync(Ledger, SecondList, "second", Cancel);
        await StudioImport.RunAsync(Ledger, FirstList, "third", Cancel);
        IReadOnlyList<string>[] kept = [await StudiosAsync(2), await StudiosAsync(3)];
        await SnapshotPrune.RunAsync(Ledger, 2, Cancel);
        Assert.Equal(kept, [await StudiosAsync(2), await StudiosAsync(3)]);
        await SnapshotPrune.RunAsync(Ledger, 1, Cancel);
        Assert.Equal(FirstList.Length, await CountAsync("studio_line"));
        Assert.Equal(FirstList, await ReadListAsync(3));
    }

    [Fact]
    public async Task A_copy_has_the_same_lists_in_every_snapshot()
    {
        await LoadStudiosAsync(FirstList);
        await StudioImport.RunAsync(Ledger, SecondList, "second", Cancel);
        var folder = Directory.CreateTempSubdirectory("cineledger-tests-");
        try
        {
            await using var copy = await DuckDbLedger.OpenAsync(Path.Combine(folder.FullName, "copy.duckdb"), Cancel);
            await LedgerCopy.RunAsync(Ledger, copy, Cancel);
            foreach (var snapshot in (int[])[1, 2])
            {
                Assert.Equal(await StudioRows.ReadLinesAsync(Connection, snapshot, Cancel), await StudioRows.ReadLinesAsync(copy.Connection, snapshot, Cancel));
                Assert.Equal(await StudiosAsync(snapshot), await StudiosAsync(snapshot, copy.Connection));
            }

            Assert.Null(await StudioImport.RunAsync(copy, SecondList, "again", Cancel));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_new_company_gets_its_studio_from_a_push_and_from_a_load()
    {
        await LoadStudiosAsync([.. FirstList, new("Later", "Delta", null, null, "unsourced"), new("Later", "Zeta", null, null, "unsourced")]);
        await ChangeAsync(await JsonAsync([StudioMovie(20, "2012-01-01", 5, "DELTA")]));
        Assert.Equal("Later|1|1|2012|2012|5", (await StudiosAsync(2))[^1]);
        await LoadAsync(Accept.Anything with { IsMerge = true }, StudioMovie(21, "2013-01-01", 6, "Zeta"));
        Assert.Equal("Later|2|2|2012|2013|11", (await StudiosAsync(3))[^1]);
        Assert.Equal("Later|1|1|2012|2012|5", (await StudiosAsync(2))[^1]);
    }

    [Fact]
    public async Task A_load_that_is_not_published_leaves_no_list()
    {
        await LoadStudiosAsync(FirstList);
        var before = await StateAsync();
        await Assert.ThrowsAsync<QualityGateException>(() => LoadAsync(new LoadOptions { Studios = SecondList, AcceptedGates = Accept.Content }, StudioMovies[0]));
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StudioImport.RunAsync(Ledger, SecondList, "canceled", canceled.Token));
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Rows_of_an_import_that_died_before_its_publication_are_deleted_by_the_next()
    {
        await LoadStudiosAsync(FirstList);
        await UnpublishedSnapshots.BeginAsync(Ledger.Connection, 2, Cancel);
        await Ledger.Connection.ExecuteAsync("INSERT INTO studio_line VALUES (2, NULL, 'Dead', 'Epsilon', NULL, NULL, 'unsourced')", Cancel);
        await Ledger.Connection.ExecuteAsync("INSERT INTO company_studio VALUES (2, NULL, 1, 1, DATE '0001-01-01', DATE '9999-12-31')", Cancel);
        Assert.Equal(["Big|2|4|2006|2010|50103"], await StudiosAsync(1));
        Assert.Equal(2, (await StudioImport.RunAsync(Ledger, SecondList, "second", Cancel))!.Id);
        Assert.Equal(SecondList.OrderBy(line => line.Company), (await ReadListAsync(2)).OrderBy(line => line.Company));
        Assert.Equal(0L, await CountAsync("draft"));
    }

    [Fact]
    public async Task A_first_load_uses_the_list_in_the_dataset_and_otherwise_the_bundled_one()
    {
        var dataset = CreateDataset(("folder/Studios.csv", "studio,company,from,to,source\nBig,Alpha Films,,,unsourced\n"));
        Assert.Equal(new StudioTotals(1, 1, 1) { ListName = "studios.csv of the dataset" }, (await LoadAsync(dataset, Accept.Anything, null, Cancel)).Studios);
        var other = await LoadAsync(CreateDataset([StudioMovie(1, "2000-01-01", 9, "Alpha Films")], ("studios.csv", "studio,company,from,to,source\n")), Accept.Anything, null, Cancel);
        Assert.Equal(new StudioTotals(1, 1, 1), other.Studios);
        Assert.Equal([new("Big", "Alpha Films", null, null, "unsourced")], await ReadListAsync(2));
    }

    [Theory]
    [InlineData("studio,company\nBig,Alpha Films\n", "line 1: there is no column 'from'")]
    [InlineData("studio,company,from,to,source\nBig,Alpha Films,x,,\nBig,Beta,,,unsourced\n", "line 2: source is empty")]
    [InlineData("", "studios.csv is empty")]
    public async Task A_wrong_list_in_a_dataset_is_ignored_and_the_summary_says_why(string text, string reason)
    {
        var summary = await LoadAsync(CreateDataset(("studios.csv", text)), Accept.Anything, null, Cancel);
        Assert.Equal("bundled", summary.Studios!.ListName);
        Assert.StartsWith("the dataset's list was ignored: ", summary.Studios.Note, StringComparison.Ordinal);
        Assert.Contains(reason, summary.Studios.Note, StringComparison.Ordinal);
        Assert.Equal((await StudioFile.ReadBundledAsync(Cancel)).ToHashSet(), (await ReadListAsync(1)).ToHashSet());
    }

    [Fact]
    public async Task Two_lists_in_a_dataset_are_ambiguous_and_an_option_has_precedence()
    {
        (string, string)[] two = [("a/studios.csv", "studio,company,from,to,source\n"), ("b/studios.csv", "studio,company,from,to,source\n")];
        var summary = await LoadAsync(CreateDataset(two), Accept.Anything with { Studios = FirstList, StudiosName = "first.csv" }, null, Cancel);
        Assert.Equal(new StudioTotals(3, 2, 1) { ListName = "first.csv" }, summary.Studios);
        Assert.Equal("the dataset contains studios.csv 2 times.", (await Assert.ThrowsAsync<LedgerException>(() => ReadDatasetListAsync(CreateDataset(two)))).Message);
    }

    [Fact]
    public async Task A_generated_dataset_has_no_studios_unless_it_contains_a_list()
    {
        var dataset = new MemoryDataset((DatasetFiles.Movies, Encoding.UTF8.GetBytes(Text(StudioMovies)))) { Address = "memory", Synthetic = true };
        Assert.Null((await LoadAsync(dataset, Accept.Anything, null, Cancel)).Studios);
        Assert.Empty(await ReadListAsync(1));
    }

    [Fact]
    public async Task Unknown_names_and_lines_of_the_same_company_are_found()
    {
        await LoadStudiosAsync([]);
        var list = CreateList(
            new("Big", "Alfa Films", null, null, "unsourced"), new("Big", "tmdb:99", null, null, "unsourced"), new("Big", "Small", null, null, "unsourced"),
            new("Small", "BETA", null, "2005", "unsourced"), new("Big", "tmdb:2", "2005-06", null, "unsourced"), new("Other", "tmdb:2", "2003", "2004", "unsourced"));
        var companies = await CompanyReferences.ReadAsync(Connection, [.. list.Lines.Select(entry => entry.Line)], Cancel);
        Assert.Equal(
            ["line 2: 'Alfa Films' is not a company of the ledger; did you mean 'Alpha Films'?", "line 3: no company of the ledger has the TMDB ID 99."],
            StudioNameChecks.FindUnknown(list, companies));
        Assert.Equal(
            ["line 7: tmdb:2 is the same company as BETA, which belongs to Small at this time (line 5)."], StudioNameChecks.FindConflicts(list, companies));
        var error = await Assert.ThrowsAsync<StudioListException>(() => StudioListImport.RunAsync(Ledger, list, allowsUnknown: false, Cancel));
        Assert.Equal(3, error.Problems.Count);
        var known = CreateList(new StudioLine("Big", "Alfa Films", null, null, "unsourced"), new("Big", "tmdb:1", null, null, "unsourced"));
        await Assert.ThrowsAsync<StudioListException>(() => StudioListImport.RunAsync(Ledger, known, allowsUnknown: false, Cancel));
        var report = await StudioListImport.RunAsync(Ledger, known, allowsUnknown: true, Cancel);
        Assert.Equal((new StudioTotals(2, 1, 1), 1, 2, 2, true), (report.Totals, report.UnknownNames, report.Unsourced, report.Snapshot.Id, report.IsChanged));
        report = await StudioListImport.RunAsync(Ledger, known, allowsUnknown: true, Cancel);
        Assert.Equal((2, false), (report.Snapshot.Id, report.IsChanged));
    }

    [Fact]
    public async Task Coverage_divides_the_revenue_into_studios_independent_companies_and_the_rest()
    {
        var snapshot = (await LoadStudiosAsync(FirstList)).Snapshot;
        var coverage = await StudioCoverage.ReadAsync(Connection, FirstList, await CompanyReferences.ReadAsync(Connection, FirstList, Cancel), snapshot, Cancel);
        Assert.Equal((7, 7_654_123m, 50_103m, 4_000m, 7_600_020m), (coverage.Movies, coverage.Total, coverage.UnderStudio, coverage.Independent, coverage.Unlisted));
        Assert.Equal(4_003m, coverage.Unsourced);
        Assert.Equal((4, 2, 1), (coverage.Largest, coverage.LargestUnderStudio, coverage.LargestIndependent));
        Assert.Equal(("Epsilon", 7_000_000m, 1), coverage.Unassigned.Single() is var company ? (company.Name, company.Revenue, company.Movies) : default);
    }

    [Fact]
    public async Task Suggestions_name_studios_of_similar_names_and_of_shared_movies()
    {
        MovieRow[] movies =
        [
            .. Enumerable.Range(100, 4).Select(id => StudioMovie(id, "2010-01-01", 10, "Alpha Films", "Partner")), StudioMovie(104, "2010-01-01", 5, "Alpha Films Television"),
            StudioMovie(105, "2010-01-01", 4, "Alpha Film"), StudioMovie(106, "2010-01-01", 3, "Unrelated"),
        ];
        var snapshot = (await LoadAsync(Accept.Anything with { Studios = FirstList }, movies)).Snapshot;
        Assert.Equal(
            [
                "Partner|4|40|Big|4 of its 4 movies are also movies of Big", "Alpha Films Television|1|5|Big|the name contains 'Alpha Films'",
                "Alpha Film|1|4|Big|the name resembles 'Alpha Films'", "Unrelated|1|3||",
            ],
            (await StudioSuggestions.ReadAsync(Connection, FirstList, snapshot, 4, Cancel))
                .Select(hint => $"{hint.Company.Name}|{hint.Company.Movies}|{hint.Company.Revenue:0}|{hint.Studio}|{hint.Reason}"));
        Assert.Single(await StudioSuggestions.ReadAsync(Connection, FirstList, snapshot, 1, Cancel));
    }

    [Fact]
    public async Task A_company_has_one_studio_on_a_day_even_if_an_ID_and_a_name_refer_to_it()
    {
        StudioLine[] lines = [new("Big", "tmdb:2", "2000", null, "unsourced"), new("Small", "Beta", "2006", "2008", "unsourced")];
        await LoadStudiosAsync(lines);
        var periods = await Connection.QueryAsync(
            "SELECT s.name, c.owned_from, c.owned_to FROM company_studio c JOIN studio s ON s.studio_id = c.studio_id JOIN company n ON n.company_id = c.company_id WHERE n.name = 'Beta' ORDER BY c.owned_from",
            row => $"{row.GetString(0)} {row.GetFieldValue<DateOnly>(1):yyyy-MM-dd} {row.GetFieldValue<DateOnly>(2):yyyy-MM-dd}",
            Cancel);
        Assert.Equal(["Big 2000-01-01 2005-12-31", "Small 2006-01-01 2008-12-31", "Big 2009-01-01 9999-12-31"], periods);
    }

    private Task<LoadSummary> LoadStudiosAsync(StudioLine[] lines) => LoadAsync(Accept.Anything with { Studios = lines }, StudioMovies);

    private static Task<IReadOnlyList<StudioLine>?> ReadDatasetListAsync(Dataset dataset) => ChosenStudioList.ReadAsync(dataset, Cancel);

    private static MemoryDataset CreateDataset(params (string, string)[] others) => CreateDataset(StudioMovies, others);

    private static MemoryDataset CreateDataset(MovieRow[] movies, params (string, string)[] others) =>
        new((DatasetFiles.Movies, Encoding.UTF8.GetBytes(Text(movies)))) { Address = "memory", Others = others };

    private static StudioListFile CreateList(params StudioLine[] lines) => new("list.csv", [.. lines.Select((line, i) => (i + 2, line))], []);

    /// <summary>Creates a movie whose companies have the TMDB IDs of their first letters: 1 for A.</summary>
    private static MovieRow StudioMovie(long id, string date, long revenue, params string[] companies) => Bare(
        id, ("release_date", date), ("revenue", $"{revenue}"), ("production_companies", $"[{string.Join(", ", companies.Select(name => $"{{'name': '{name}', 'id': {name[0] - '@'}}}"))}]"));

    private async Task<IReadOnlyList<StudioLine>> ReadListAsync(int snapshot) => [.. (await StudioRows.ReadLinesAsync(Connection, snapshot, Cancel)).OrderBy(line => Rank(line))];

    private async Task<IReadOnlyList<IReadOnlyList<StudioLine>>> ReadAllListsAsync(int last)
    {
        var lists = new List<IReadOnlyList<StudioLine>>();
        for (var snapshot = 1; snapshot <= last; snapshot++)
        {
            lists.Add(await ReadListAsync(snapshot));
        }

        return lists;
    }

    /// <summary>The place of a line in the lists of these tests.</summary>
    private static int Rank(StudioLine line) => Array.IndexOf([.. FirstList, .. SecondList], line);

    /// <summary>Returns the studios of a snapshot as text, with the columns of <see cref="StudioList"/>.</summary>
    private async Task<IReadOnlyList<string>> StudiosAsync(int snapshot, System.Data.Common.DbConnection? connection = null)
    {
        connection ??= Connection;
        await using var result = await StudioList.OpenAsync(connection, new NameFilter(), await SnapshotRows.FindAsync(connection, snapshot, Cancel), Cancel);
        var rows = new List<string>();
        while (await result.Rows.ReadAsync(Cancel))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, result.Columns.Count).Select(result.Rows.GetValue)));
        }

        return rows;
    }
}
