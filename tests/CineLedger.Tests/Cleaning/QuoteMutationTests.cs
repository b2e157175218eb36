using System.Globalization;
using System.IO.Compression;
using System.Text;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Samples;
using CineLedger.Sources;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Cleaning;

/// <summary>
/// Changes one quote in one of several records, thousands of times: no movie may disappear without an error, or a rejected record whose text shows it.
/// <c>CINELEDGER_TEST_MUTATIONS=N</c> makes N changes, <c>CINELEDGER_TEST_SEED=N</c> other ones.
/// </summary>
public sealed class QuoteMutationTests(ITestOutputHelper output)
{
    private const int RecordsPerFile = 12;

    private static readonly int Mutations = int.TryParse(Environment.GetEnvironmentVariable("CINELEDGER_TEST_MUTATIONS"), out var number) ? number : 2_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_movie_of_the_real_dataset_disappears_silently()
    {
        RealData.RealData.SkipIfMissing(RealData.RealData.Head);
        await using var zip = File.OpenRead(RealData.RealData.Find(RealData.RealData.Head)!);
        await CheckAsync(zip, seed: 1);
    }

    [Fact]
    public async Task No_movie_of_a_generated_dataset_disappears_silently()
    {
        using var zip = new MemoryStream();
        await SampleWriter.WriteAsync(new SampleOptions { Movies = 600, Seed = 5, Ratings = 0 }, zip, Cancel);
        zip.Position = 0;
        await CheckAsync(zip, seed: 2);
    }

    private async Task CheckAsync(Stream zip, int seed)
    {
        var (header, records) = await ReadRecordsAsync(zip);
        var random = new Random(TestSeed.Create(seed));
        var (lost, refused, rejected) = (0, 0, 0);
        for (var i = 0; i < Mutations; i++)
        {
            var first = random.Next(records.Count - RecordsPerFile);
            var slice = records.GetRange(first, RecordsPerFile);
            var (expected, _) = await ReadAsync($"{header}\n{string.Join('\n', slice)}\n");
            var damaged = random.Next(RecordsPerFile);
            slice[damaged] = Mutate(slice[damaged], random);
            var text = $"{header}\n{string.Join('\n', slice)}\n";
            try
            {
                var (movies, findings) = await ReadAsync(text);
                var missing = expected.Except(movies).ToList();
                lost += missing.Count;
                rejected += missing.Count > 0 ? 1 : 0;
                var rejects = findings.Where(finding => Rules.Find(finding.Rule) is { CostsRecord: not null });
                var evidence = RemoveQuotes(string.Concat(rejects.Select(finding => finding.Value)));
                foreach (var id in missing)
                {
                    Assert.True(
                        evidence.Contains($",{id.ToString(CultureInfo.InvariantCulture)},", StringComparison.Ordinal),
                        $"mutation {i} of seed {seed}: the movie {id} disappeared in\n{text}\n{string.Join('\n', findings)}");
                }
            }
            catch (LedgerException)
            {
                refused++;
            }
        }

        output.WriteLine($"{Mutations} mutations: {refused} files refused, {rejected} with rejected records that cost {lost} movies");
    }

    /// <summary>Removes quotes and line breaks, with which a change may have cut the ID itself.</summary>
    private static string RemoveQuotes(string text) => string.Concat(text.Split('"', '\'', '\n'));

    private static string Mutate(string record, Random random)
    {
        var quotes = Enumerable.Range(0, record.Length).Where(at => record[at] is '"' or '\'').ToList();
        var at = quotes.Count > 0 ? quotes[random.Next(quotes.Count)] : 0;
        var place = random.Next(record.Length + 1);
        return random.Next(7) switch
        {
            0 => record.Remove(at, 1),
            1 => record.Insert(place, "\""),
            2 => record.Replace("\"", "", StringComparison.Ordinal),
            3 => record.Insert(at, record[at].ToString()),
            4 => record.Remove(at, 1).Insert(at, record[at] == '"' ? "'" : "\""),
            5 => record.Insert(place, "'"),
            _ => record.Insert(place, "\"\n"),
        };
    }

    private static async Task<(HashSet<long> Movies, List<Finding> Findings)> ReadAsync(string text)
    {
        var dataset = MemoryDataset.Create(text);
        var pipeline = new MoviePipeline(dataset, dataset.Files[0]);
        var (movies, findings) = (new HashSet<long>(), new List<Finding>());
        await foreach (var batch in pipeline.ReadAsync(Cancel))
        {
            movies.UnionWith(batch.Items.Select(item => item.Movie.Id));
            findings.AddRange(batch.Findings);
        }

        return (movies, findings);
    }

    /// <summary>Returns the header and the records that take one line, as most do.</summary>
    private static async Task<(string Header, List<string> Records)> ReadRecordsAsync(Stream zip)
    {
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read);
        using var reader = new StreamReader(await archive.GetEntry(DatasetFiles.Movies)!.OpenAsync(Cancel), Encoding.UTF8);
        var lines = (await reader.ReadToEndAsync(Cancel)).Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        return (lines[0], [.. lines.Skip(1).Where(IsRecord)]);
    }

    private static bool IsRecord(string line) =>
        (line.StartsWith("True,", StringComparison.Ordinal) || line.StartsWith("False,", StringComparison.Ordinal))
        && char.IsAsciiDigit(line[^1]) && line.Count(letter => letter == '"') % 2 == 0;
}
