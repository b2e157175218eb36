using System.Text;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

/// <summary>The commands that import, export, list and check studios, and the option of loads.</summary>
public sealed class StudiosCommandTests(Datasets datasets) : IDisposable
{
    private const string Header = "studio,company,from,to,source\n";
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_sample_has_studios_and_an_export_is_imported_without_a_change()
    {
        var load = await _workspace.RunSuccessfullyAsync("load", datasets.Small);
        Assert.Matches(@"Studios    15 lines \(studios\.csv of the dataset\), 1[0-9] companies of the dataset under 4 studios", load.Error);
        var list = await _workspace.RunSuccessfullyAsync("studios", "list", "--format", "csv");
        Assert.Equal(["Gannet Group", "Halyard Group", "Ostler Group", "Pennywhistle Group"], list.OutputLines.Skip(1).Select(line => line.Split(',')[0]).Order(StringComparer.Ordinal));

        await _workspace.RunSuccessfullyAsync("studios", "export", "--output", "list.csv");
        var exported = await File.ReadAllTextAsync(_workspace.GetPath("list.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(exported, (await _workspace.RunSuccessfullyAsync("studios", "export", "--snapshot", "1")).Output);
        Assert.Contains("Nothing changed: snapshot 1 has the same list of studios, 15 lines.", (await _workspace.RunSuccessfullyAsync("studios", "import", "list.csv")).Error, StringComparison.Ordinal);
        Assert.Contains("Snapshot 2 has no studios.", (await _workspace.RunSuccessfullyAsync("studios", "import", "none")).Error, StringComparison.Ordinal);
        Assert.Equal("studio,company,from,to,source\r\n", (await _workspace.RunSuccessfullyAsync("studios", "export")).Output);
        var piped = await _workspace.RunAsync(["studios", "import", "-"], new MemoryStream(Encoding.UTF8.GetBytes(exported)));
        Assert.Matches(@"Snapshot 3: 15 lines \(standard input\), 1[0-9] companies under 4 studios\.", piped.Error);
        Assert.Equal(exported, (await _workspace.RunSuccessfullyAsync("studios", "export")).Output);
        Assert.Contains("(bundled studios.csv)", (await _workspace.RunSuccessfullyAsync("studios", "import")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_problem_is_one_line_and_nothing_is_imported()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Small);
        _workspace.Write("bad.csv", Header + string.Concat(Enumerable.Range(1, 60).Select(i => $"Studio,Company {i},x,,unsourced\n")));
        var import = await _workspace.RunAsync("studios", "import", "bad.csv");
        var lines = import.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((1, 52, ""), (import.ExitCode, lines.Length, import.Output));
        Assert.Equal("line 2: 'x' is not a date; use 2006-05-05, 2006-05 or 2006.", lines[0]);
        Assert.Equal("… and 10 more", lines[50]);
        Assert.StartsWith("cineledger: bad.csv has 60 problems", lines[51], StringComparison.Ordinal);

        var check = await _workspace.RunAsync("studios", "check", "bad.csv");
        Assert.Equal((1, 60), (check.ExitCode, check.OutputLines.Count(line => line.Contains("is not a date", StringComparison.Ordinal))));
        Assert.Equal(1, (await _workspace.RunAsync("studios", "import", "absent.csv")).ExitCode);
        Assert.StartsWith("1,", (await _workspace.RunSuccessfullyAsync("snapshots", "list", "--format", "csv")).OutputLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_names_are_refused_unless_they_are_allowed()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Small);
        _workspace.Write("unknown.csv", Header + "Studio,No Such Company At All,,,unsourced\n");
        Assert.Contains("line 2: 'No Such Company At All' is not a company of the ledger", Workspace.OneLine(await _workspace.RunAsync("studios", "import", "unknown.csv"), 1), StringComparison.Ordinal);
        var check = await _workspace.RunAsync("studios", "check", "unknown.csv");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("Unknown     1 (names that are not companies of the ledger)", check.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _workspace.RunAsync("studios", "check", "unknown.csv", "--allow-unknown")).ExitCode);
        Assert.Contains("Names that are not companies of the ledger: 1.", (await _workspace.RunSuccessfullyAsync("studios", "import", "unknown.csv", "--allow-unknown")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _workspace.RunAsync("studios", "check")).ExitCode);
    }

    [Fact]
    public async Task A_list_is_checked_without_a_ledger_too()
    {
        _workspace.Write("list.csv", Header + "Studio,A,,,unsourced\n");
        var check = await _workspace.RunSuccessfullyAsync("studios", "check", "list.csv");
        Assert.Contains("Lines       1, 1 of them unsourced; 1 studios", check.Output, StringComparison.Ordinal);
        Assert.Contains("unknown, because there is no ledger", check.Output, StringComparison.Ordinal);
        Workspace.OneLine(await _workspace.RunAsync("studios", "check"), 1);
    }

    [Fact]
    public async Task Check_and_suggest_show_what_is_not_covered()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        var check = await _workspace.RunSuccessfullyAsync("studios", "check");
        foreach (var part in (string[])["under a studio", "only independent companies", "no company of the list", "covered only by unsourced lines", "of the 500 with the highest revenue"])
        {
            Assert.Contains(part, check.Output, StringComparison.Ordinal);
        }

        Assert.Equal(10, check.OutputLines.SkipWhile(line => !line.StartsWith("Unassigned", StringComparison.Ordinal)).Skip(1).Count());
        var largest = check.OutputLines.SkipWhile(line => !line.StartsWith("Unassigned", StringComparison.Ordinal)).ElementAt(1);
        var suggest = await _workspace.RunSuccessfullyAsync("studios", "suggest", "--limit", "1", "--format", "csv");
        Assert.StartsWith(suggest.OutputLines[1].Split(',')[0].Trim('"'), largest.Trim(), StringComparison.Ordinal);
        Workspace.OneLine(await _workspace.RunAsync("studios", "suggest", "--limit", "0"), 2);
    }

    [Fact]
    public async Task A_load_replaces_the_list_or_stops_before_it_reads_the_source()
    {
        _workspace.Write("bad.csv", Header + "Studio,A,x,,unsourced\n");
        _workspace.Write("good.csv", Header + "Studio,A,,,unsourced\n");
        Assert.Contains("bad.csv, line 2: 'x' is not a date", Workspace.OneLine(await _workspace.RunAsync("load", "absent.zip", "--studios", "bad.csv"), 1), StringComparison.Ordinal);
        Assert.False(File.Exists(_workspace.Store));
        Assert.Contains("Studios    1 line (good.csv), 0 companies", (await _workspace.RunSuccessfullyAsync("load", datasets.Small, "--studios", "good.csv")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Studios", (await _workspace.RunSuccessfullyAsync("load", datasets.Small)).Error, StringComparison.Ordinal);
        Assert.Contains("Studios    none", (await _workspace.RunSuccessfullyAsync("load", datasets.Small, "--studios", "none")).Error, StringComparison.Ordinal);
        Assert.Contains("Studios    none", (await _workspace.RunSuccessfullyAsync("up", "--no-serve", "--studios", "none", "--store", "up.duckdb")).Error, StringComparison.Ordinal);
        Assert.Contains("requires --load-every", Workspace.OneLine(await _workspace.RunAsync("serve", "--studios", "none"), 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_of_lines_and_unknown_names_are_printed_together_in_order_of_lines()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Small);
        _workspace.Write("bad.csv", Header + "Studio,No Such Company,,,unsourced\nStudio,B,2000,1999,unsourced\nStudio,No Such Name,,,unsourced\n");
        var import = await _workspace.RunAsync("studios", "import", "bad.csv");
        Assert.Equal(1, import.ExitCode);
        Assert.Equal(
            ["line 2: 'No Such Company'", "line 3: the ownership", "line 4: 'No Such Name'", "cineledger: bad.csv has 3 problems"],
            import.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Zip([25, 21, 22, 34], (line, length) => line[..length]));
    }

    public void Dispose() => _workspace.Dispose();
}
