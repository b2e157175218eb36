using System.Data;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

public abstract partial class LedgerStoreSuite
{
    [Fact]
    public async Task A_renamed_company_keeps_its_old_name_in_old_snapshots()
    {
        await LoadAsync(Full(1, ("production_companies", "[{'name': 'Old', 'id': 3}]")));
        await LoadAsync(Full(1, ("production_companies", "[{'name': 'New', 'id': 3}]")));
        Assert.Equal(["Old"], (await ReadAsync(1))[0].Companies.Select(company => company.Name));
        Assert.Equal(["New"], (await ReadAsync(2))[0].Companies.Select(company => company.Name));
        Assert.Equal(("Old", "New"), (await CompanyOfReportAsync(1), await CompanyOfReportAsync(2)));
    }

    [Fact]
    public async Task Of_several_records_the_best_is_kept_and_the_losers_are_in_the_findings()
    {
        var summary = await LoadAsync(
            Full(1, ("title", "a"), ("vote_count", "5")), Full(1, ("title", "b"), ("vote_count", "7")), Full(1, ("title", "c"), ("vote_count", "7")),
            Full(1, ("title", "c"), ("vote_count", "7")), Full(2));
        Assert.Equal((5, 2), (summary.Records, summary.MoviesRead));
        Assert.Equal(["c", "Toy Story"], (await ReadAsync(1)).Select(movie => movie.Title));
        Assert.Equal(4L, await CountAsync("movie_genre"));
        var findings = await FindingsAsync(1);
        Assert.Equal(
            [(Rules.ConflictingDuplicate, 2), (Rules.ConflictingDuplicate, 3), (Rules.DuplicateRecord, 5)], findings.Select(finding => (finding.Rule, finding.Line)));
        Assert.Contains("\"title\":\"a\"", findings[0].Value, StringComparison.Ordinal);
        Assert.Contains("\"title\":\"b\"", findings[1].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    [InlineData("b", "b")]
    public async Task A_dataset_whose_best_record_is_what_the_ledger_holds_changes_nothing(string first, string second)
    {
        MovieRow Row(string title) => Full(1, ("title", title), ("vote_count", title == "b" ? "7" : "5"));
        await LoadAsync(Row("b"), Full(2));
        var before = await StateAsync();
        Assert.False((await LoadAsync(Row(first), Row(second), Full(2))).IsPublished);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task A_later_winner_takes_the_place_of_what_the_ledger_holds()
    {
        await LoadAsync(Full(1, ("title", "a"), ("vote_count", "5")), Full(2));
        var summary = await LoadAsync(Full(1, ("title", "a"), ("vote_count", "5")), Full(1, ("title", "b"), ("vote_count", "7")), Full(2));
        Assert.Equal((0, 1, 0), (summary.Snapshot.Added, summary.Snapshot.Changed, summary.Snapshot.Removed));
        Assert.Equal(["a", "Toy Story"], (await ReadAsync(1)).Select(movie => movie.Title));
        Assert.Equal(["b", "Toy Story"], (await ReadAsync(2)).Select(movie => movie.Title));
        var finding = Assert.Single(await FindingsAsync(2));
        Assert.Equal((Rules.ConflictingDuplicate, 2), (finding.Rule, finding.Line));
    }

    [Fact]
    public async Task Findings_are_kept_with_the_snapshot_that_made_them()
    {
        await LoadAsync(Full(1, ("budget", "GATORADE")), Full(2, ("adult", "FALSE")), Full(3, ("adult", "FALSE")));
        Assert.Equal(
            [
                new Finding(FindingKind.Reject, Rules.InvalidNumber, "movies_metadata.csv", 2, 1, "budget", "GATORADE"),
                new(FindingKind.Repair, Rules.SpreadsheetValue, "movies_metadata.csv", 3, null, "adult", "FALSE (different capitalization)", 2),
            ],
            await FindingsAsync(1));
        await LoadAsync(Full(1), Full(2), Full(3));
        Assert.Empty(await FindingsAsync(2));
        Assert.Equal(2, (await FindingsAsync(1)).Count);
        Assert.Single(await FindingsAsync(1, new FindingFilter { Rule = Rules.InvalidNumber, Kind = "reject", MovieId = 1, File = "movies_metadata.csv" }));
        Assert.Empty(await FindingsAsync(1, new FindingFilter { Kind = "drop" }));
        Assert.Single(await FindingsAsync(1, new FindingFilter { Limit = 1 }));
    }

    [Fact]
    public async Task A_difference_between_snapshots_names_movies_and_fields_in_either_direction()
    {
        var allow = Accept.Anything;
        await LoadAsync(Full(1), Full(2), Full(4));
        await LoadAsync(allow, Full(1, ("budget", "0"), ("genres", "[{'id': 18, 'name': 'Drama'}]")), Full(3, ("title", "Three")), Full(4));
        Assert.Equal(
            [
                "changed|1|Toy Story|budget|30000000|", "changed|1|Toy Story|genres|Animation; Comedy|Drama",
                "removed|2|Toy Story|||", "added|3|Three|||",
            ],
            Lines(await SnapshotDiff.ReadDiffAsync(Connection, 1, 2, Cancel)));
        Assert.Equal(
            [
                "changed|1|Toy Story|budget||30000000", "changed|1|Toy Story|genres|Drama|Animation; Comedy",
                "added|2|Toy Story|||", "removed|3|Three|||",
            ],
            Lines(await SnapshotDiff.ReadDiffAsync(Connection, 2, 1, Cancel)));
        Assert.Empty(Lines(await SnapshotDiff.ReadDiffAsync(Connection, 2, 2, Cancel)));
    }

    [Fact]
    public async Task A_movies_history_shows_when_it_was_added_changed_removed_and_restored()
    {
        var allow = Accept.Anything;
        await LoadAsync(Bare(1, ("title", "a")), Bare(2));
        await LoadAsync(Bare(1, ("title", "b")), Bare(2));
        await LoadAsync(allow, Bare(2));
        await LoadAsync(allow, Bare(1, ("title", "b")), Bare(2));
        var history = (await SnapshotDiff.ReadHistoryAsync(Connection, 1, Cancel)).Rows.Cast<DataRow>().ToList();
        Assert.Equal(
            ["1 added title  a", "2 changed title a b", "3 removed   ", "4 added title  b"],
            history.Where(row => row["field"] is "title" or DBNull).Select(row => $"{row["snapshot_id"]} {row["change"]} {row["field"]} {row["before"]} {row["after"]}"));
        await Assert.ThrowsAsync<UnknownMovieException>(() => SnapshotDiff.ReadHistoryAsync(Connection, 99, Cancel));
    }

    [Fact]
    public async Task An_unknown_snapshot_is_a_usage_error()
    {
        await Assert.ThrowsAsync<LedgerException>(() => SnapshotRows.FindAsync(Connection, null, Cancel));
        await LoadAsync(Full(1));
        Assert.Equal(1, (await SnapshotRows.FindAsync(Connection, null, Cancel)).Id);
        await Assert.ThrowsAsync<UsageException>(() => SnapshotRows.FindAsync(Connection, 2, Cancel));
    }

    private async Task<string> CompanyOfReportAsync(int snapshot)
    {
        var found = await SnapshotRows.FindAsync(Connection, snapshot, Cancel);
        await using var result = await ReportRunner.OpenAsync(Connection, new ReportRequest { Report = ReportDefinition.Companies }, found, Cancel);
        Assert.True(await result.Rows.ReadAsync(Cancel));
        return result.Rows.GetString(1);
    }

    private async Task<IReadOnlyList<Finding>> FindingsAsync(int snapshot, FindingFilter? filter = null)
    {
        await using var result = await FindingList.OpenAsync(Connection, filter ?? new(), snapshot, Cancel);
        var findings = new List<Finding>();
        while (await result.Rows.ReadAsync(Cancel))
        {
            var row = result.Rows;
            findings.Add(new(
                Enum.Parse<FindingKind>(row.GetString(1), ignoreCase: true), row.GetString(2), row.GetString(3), row.GetInt32(4), row.IsDBNull(5) ? null : row.GetInt64(5),
                row.GetText(6), row.GetText(7), row.GetInt64(8)));
        }

        return findings;
    }

    private static IEnumerable<string> Lines(DataTable table) => table.Rows.Cast<DataRow>().Select(row => string.Join('|', row.ItemArray));
}
