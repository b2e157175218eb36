using System.Globalization;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Reports;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Cases;

/// <summary>Loads files into ledgers of their own.</summary>
public abstract class CaseTestBase : IDisposable
{
    /// <summary>Accepts all gates, which would stop most loads of so few records.</summary>
    private protected static readonly LoadOptions Ungated = Accept.Anything with { MaxRejects = 1 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private int _ledgers;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected Task<CaseResult> LoadAsync(byte[] content, LoadOptions? options = null) => LoadAsync(Write("movies.csv", content), options);

    private protected async Task<CaseResult> LoadAsync(string path, LoadOptions? options = null, SourceOptions? fetching = null)
    {
        await using var ledger = await OpenLedgerAsync();
        return await LoadAsync(ledger, path, options, fetching);
    }

    private protected async Task<DuckDbLedger> OpenLedgerAsync() => await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, $"{_ledgers++}.duckdb"), Cancel);

    private protected static async Task<CaseResult> LoadAsync(DuckDbLedger ledger, string path, LoadOptions? options = null, SourceOptions? fetching = null)
    {
        var (_, summary) = await SourceLoader.RunAsync(ledger, path, options ?? Ungated, force: true, fetching ?? SourceOptions.Default, null, Cancel);
        var movies = (await MovieRows.ReadAsync(ledger.Connection, "m.until IS NULL", Cancel)).ToDictionary(version => version.Movie.Id, version => version.Movie);
        var findings = await ledger.Connection.QueryAsync(
            "SELECT kind, rule, file, line, movie_id, field, value, occurrences FROM finding WHERE snapshot_id = $1 ORDER BY file, line, rule, field, value",
            row => new Finding(
                Enum.Parse<FindingKind>(row.GetString(0), ignoreCase: true), row.GetString(1), row.GetString(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetInt64(4),
                row.IsDBNull(5) ? null : row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6), row.GetInt64(7)),
            Cancel, summary!.Snapshot.Id);
        return new CaseResult(movies, findings, summary);
    }

    /// <summary>Returns the rows of a query, with values separated by bars and unknown values empty.</summary>
    private protected static Task<string[]> RowsAsync(DuckDbLedger ledger, string by, string measures, params string[] where) =>
        RowsAsync(ledger, QueryText.Read(by, measures, where));

    private protected static async Task<string[]> RowsAsync(DuckDbLedger ledger, QueryRequest query)
    {
        var snapshot = await SnapshotRows.FindAsync(ledger.Connection, null, Cancel);
        await using var result = await ReportRunner.OpenAsync(ledger.Connection, query, snapshot, Cancel);
        var rows = new List<string>();
        while (await result.Rows.ReadAsync(Cancel))
        {
            rows.Add(string.Join('|', result.Columns.Select((_, i) => Convert.ToString(result.Rows.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return [.. rows];
    }

    /// <summary>Loads a file that must be refused and returns the error.</summary>
    private protected async Task<LedgerException> RefuseAsync(string path, LoadOptions? options = null)
    {
        await using var ledger = await OpenLedgerAsync();
        var error = await Assert.ThrowsAnyAsync<LedgerException>(() => LoadAsync(ledger, path, options));
        Assert.DoesNotContain('\n', error.Message);
        Assert.Empty(await MovieRows.ReadAsync(ledger.Connection, "m.until IS NULL", Cancel));
        return error;
    }

    private protected Task<LedgerException> RefuseAsync(string name, byte[] content) => RefuseAsync(Write(name, content));

    private protected string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    private protected string Write(string name, string text) => Write(name, CaseFile.Utf8.GetBytes(text));
}

/// <param name="Movies">The ledger's current movies by id.</param>
/// <param name="Findings">The findings of the load, by file and line.</param>
/// <param name="Summary">The summary of the load.</param>
internal sealed record CaseResult(IReadOnlyDictionary<long, Movie> Movies, IReadOnlyList<Finding> Findings, LoadSummary Summary)
{
    /// <summary>The findings as <c>kind rule line field</c>.</summary>
    public IEnumerable<string> Lines => Findings.Select(finding => $"{finding.Kind} {finding.Rule} {finding.Line} {finding.Field}".ToLowerInvariant().TrimEnd());

    public IEnumerable<Finding> Rejects => Findings.Where(finding => finding.Kind == FindingKind.Reject);

    /// <summary>Returns the only finding about a field of a line.</summary>
    public Finding Find(string field, int line) => Assert.Single(Findings, finding => finding.Field == field && finding.Line == line);

    public string[] Companies(long id) => [.. Movies[id].Companies.Select(company => company.Name)];

    public string[] Genres(long id) => [.. Movies[id].Genres.Select(genre => genre.Name)];

    /// <summary>Checks that the movies around the tested ones are the same as in a plain file.</summary>
    public void AssertGenerated(CaseFile file)
    {
        for (var id = 1; id <= file.Generated; id++)
        {
            var row = CaseFile.Row(id);
            Assert.Equal((row["title"], row["release_date"], row["budget"], row["revenue"]), Describe(Movies[id]));
            Assert.Equal(2, Movies[id].Companies.Count);
        }

        static (string?, string?, string, string) Describe(Movie movie) => (movie.Title, $"{movie.ReleaseDate:yyyy-MM-dd}", $"{movie.Budget}", $"{movie.Revenue}");
    }
}
