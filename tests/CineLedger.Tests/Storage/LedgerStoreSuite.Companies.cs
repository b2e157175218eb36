using System.Data;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests that all spellings of a company are one company.</summary>
public abstract partial class LedgerStoreSuite
{
    [Fact]
    public async Task The_most_frequent_spelling_of_a_new_company_is_its_name()
    {
        var summary = await LoadAsync(
            Made(1, "Toei", "Ufa"), Made(2, "TOEI "), Made(3, "Ufa.", "TOEI"), Made(4, "UFA", "Grey\u00a0Gull"), Made(5, "ufa", "Grey  Gull"), Made(6, "Grey  Gull"));
        Assert.Equal(["Grey  Gull", "TOEI", "Ufa"], await CompanyNamesAsync());
        Assert.Equal("TOEI, Ufa; TOEI; Ufa, TOEI; Ufa, Grey  Gull; Ufa, Grey  Gull; Grey  Gull", await CompaniesOfMoviesAsync(1));
        Assert.Equal(["Grey  Gull 3", "TOEI 3", "Ufa 4"], await ReleasesAsync(1));
        Assert.Equal(
            ["2 1 Toei → TOEI", "4 3 Ufa. → Ufa", "5 4 Grey\u00a0Gull → Grey  Gull", "5 4 UFA → Ufa", "6 5 ufa → Ufa"], await AliasesAsync(1));
        Assert.Equal((FindingKind.Repair, 5L), summary.Findings.Where(count => count.Rule == Rules.Alias).Select(count => (count.Kind, count.Count)).Single());
    }

    [Fact]
    public async Task A_company_of_the_ledger_keeps_its_name_and_old_snapshots_do_not_change()
    {
        await LoadAsync(Made(1, "Toei"), Made(2, "Ufa"));
        var before = await MoviesAsync(1);
        await LoadAsync(Made(1, "Toei"), Made(2, "UFA"), Made(3, "TOEI"), Made(4, "TOEI"), Made(5, "toei", "Arte"), Made(6, "ARTE"), Made(7, "ARTE"));
        Assert.Equal(["ARTE", "Toei", "Ufa"], await CompanyNamesAsync());
        Assert.Equal(before, await MoviesAsync(1));
        Assert.Equal(["ARTE 3", "Toei 4", "Ufa 1"], await ReleasesAsync(2));
        Assert.Equal(["3 2 UFA → Ufa", "4 3 TOEI → Toei", "6 5 Arte → ARTE", "6 5 toei → Toei"], await AliasesAsync(2));
    }

    [Fact]
    public async Task A_movie_that_names_a_company_in_two_spellings_has_it_once()
    {
        await LoadAsync(Made(1, "Ufa", "Arte", "UFA", "Toei", "arte."), Made(2, "UFA"), Made(3, "UFA"));
        Assert.Equal("UFA, Arte, Toei; UFA; UFA", await CompaniesOfMoviesAsync(1));
        Assert.Equal(
            ["1 3 0", "1 3 1", "1 3 2", "2 1 0", "3 1 0"],
            await Connection.QueryAsync(
                "SELECT m.movie_id, m.company_count, l.position FROM movie m JOIN movie_company l ON l.movie_id = m.movie_id AND l.since = m.since ORDER BY 1, 3",
                row => $"{row.GetValue(0)} {row.GetValue(1)} {row.GetValue(2)}", Cancel));
        Assert.Equal(["2 1 Ufa → UFA", "2 1 arte. → Arte"], await AliasesAsync(1));
    }

