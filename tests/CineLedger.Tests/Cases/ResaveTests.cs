using CineLedger.Cleaning;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CsCheck;

namespace CineLedger.Tests.Cases;

/// <summary>
/// Saves a clean dataset again in random ways. Every value must be the same afterwards, or unknown with a finding about its column; never another value.
/// CsCheck prints the seed of a failure; <c>CsCheck_Seed=…</c> repeats it, <c>CsCheck_Time=N</c> runs for N seconds.
/// </summary>
public sealed class ResaveTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private int _files;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_resaved_dataset_has_the_same_values_or_says_why_not() =>
        await Gen.Select(Resave.Any, CreateMovies(Gen.Int[2, 25])).SampleAsync((Resave resave, CleanMovie[] movies) => CheckAsync(resave, movies), iter: 600, threads: 2);

    /// <summary>If the text is unambiguous, nothing is lost.</summary>
    [Fact]
    public async Task A_dataset_resaved_without_ambiguity_is_the_same() =>
        await Gen.Select(Resave.Any.Select(MakeClear), CreateMovies(Gen.Int[60, 80])).SampleAsync(
            async (resave, movies) =>
            {
                var findings = await CheckAsync(resave, movies);
                Assert.True(findings.TrueForAll(finding => finding.Kind is FindingKind.Repair or FindingKind.Flag), $"{resave}: {string.Join('\n', findings)}");
            }, iter: 150, threads: 2);

    private static Gen<CleanMovie[]> CreateMovies(Gen<int> counts) =>
        counts.SelectMany(count => Gen.Select(CleanMovie.Any(0).Array[count], movies => movies.Select((movie, i) => movie with { Id = 900_001 + i }).ToArray()));

    /// <summary>Two-digit years do not show the century, and a point between thousands may be a decimal point in a column of small numbers.</summary>
    private static Resave MakeClear(Resave resave) => resave with
    {
        DateStyle = resave.DateStyle.Contains("yyyy", StringComparison.Ordinal) ? resave.DateStyle : "yyyy-MM-dd",
        AmountStyle = resave.AmountStyle == "#.0" ? "0" : resave.AmountStyle,
        HasDecimalCommas = false,
    };

    private async Task<List<Finding>> CheckAsync(Resave resave, CleanMovie[] movies)
    {
        // Hyphens are part of many names. Only several genres, whose names are known, show that they separate names.
        if (resave.ListStyle == "-" && !(resave.Columns.Contains("genres") && movies.Any(movie => movie.Genres.Length > 1)))
        {
            resave = resave with { ListStyle = "|" };
        }

        var path = Path.Combine(_folder.FullName, $"{Interlocked.Increment(ref _files)}.csv");
        await File.WriteAllBytesAsync(path, resave.Write(movies));
        var (read, findings) = await ReadAsync(path);
        foreach (var movie in movies)
        {
            Assert.True(read.ContainsKey(movie.Id), $"{resave}: {movie.Id} is missing: {string.Join('\n', findings)}");
            foreach (var (column, expected, actual) in Compare(movie, read[movie.Id]))
            {
                var isReported = actual.Length == 0 && findings.Exists(finding => finding.Field == column && (finding.MovieId is null || finding.MovieId == movie.Id));
                Assert.True(
                    resave.Columns.Contains(column) ? actual == expected || isReported : actual.Length == 0,
                    $"{resave}\n{column} of {movie.Id}: '{actual}' in place of '{expected}'\n{string.Join('\n', findings)}\n{File.ReadAllText(path, resave.Encoding)}");
            }
        }

        File.Delete(path);
        Assert.Equal(movies.Length, read.Count);
        return findings;
    }

    private static IEnumerable<(string Column, string Expected, string Actual)> Compare(CleanMovie expected, Movie actual) =>
    [
        ("title", expected.Title, actual.Title ?? ""),
        ("overview", expected.Overview, actual.Overview ?? ""),
        ("release_date", $"{expected.Date:yyyy-MM-dd}", $"{actual.ReleaseDate:yyyy-MM-dd}"),
        ("budget", Describe(expected.Budget), $"{actual.Budget}"),
        ("revenue", Describe(expected.Revenue), $"{actual.Revenue}"),
        ("runtime", Describe(expected.Runtime), $"{actual.Runtime}"),
        ("popularity", $"{expected.Popularity:0.######}", $"{actual.Popularity:0.######}"),
        ("vote_average", $"{expected.VoteAverage:0.######}", $"{actual.VoteAverage:0.######}"),
        ("vote_count", $"{expected.VoteCount}", $"{actual.VoteCount}"),
        ("genres", string.Join('/', expected.Genres), string.Join('/', actual.Genres.Select(genre => genre.Name))),
        ("production_companies", string.Join('/', expected.Companies), string.Join('/', actual.Companies.Select(company => company.Name))),
    ];

    private static string Describe(long amount) => amount == 0 ? "" : $"{amount}";

    private static async Task<(Dictionary<long, Movie> Movies, List<Finding> Findings)> ReadAsync(string path)
    {
        await using var dataset = await SourceOpener.OpenAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        var (movies, findings, tallies) = (new Dictionary<long, Movie>(), new List<Finding>(), new List<SpreadsheetFindings>());
        await foreach (var batch in new MoviePipeline(dataset, dataset.GetRequired(DatasetFiles.Movies)).ReadAsync(TestContext.Current.CancellationToken))
        {
            findings.AddRange(batch.Findings);
            tallies.Add(batch.Spreadsheet);
            foreach (var (movie, _) in batch.Items)
            {
                movies.Add(movie.Id, movie);
            }
        }

        return (movies, [.. findings, .. SpreadsheetFindings.Merge(tallies)]);
    }
}
