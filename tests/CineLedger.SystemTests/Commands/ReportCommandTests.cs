using System.Text.Json;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

public sealed class ReportCommandTests(LoadedWorkspace loaded) : IClassFixture<LoadedWorkspace>
{
    private readonly Workspace _workspace = loaded.Workspace;

    public static TheoryData<string, string> ReportColumns => new()
    {
        { "companies", "year,company,releases,budget,revenue,profit,matched_profit,popularity,budget_known,revenue_known,profit_known" },
        { "genres", "year,genre,rank,releases,popularity,budget,revenue,profit,matched_profit,budget_known,revenue_known,profit_known" },
        { "company-genres", "year,company,genre,releases,company_releases" },
    };

    [Theory]
    [MemberData(nameof(ReportColumns))]
    public async Task Every_format_contains_the_same_rows_under_the_documented_columns(string report, string columns)
    {
        var csv = await _workspace.RunSuccessfullyAsync("report", report, "--format", "csv");
        Assert.Empty(csv.Error);
        Assert.Equal(columns, csv.OutputLines[0]);
        var rows = csv.OutputLines.Length - 1;
        Assert.InRange(rows, 300, 20_000);

        var ndjson = await _workspace.RunSuccessfullyAsync("report", report, "--format", "ndjson");
        Assert.Equal(rows, ndjson.OutputLines.Length);
        Assert.All(ndjson.OutputLines, line => JsonDocument.Parse(line).Dispose());
        using var json = JsonDocument.Parse((await _workspace.RunSuccessfullyAsync("report", report, "--format", "json")).Output);
        Assert.Equal(rows, json.RootElement.GetProperty("data").GetArrayLength());
        Assert.Equal(1, json.RootElement.GetProperty("meta").GetProperty("snapshot").GetInt32());
        var markdown = await _workspace.RunSuccessfullyAsync("report", report, "--format", "md");
        Assert.Equal(rows, markdown.OutputLines.Count(line => line.StartsWith("| ", StringComparison.Ordinal) || line.StartsWith('|')) - 2);
        var table = await _workspace.RunSuccessfullyAsync("report", report, "--format", "table");
        Assert.Contains("SYNTHETIC", table.Output, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{rows:N0} rows"), table.Output, StringComparison.Ordinal);
        Assert.Equal(table.Output, (await _workspace.RunSuccessfullyAsync("report", report)).Output);
        var parquet = await _workspace.RunSuccessfullyAsync("report", report, "--format", "parquet");
        Assert.True(parquet.OutputBytes.AsSpan().StartsWith("PAR1"u8) && parquet.OutputBytes.AsSpan().EndsWith("PAR1"u8));
    }

    [Theory]
    [InlineData("csv", "csv")]
    [InlineData("json", "json")]
    [InlineData("ndjson", "ndjson")]
    [InlineData("jsonl", "ndjson")]
    [InlineData("md", "md")]
    [InlineData("txt", "table")]
    [InlineData("parquet", "parquet")]
    [InlineData("arrow", "arrow")]
    [InlineData("feather", "arrow")]
    [InlineData("xlsx", "xlsx")]
    public async Task The_file_extension_selects_the_format(string extension, string format)
    {
        var printed = await _workspace.RunSuccessfullyAsync("report", "genres", "--format", format);
        var written = await _workspace.RunSuccessfullyAsync("report", "genres", "--output", $"genres.{extension}");
        Assert.Empty(written.OutputBytes);
        Assert.Equal(printed.OutputBytes, await File.ReadAllBytesAsync(_workspace.GetPath($"genres.{extension}"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_format_option_overrides_the_extension()
    {
        await _workspace.RunSuccessfullyAsync("report", "genres", "--output", "odd.json", "--format", "csv");
        Assert.StartsWith("year,genre,", await File.ReadAllTextAsync(_workspace.GetPath("odd.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Years_names_order_and_limit_select_the_rows()
    {
        var rows = await RowsAsync("report", "genres", "--from", "1990", "--to", "1999", "--genre", "Drama", "--genre", "Comedy", "--order", "revenue:desc", "--limit", "5");
        Assert.Equal(5, rows.Length);
        Assert.All(rows, row => Assert.InRange(row.GetProperty("year").GetInt32(), 1990, 1999));
        Assert.All(rows, row => Assert.Contains(row.GetProperty("genre").GetString(), (string[])["Drama", "Comedy"]));
        var revenues = rows.Select(row => row.GetProperty("revenue").GetInt64()).ToArray();
        Assert.Equal(revenues.OrderDescending(), revenues);
    }

    [Fact]
    public async Task Equal_shares_add_up_to_no_more_than_full_ones()
    {
        async Task<long> Total(string share) => (await RowsAsync("report", "genres", "--share", share))
            .Sum(row => row.GetProperty("budget") is { ValueKind: JsonValueKind.Number } budget ? budget.GetInt64() : 0);
        Assert.InRange(await Total("equal"), 1, await Total("full") - 1);
    }

    [Theory]
    [InlineData("--aggregate", "avg")]
    [InlineData("--aggregate", "median")]
    [InlineData("--popularity", "vote_average")]
    [InlineData("--popularity", "vote_count")]
    [InlineData("--popularity", "weighted")]
    public async Task Every_calculation_option_gives_the_same_rows_with_different_numbers(string option, string value)
    {
        var plain = await RowsAsync("report", "companies");
        var other = await RowsAsync("report", "companies", option, value);
        Assert.Equal(plain.Length, other.Length);
        Assert.NotEqual(string.Concat(plain), string.Concat(other));
    }

    [Fact]
    public async Task An_unknown_name_is_refused_with_similar_names()
    {
        var report = await _workspace.RunAsync("report", "genres", "--genre", "Drma", "--format", "csv");
        Assert.Equal(2, report.ExitCode);
        Assert.Empty(report.Output);
        Assert.Contains("--genre: there is no genre 'Drma'. Did you mean 'Drama' (", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_are_filtered_by_rule_kind_file_movie_and_limit()
    {
        var all = await RowsAsync("findings");
        Assert.All(await RowsAsync("findings", "--rule", "split-record"), row => Assert.Equal("split-record", row.GetProperty("rule").GetString()));
        Assert.Equal(3, (await RowsAsync("findings", "--rule", "split-record")).Length);
        foreach (var kind in (string[])["repair", "reject", "drop", "flag"])
        {
            var expected = all.Count(row => row.GetProperty("kind").GetString() == kind);
            Assert.NotEqual(0, expected);
            Assert.Equal(expected, (await RowsAsync("findings", "--kind", kind)).Length);
        }

        foreach (var file in (string[])["movies_metadata.csv", "links.csv"])
        {
            var expected = all.Count(row => row.GetProperty("file").GetString() == file);
            Assert.NotEqual(0, expected);
            Assert.Equal(expected, (await RowsAsync("findings", "--file", file)).Length);
        }

        Assert.Empty(await RowsAsync("findings", "--file", "keywords.csv"));
        var movie = all.First(row => row.GetProperty("file").GetString() == "movies_metadata.csv").GetProperty("movieId").GetInt64();
        Assert.All(await RowsAsync("findings", "--movie", $"{movie}"), row => Assert.Equal(movie, row.GetProperty("movieId").GetInt64()));
        Assert.Equal(2, (await RowsAsync("findings", "--limit", "2")).Length);
        Assert.Equal(all.Length, (await RowsAsync("findings", "--snapshot", "1")).Length);
    }

    [Fact]
    public async Task Snapshots_can_be_listed_and_compared_and_a_movies_history_shown()
    {
        var list = await RowsAsync("snapshots", "list", "--store", "clean.duckdb");
        Assert.Equal([2, 1], list.Select(row => row.GetProperty("snapshotId").GetInt32()));
        Assert.Equal((1, 1, 1), (Number(list[0], "added"), Number(list[0], "changed"), Number(list[0], "removed")));

        var diff = await _workspace.RunSuccessfullyAsync("snapshots", "diff", "1", "2", "--store", "clean.duckdb", "--format", "csv");
        Assert.Contains("From snapshot 1 to 2: 1 added, 1 changed, 1 removed.", diff.Error, StringComparison.Ordinal);
        Assert.Contains("Rumored", diff.Output, StringComparison.Ordinal);

        var history = await RowsAsync("snapshots", "history", loaded.ChangedId, "--store", "clean.duckdb");
        Assert.Contains(history, row => row.ToString().Contains("Rumored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closed_pipe_is_not_an_error()
    {
        var head = await _workspace.RunShellAsync("set -o pipefail; cineledger report companies --format csv | head -1");
        Assert.Equal(0, head.ExitCode);
        Assert.Empty(head.Error);
        Assert.Single(head.OutputLines);
    }

    private static int Number(JsonElement row, string name) => row.GetProperty(name).GetInt32();

    private async Task<JsonElement[]> RowsAsync(params string[] arguments) =>
        [.. (await _workspace.RunSuccessfullyAsync([.. arguments, "--format", "ndjson"])).OutputLines.Select(line => JsonElement.Parse(line))];
}