    [Fact]
    public async Task Spellings_join_across_snapshots_of_pushes()
    {
        await LoadAsync(Made(1, "Toei"), Made(2, "Ufa"));
        var summary = await ChangeAsync(await JsonAsync([Made(3, "TOEI", "Arte")]), await JsonAsync([Made(4, "ARTE"), Made(5, "ARTE", "ufa")]));
        Assert.True(summary.IsPublished);
        Assert.Equal(["ARTE", "Toei", "Ufa"], await CompanyNamesAsync());
        Assert.Equal("Toei; Ufa; Toei, ARTE; ARTE; ARTE, Ufa", await CompaniesOfMoviesAsync(2));
        Assert.Equal(
            ["push/a 1 3 Arte → ARTE", "push/a 1 3 TOEI → Toei", "push/b 2 5 ufa → Ufa"],
            (await FindingsAsync(2)).Select(finding => $"{finding.File} {finding.Line} {finding.MovieId} {finding.Value}"));

        await ChangeAsync(await JsonAsync([Made(6, "Toei"), Made(7, "Neu")]));
        await ChangeAsync(await JsonAsync([Made(8, "toei.", "neu")]));
        Assert.Equal(["ARTE", "Neu", "Toei", "Ufa"], await CompanyNamesAsync());
        Assert.EndsWith("Toei; Neu; Toei, Neu", await CompaniesOfMoviesAsync(4), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_a_load_that_a_gate_stopped_do_not_decide_the_names_of_the_next_one()
    {
        await LoadAsync(Made(1, "Ufa"));
        MovieRow[] rows = [.. Enumerable.Range(1, 700).Select(id => Varied(id, ("production_companies", List(id == 1 ? "Ufa" : id == 2 ? "arte" : "ARTE"))))];
        await Assert.ThrowsAsync<QualityGateException>(() => LoadAsync(new LoadOptions { AllowsShrink = true }, rows));
        Assert.Equal(["Ufa"], await CompanyNamesAsync());

        MovieRow[] fewer = [Made(1, "Ufa"), Made(2, "arte"), Made(3, "Arte"), Made(4, "Arte")];
        await LoadAsync(fewer);
        Assert.Equal(["Arte", "Ufa"], await CompanyNamesAsync());
    }

    /// <summary>Older versions numbered each spelling. The next load writes the movies again whose company had the number of another spelling.</summary>
    [Fact]
    public async Task The_first_load_into_a_ledger_of_an_older_version_joins_its_companies()
    {
        MovieRow[] rows = [Made(1, "toei"), Made(2, "Ufa"), Made(3, "Separate"), Made(4, "Separate"), Made(5, "Arte")];
        await LoadAsync(rows);
        await Ledger.Connection.ExecuteAsync("UPDATE company SET name = 'TOEI' WHERE name = 'Separate'", Cancel);
        Assert.Equal(["Arte 1", "TOEI 2", "Ufa 1", "toei 1"], await ReleasesAsync(1));
        MovieRow[] now = [Made(1, "toei"), Made(2, "Ufa"), Made(3, "TOEI"), Made(4, "TOEI"), Made(5, "Arte")];
        await Ledger.Connection.ExecuteAsync("UPDATE movie SET content_hash = content_hash + 1 WHERE movie_id IN (3, 4)", Cancel);

        var summary = await LoadAsync(now);
        Assert.Equal((2, 0, 3, 0), (summary.Snapshot.Id, summary.Snapshot.Added, summary.Snapshot.Changed, summary.Snapshot.Removed));
        Assert.Equal(["Arte 1", "TOEI 2", "Ufa 1", "toei 1"], await ReleasesAsync(1));
        Assert.Equal(["Arte 1", "TOEI 3", "Ufa 1"], await ReleasesAsync(2));
        Assert.False((await LoadAsync(now)).IsPublished);

        var next = await LoadAsync([.. now, Made(6, "Toei.", "Neu")]);
        Assert.Equal((1, 0), (next.Snapshot.Added, next.Snapshot.Changed));
        Assert.Equal(["Arte 1", "Neu 1", "TOEI 4", "Ufa 1"], await ReleasesAsync(3));
    }

    [Fact]
    public async Task A_merge_without_companies_does_not_change_movies_whose_companies_are_spelled_differently()
    {
        await LoadAsync(Made(1, "Toei"), Made(2, "TOEI"), Made(3, "Toei"));
        var options = new LoadOptions { IsMerge = true, AcceptedGates = Accept.Content };
        var columns = MovieFile.Columns.Where(column => column != "production_companies").ToList();
        MovieRow[] rows = [Made(1, ""), Made(2, ""), Made(3, "").With(("budget", "31000000"))];
        var text = CsvText.Row(columns) + "\n" + string.Concat(rows.Select(row => CsvText.Row(columns.Select(column => row[column])) + "\n"));
        var summary = await LoadAsync(MemoryDataset.Create(text), options, null, Cancel);
        Assert.Equal((0, 1), (summary.Snapshot.Added, summary.Snapshot.Changed));
        Assert.Equal("Toei; Toei; Toei", await CompaniesOfMoviesAsync(2));
    }

    [Fact]
    public async Task Companies_under_one_ID_are_flagged_once_for_each_further_name()
    {
        await LoadAsync(
            Full(1, ("production_companies", "[{'name': 'Toei', 'id': 1}, {'name': 'Toei Animation', 'id': 2}]")),
            Full(2, ("production_companies", "[{'name': 'TOEI', 'id': 2}, {'name': 'Ufa', 'id': 3}, {'name': 'Toei Tokyo', 'id': 1}]")),
            Full(3, ("production_companies", "[{'name': 'Toei', 'id': 1}, {'name': 'Arte', 'id': 1}, {'name': 'Ufa', 'id': 4}]")),
            Full(4, ("production_companies", "[{'name': 'ARTE', 'id': 1}, {'name': 'Toei', 'id': 2}]")));
        Assert.Equal(
            ["3 2 TOEI (ID 2 of Toei Animation)", "3 2 Toei Tokyo (ID 1 of Toei)", "4 3 Arte (ID 1 of Toei)"],
            (await FindingsAsync(1, new FindingFilter { Rule = Rules.SharedCompanyId, Kind = "flag" })).Select(finding => $"{finding.Line} {finding.MovieId} {finding.Value}")
                .Order(StringComparer.Ordinal));
        using var table = await CompanyDuplicates.ReadAsync(Connection, (await SnapshotRows.FindLatestAsync(Connection, Cancel))!, Cancel);
        Assert.Equal(
            [
                "same TMDB ID|Toei|4|1494216132|Arte|2|747108066|1|", "same TMDB ID|Toei|4|1494216132|Toei Animation|1|373554033|2|",
                "same TMDB ID|Toei|4|1494216132|Toei Tokyo|1|373554033|1|",
            ],
            table.Rows.Cast<DataRow>().Select(row => string.Join('|', row.ItemArray)));
    }

    private static MovieRow Made(long id, params string[] companies) => Full(id, ("production_companies", List(companies)));

    /// <summary>Returns a list in which each company has an ID of its own.</summary>
    private static string List(params string[] companies) => $"[{string.Join(", ", companies.Select(name => $"{{'name': '{name}', 'id': {Id(name)}}}"))}]";

    private static int Id(string name) => name.ToUpperInvariant().Where(char.IsLetter).Aggregate(7, (id, letter) => ((id * 31) + letter) % 100_003);

    private Task<List<string>> CompanyNamesAsync() => NamesAsync("SELECT name FROM company");

    private Task<List<string>> ReleasesAsync(int snapshot) => NamesAsync(
        $"""
        SELECT c.name || ' ' || CAST(COUNT(*) AS VARCHAR) FROM movie m JOIN movie_company l ON l.movie_id = m.movie_id AND l.since = m.since
        JOIN company c ON c.company_id = l.company_id WHERE m.since <= {snapshot} AND (m.until IS NULL OR m.until > {snapshot}) GROUP BY c.name
        """);

    private async Task<List<string>> NamesAsync(string sql)
    {
        var names = await Connection.QueryAsync(sql, row => row.GetString(0), Cancel);
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private async Task<string> CompaniesOfMoviesAsync(int snapshot) =>
        string.Join("; ", (await ReadAsync(snapshot)).Select(movie => string.Join(", ", movie.Companies.Select(company => company.Name))));

    private async Task<IEnumerable<string>> AliasesAsync(int snapshot) =>
        (await FindingsAsync(snapshot, new FindingFilter { Rule = Rules.Alias, Kind = "repair" })).Select(finding => $"{finding.Line} {finding.MovieId} {finding.Value}");
}
