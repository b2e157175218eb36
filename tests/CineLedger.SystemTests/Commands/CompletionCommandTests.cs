using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

/// <summary>The completion of command lines, by bash itself.</summary>
public sealed class CompletionCommandTests(SearchedWorkspace searched) : IClassFixture<SearchedWorkspace>
{
    private const string Setup =
        """
        set -u
        source <(cineledger completion bash)
        words() { COMP_LINE=$1; COMP_POINT=${#1}; COMP_WORDS=("${@:2}"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _cineledger; printf '%s\n' "${COMPREPLY[@]+"${COMPREPLY[@]}"}"; }

        """;

    private readonly Workspace _workspace = searched.Workspace;

    /// <summary>A line up to the cursor, its words as bash breaks them, and what is offered.</summary>
    public static TheoryData<string, string, string[]> Lines => new()
    {
        { "cineledger rep", "cineledger rep", ["report"] },
        { "cineledger REP", "cineledger REP", ["report"] },
        { "cineledger report ", "cineledger report ''", ["all", "companies", "company-genres", "genres", "studios"] },
        { "cineledger snapshots re", "cineledger snapshots re", ["revert"] },
        { "cineledger report genres --sha", "cineledger report genres --sha", ["--share"] },
        { "cineledger report genres --share ", "cineledger report genres --share ''", ["equal", "full"] },
        { "cineledger report genres --share full --sha", "cineledger report genres --share full --sha", [] },
        { "cineledger report genres --format j", "cineledger report genres --format j", ["json"] },
        { "cineledger query --by year,gen", "cineledger query --by year,gen", ["year,genre"] },
        { "cineledger query --measure rev", "cineledger query --measure rev", ["revenue"] },
        { "cineledger query --where gen", "cineledger query --where gen", ["genre="] },
        { "cineledger query --where genre=ad", "cineledger query --where genre = ad", ["Adventure"] },
        { "cineledger report genres --genre d", "cineledger report genres --genre d", ["Drama"] },
        { "cineledger report companies --company vict", "cineledger report companies --company vict", [@"Victoires\ Productions"] },
        { "cineledger report companies --company Victoires\\ Pr", "cineledger report companies --company 'Victoires\\ Pr'", [@"Victoires\ Productions"] },
        { "cineledger report companies --company \"Victoires Pr", "cineledger report companies --company '\"Victoires Pr'", ["Victoires Productions"] },
        { "cineledger report companies --company=Luc", "cineledger report companies --company = Luc", ["Lucasfilm"] },
        { "cineledger report studios --studio L", "cineledger report studios --studio L", ["Lucasfilm"] },
        { "cineledger completion ", "cineledger completion ''", ["bash", "fish", "pwsh", "zsh"] },
        { "cineledger nothing --x", "cineledger nothing --x", [] },
        { "cineledger report genres --store absent.duckdb --genre d", "cineledger report genres --store absent.duckdb --genre d", [] },
    };

    [Fact]
    public async Task Bash_offers_commands_options_values_and_names()
    {
        var script = Setup + string.Concat(Lines.Select(row => $"echo \"> {row.Data.Item1.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"\n"
            + $"words '{row.Data.Item1}' {row.Data.Item2}\n"));
        var result = await _workspace.RunShellAsync(script);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var expected = string.Concat(Lines.Select(row => $"> {row.Data.Item1}\n{(row.Data.Item3.Length == 0 ? "\n" : string.Concat(row.Data.Item3.Select(word => $"{word}\n")))}"));
        Assert.Equal(expected, result.Output);
    }

    [Fact]
    public async Task A_tab_completes_a_name_in_an_interactive_bash()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script of util-linux is not installed");
        _workspace.Write("keys.txt", "source <(cineledger completion bash)\ncineledger mov\t--company vict\t--form\tcsv --out\tfound.csv\nexit\n");
        var result = await _workspace.RunShellAsync("TERM=dumb script -qec 'bash --norc --noprofile -i' /dev/null < keys.txt");
        var found = await File.ReadAllTextAsync(_workspace.GetPath("found.csv"), TestContext.Current.CancellationToken);
        Assert.True(found.Contains("Amélie", StringComparison.Ordinal) && !found.Contains("Star Wars", StringComparison.Ordinal), result.Output);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Every_script_is_accepted_by_its_shell(string shell)
    {
        var script = await _workspace.RunSuccessfullyAsync("completion", shell);
        Assert.Contains("cineledger complete", script.Output, StringComparison.Ordinal);
        Assert.SkipUnless((await _workspace.RunShellAsync($"command -v {shell}")).ExitCode == 0, $"{shell} is not installed");
        _workspace.Write($"completion.{shell}", script.Output);
        var check = await _workspace.RunShellAsync(shell == "pwsh" ? "pwsh -NoProfile -File completion.pwsh" : $"{shell} -n completion.{shell}");
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
    }

    [Fact]
    public async Task An_unknown_shell_is_refused() =>
        Assert.Contains("'tcsh' is not one of bash, zsh, fish, pwsh", Workspace.OneLine(await _workspace.RunAsync("completion", "tcsh"), 2), StringComparison.Ordinal);
}
