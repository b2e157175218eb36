using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Cleaning;

/// <summary>Tests records whose texts belong to other columns because quotes were lost.</summary>
public sealed class ShiftedRecordTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);

    public async ValueTask DisposeAsync()
    {
        await _ledger!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_record_whose_budget_moved_into_the_id_is_rejected_with_its_text()
    {
        // The collection lost its quotes and has three more fields; homepage, overview and tagline are missing.
        var shifted = Full(862).WriteBroken(Columns.Where(column => column is not ("homepage" or "poster_path" or "tagline")), "belongs_to_collection")
            .Replace("{'id': 10194, 'name': 'Toy Story Collection', 'poster_path': None}", "{'id': 10194, 'name': 'Toy Story Collection', 'poster_path': '/x.jpg', 'backdrop_path': '/y.jpg'}", StringComparison.Ordinal);
        var (movies, findings) = await LoadAsync($"{Full(1).Text}\n{shifted}\n{Full(2).Text}\n");
        Assert.Equal([1L, 2L], movies);
        var finding = Assert.Single(findings, finding => finding.Rule == Rules.ShiftedRecord);
        Assert.Equal((3, shifted), (finding.Line, finding.Value));
    }

    [Fact]
    public async Task Two_movies_merged_by_a_lost_quote_are_rejected_with_the_lines_that_they_span()
    {
        // The first movie's genres lost their last quote and the second one's their first, so one field holds the end of one and the start of the other.
        var first = Full(862, ("overview", "None"), ("tagline", "")).Text;
        var second = Full(8844, ("overview", "None"), ("tagline", ""), ("budget", "65000000")).Text;
        var genres = "\"[{'id': 16, 'name': 'Animation'}, {'id': 35, 'name': 'Comedy'}]\"";
        var cut = $"{first[..first.IndexOf(genres, StringComparison.Ordinal)]}{genres[..^1]}{first[(first.IndexOf(genres, StringComparison.Ordinal) + genres.Length)..]}\n"
            + $"{second[..second.IndexOf(genres, StringComparison.Ordinal)]}{genres[1..]}{second[(second.IndexOf(genres, StringComparison.Ordinal) + genres.Length)..]}\n";
        var (movies, findings) = await LoadAsync($"{Full(1).Text}\n{cut}{Full(2).Text}\n");
        Assert.Equal([1L, 2L], movies);
        Assert.Contains(findings, finding => finding.Rule is Rules.ShiftedRecord or Rules.WrongColumnCount);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task A_line_break_in_a_name_does_not_create_a_genre(string lineBreak)
    {
        var (movies, findings) = await LoadAsync($"{Full(1).Text}\n{Full(3, ("genres", $"[{{'id': 27, 'name': 'Hor{lineBreak}ror'}}]")).Text}\n{Full(2).Text}\n");
        Assert.Equal([1L, 2L], movies);
        Assert.StartsWith("lines 3 to 4: ", Assert.Single(findings).Value, StringComparison.Ordinal);
        Assert.DoesNotContain(await NamesAsync(), name => name.StartsWith("Hor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_written_on_several_lines_is_read()
    {
        var (movies, findings) = await LoadAsync($"{Full(3, ("genres", "[\n  {'id': 27,\n   'name': 'Horror'}\n]")).Text}\n");
        Assert.Equal([3L], movies);
        Assert.Empty(findings);
    }

    [Fact]
    public async Task Two_unreadable_fields_are_findings_of_their_own()
    {
        var (movies, findings) = await LoadAsync($"{Full(3, ("budget", "many"), ("runtime", "long")).Text}\n");
        Assert.Equal([3L], movies);
        Assert.Equal([Rules.InvalidNumber, Rules.InvalidNumber], findings.Select(finding => finding.Rule));
    }

    private async Task<(IReadOnlyList<long> Movies, IReadOnlyList<Finding> Findings)> LoadAsync(string records)
    {
        await Loader.LoadAsync(_ledger!, MemoryDataset.Create(Header() + records), new(), null, Cancel);
        return (
            await _ledger!.Connection.QueryAsync("SELECT movie_id FROM movie ORDER BY 1", row => row.GetInt64(0), Cancel),
            await _ledger!.Connection.QueryAsync(
                "SELECT rule, file, line, value FROM finding ORDER BY line", row => new Finding(FindingKind.Reject, row.GetString(0), row.GetString(1), row.GetInt32(2), null, null, row.GetText(3)), Cancel));
    }

    private Task<List<string>> NamesAsync() => _ledger!.Connection.QueryAsync("SELECT name FROM genre", row => row.GetString(0), Cancel);
}
