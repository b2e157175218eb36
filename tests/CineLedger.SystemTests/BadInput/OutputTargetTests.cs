using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.BadInput;

/// <summary>The target of an output keeps its kind: a pipe, a device, a link, or a file that only its owner can read.</summary>
public sealed class OutputTargetTests(Datasets datasets) : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private string _expected = "";

    /// <summary>The commands that write a file, without its name.</summary>
    public static TheoryData<string> Writers =>
    [
        "report genres --format csv -o", "report genres --format parquet -o", "query --by genre --measure releases --format xlsx -o", "report all --format xlsx -o", "profile --format json -o",
    ];

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo, mknod and permissions are Unix's");
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        _expected = (await _workspace.RunSuccessfullyAsync("report", "genres", "--format", "csv")).Output;
    }

    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task A_named_pipe_gets_what_a_file_gets(string command) => await RunAsync($"""
        mkfifo pipe
        cat pipe > received & cineledger {command} pipe && wait $! && test -p pipe
        cineledger {command} file && cmp file received
        """);

    [Fact]
    public async Task A_sample_written_to_a_named_pipe_can_be_loaded() => await RunAsync("""
        mkfifo pipe.zip
        cat pipe.zip > received.zip & cineledger sample --movies 20 -o pipe.zip && wait $! && test -p pipe.zip
        cineledger load received.zip --store received.duckdb
        """);

    [Fact]
    public async Task A_process_substitution_and_standard_output_get_the_report()
    {
        await RunAsync("cineledger report genres --format csv --output >(cat > received) && sleep 1; cineledger report genres --format csv --output /dev/stdout | cat > piped");
        Assert.Equal(_expected, Read("received"));
        Assert.Equal(_expected, Read("piped"));
    }

    [Fact]
    public async Task A_device_stays_a_device()
    {
        // The device's numbers are those of /dev/null and /dev/full, which a failing test would replace for the whole machine.
        Assert.SkipUnless((await _workspace.RunShellAsync("mknod null c 1 3 && mknod full c 1 7 && echo > null")).ExitCode == 0, "only the superuser can create devices");
        await RunAsync("cineledger report genres --format csv --output null && test -c null");
        var full = await _workspace.RunAsync("report", "genres", "--format", "csv", "--output", "full");
        Assert.Contains("full cannot be written: No space left on device", Workspace.OneLine(full, 1), StringComparison.Ordinal);
        await RunAsync("test -c full");
    }

    [Fact]
    public async Task A_link_stays_a_link_and_its_target_is_written()
    {
        _workspace.Write("target.csv", "last month's");
        await RunAsync("""
            mkdir away && ln -s target.csv link.csv && ln -s link.csv second.csv && ln -s away/new.csv dangling.csv
            cineledger report genres --output second.csv && test -L second.csv && test -L link.csv
            cineledger report genres --output dangling.csv && test -L dangling.csv
            """);
        Assert.Equal([_expected, _expected], [Read("target.csv"), Read("away/new.csv")]);
        await RunAsync("ln -s loop.csv loop.csv && ln -s nowhere/x.csv lost.csv");
        Assert.Contains("loop.csv cannot be written", Workspace.OneLine(await _workspace.RunAsync("report", "genres", "--output", "loop.csv"), 1), StringComparison.Ordinal);
        Assert.Contains("there is no folder", Workspace.OneLine(await _workspace.RunAsync("report", "genres", "--output", "lost.csv"), 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_is_created_where_a_link_points()
    {
        await RunAsync($"""
            mkdir disk && ln -s disk/real.duckdb ledger.duckdb
            cineledger load '{datasets.Clean}' --store ledger.duckdb && test -L ledger.duckdb && test -f disk/real.duckdb
            touch private.duckdb && chmod 600 private.duckdb
            cineledger load '{datasets.Clean}' --store private.duckdb && test $(stat -c %a private.duckdb) = 600
            """);
        Assert.Equal(_expected, (await _workspace.RunSuccessfullyAsync("report", "genres", "--format", "csv", "--store", "disk/real.duckdb")).Output);
    }

    [Theory]
    [InlineData("600")]
    [InlineData("640")]
    [InlineData("664")]
    public async Task A_replaced_file_keeps_its_permissions_and_owner(string mode)
    {
        var owner = Environment.IsPrivilegedProcess ? "65534:65534" : "$(id -u):$(id -g)";
        await RunAsync($$"""
            umask 022
            for file in table.csv chart.svg profile.json sample.zip reports/genres.csv cineledger.duckdb.keys; do
                mkdir -p reports && echo old > $file && chmod {{mode}} $file && chown {{owner}} $file
            done
            echo '{"keys":[]}' > cineledger.duckdb.keys
            cineledger report genres --output table.csv && cineledger chart genres --output chart.svg && cineledger profile --output profile.json
            cineledger sample --movies 10 -o sample.zip && cineledger load '{{datasets.Clean}}' --store other.duckdb --reports reports
            cineledger keys create ann > key
            for file in table.csv chart.svg profile.json sample.zip reports/genres.csv cineledger.duckdb.keys; do
                test "$(head -c 3 $file)" != old && test "$(stat -c %a:%u:%g $file)" = "{{mode}}:{{owner}}" || { stat $file; exit 1; }
            done
            cineledger report genres --output new.csv && test $(stat -c %a new.csv) = 644
            """);
    }

    private string Read(string name) => File.ReadAllText(_workspace.GetPath(name));

    private async Task RunAsync(string script)
    {
        var result = await _workspace.RunShellAsync($"set -e -o pipefail\n{script}");
        Assert.True(result.ExitCode == 0, $"exit {result.ExitCode}: {result.Error}{result.Output}");
    }
}
