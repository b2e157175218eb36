using System.Text;
using CineLedger.Cleaning.Lists;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Cleaning;

/// <summary>Tests the cleaning of credits.csv.</summary>
public sealed class CreditTests
{
    private const string Actor =
        "{'cast_id': 14, 'character': 'Woody (voice)', 'credit_id': '52fe', 'gender': 2, 'id': 31, 'name': 'Tom Hanks', 'order': 0, 'profile_path': '/p.jpg'}";

    private const string Worker =
        "{'credit_id': '52fe', 'department': 'Directing', 'gender': 2, 'id': 7879, 'job': 'Director', 'name': 'John Lasseter', 'profile_path': None}";

    [Theory]
    [InlineData(Actor)]
    [InlineData("{'cast_id': 14, 'character': \"Woody (voice)\", 'credit_id': '52fe', 'gender': 2, 'id': 31, 'name': ' Tom Hanks ', 'order': 0, 'profile_path': None}")]
    [InlineData("{\"order\":0,\"name\":\"Tom Hanks\",\"id\":31,\"character\":\"Woody \\u0028voice\\u0029\"}")]
    [InlineData("{'id': 31, 'name': '\\x54om Hanks', 'order': 0, 'character': 'Woody (voice)', 'other': [{'id': 7}]}")]
    public async Task A_person_is_the_same_however_the_list_is_written(string actor)
    {
        var (lists, findings) = await ReadAsync(Row($"[{actor}]", $"[{Worker}]"));
        Assert.Empty(findings);
        var (expected, _) = await ReadAsync(Row($"[{Actor}]", $"[{Worker}]"));
        Assert.Equal([new Credit(31, "Tom Hanks", true, null, null, "Woody (voice)"), new(7879, "John Lasseter", false, "Director", "Directing", null)], lists[0].Items);
        Assert.Equal(expected[0].Hash, lists[0].Hash);
    }

    [Fact]
    public async Task The_cast_is_in_billing_order_and_the_crew_as_listed()
    {
        var (lists, _) = await ReadAsync(Row(
            "[{'id': 1, 'name': 'c'}, {'id': 2, 'name': 'b', 'order': 5}, {'id': 3, 'name': 'a', 'order': 1}, {'id': 4, 'name': 'b2', 'order': 5}]",
            "[{'id': 6, 'name': 'y', 'order': 9}, {'id': 5, 'name': 'x', 'order': 1}]"));
        Assert.Equal(["a", "b", "b2", "c", "y", "x"], lists[0].Items.Select(credit => credit.Name));
    }

    [Fact]
    public async Task The_fingerprint_of_a_cast_ignores_list_order_and_changes_with_any_text()
    {
        const string Listed = "[{'id': 1, 'name': 'ab', 'character': 'c', 'order': 0}, {'id': 2, 'name': 'd', 'order': 1}]";
        const string Backwards = "[{'id': 2, 'name': 'd', 'order': 1}, {'id': 1, 'name': 'ab', 'character': 'c', 'order': 0}]";
        var crew = $"[{Worker}]";
        var hash = await HashAsync(Listed, crew);
        Assert.Equal(hash, await HashAsync(Backwards, crew));

        // The same bytes divided differently between fields, another order, and another id. The set below also has cast and crew swapped.
        string[] others =
        [
            Listed.Replace("'ab', 'character': 'c'", "'a', 'character': 'bc'", StringComparison.Ordinal),
            Listed.Replace("'ab', 'character': 'c'", "'abc'", StringComparison.Ordinal),
            Listed.Replace("'order': 0", "'order': 2", StringComparison.Ordinal),
            Listed.Replace("'id': 2", "'id': 3", StringComparison.Ordinal),
        ];
        Assert.All(others, other => Assert.NotEqual(Listed, other));
        var hashes = new HashSet<long> { hash, await HashAsync("[]", "[{'id': 1, 'name': 'x'}]"), await HashAsync("[{'id': 1, 'name': 'x'}]", "[]") };
        foreach (var other in others)
        {
            Assert.True(hashes.Add(await HashAsync(other, crew)), other);
        }

        Assert.Equal(7, hashes.Count);

        static async Task<long> HashAsync(string cast, string crew) => Assert.Single((await ReadAsync(Row(cast, crew))).Lists).Hash;
    }

    [Theory]
    [InlineData("[{'id': 31, 'name': 'Tom", "a string is not closed at character 25")]
    [InlineData("[{'name': 'Tom Hanks'}]", "no id in the dict at character 2")]
    [InlineData("[{'id': 31, 'name': 'a\\x00b'}]", "a NUL in the dict at character 2")]
    [InlineData("{'id': 31}", "not a list")]
    public async Task A_broken_list_is_a_finding_and_the_other_list_is_kept(string cast, string problem)
    {
        var (lists, findings) = await ReadAsync(Row(cast, $"[{Worker}]"));
        Assert.Equal(new Finding(FindingKind.Reject, Rules.InvalidList, DatasetFiles.Credits, 2, 862, "cast", $"{cast} ({problem})"), Assert.Single(findings));
        Assert.Equal("John Lasseter", Assert.Single(lists[0].Items).Name);
    }

    [Fact]
    public async Task A_broken_record_is_joined_and_a_ragged_one_refused()
    {
        var (lists, findings) = await ReadAsync("cast,crew,id\n[]\n,[],1\n\n[],[]\n[],[],2\n[],[],x\n");
        Assert.Equal([1, 2], lists.Select(list => list.MovieId));
        Assert.Equal(
            [(FindingKind.Repair, Rules.SplitRecord, 2), (FindingKind.Reject, Rules.WrongColumnCount, 5), (FindingKind.Reject, Rules.InvalidId, 7)],
            findings.Select(finding => (finding.Kind, finding.Rule, finding.Line)));
    }

    private static string Row(string cast, string crew) => $"cast,crew,id\n{CsvText.Quote(cast)},{CsvText.Quote(crew)},862\n";

    private static async Task<(List<MovieItems<Credit>> Lists, List<Finding> Findings)> ReadAsync(string text)
    {
        var dataset = new MemoryDataset((DatasetFiles.Credits, Encoding.UTF8.GetBytes(text))) { Address = "memory" };
        var pipeline = new ListPipeline<Credit>(
            dataset, CreditsCleaner.ReadColumns, (columns, file) => new CreditsCleaner(columns, file));
        var (lists, findings) = (new List<MovieItems<Credit>>(), new List<Finding>());
        await foreach (var batch in pipeline.ReadAsync(dataset.GetRequired(DatasetFiles.Credits), TestContext.Current.CancellationToken))
        {
            lists.AddRange(batch.Items);
            findings.AddRange(batch.Findings);
        }

        return (lists, findings);
    }
}
