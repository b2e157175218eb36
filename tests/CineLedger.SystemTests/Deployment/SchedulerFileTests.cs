using System.Text.RegularExpressions;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Deployment;

/// <summary>The files in deploy/ that schedule loads, checked by the tools that read them, where these are installed.</summary>
public sealed partial class SchedulerFileTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Systemd_accepts_the_units()
    {
        Assert.SkipUnless((await _workspace.RunShellAsync("command -v systemd-analyze")).ExitCode == 0, "systemd-analyze is not installed.");
        foreach (var unit in Directory.GetFiles(Repository.GetPath("deploy/systemd")))
        {
            _workspace.Write(Path.GetFileName(unit), (await File.ReadAllTextAsync(unit, TestContext.Current.CancellationToken)).Replace("/usr/local/bin/cineledger", "/bin/true", StringComparison.Ordinal));
        }

        var result = await _workspace.RunShellAsync("systemd-analyze verify ./*.service ./*.timer");
        Assert.True(result.ExitCode == 0 && !result.Error.Contains("cineledger", StringComparison.Ordinal), result.Error);
        var offline = await _workspace.RunShellAsync("systemd-analyze security --offline=true --threshold=30 ./cineledger.service ./cineledger-load.service");
        Assert.True(offline.ExitCode == 0, offline.Output[^Math.Min(400, offline.Output.Length)..] + offline.Error);
    }

    [Theory]
    [InlineData("cineledger.service")]
    [InlineData("cineledger-load.service")]
    public void A_unit_limits_memory_processes_and_files(string unit)
    {
        var settings = File.ReadAllLines(Repository.GetPath("deploy/systemd", unit)).Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=', 2))
            .Where(pair => pair[0] != "Environment").GroupBy(pair => pair[0]).ToDictionary(group => group.Key, group => group.Last()[1]);
        Assert.Matches("^[0-9]+G$", settings["MemoryMax"]);

        // As docs/reference.md says: a server needs 256 threads and 4,096 files.
        Assert.InRange(int.Parse(settings["TasksMax"], System.Globalization.CultureInfo.InvariantCulture), 256, 4_096);
        Assert.InRange(int.Parse(settings["LimitNOFILE"], System.Globalization.CultureInfo.InvariantCulture), 4_096, 65_536);
        Assert.Equal(("", "yes", "0077"), (settings["CapabilityBoundingSet"], settings["NoNewPrivileges"], settings["UMask"]));
        Assert.Contains("Environment=DOTNET_EnableDiagnostics=0", File.ReadAllLines(Repository.GetPath("deploy/systemd", unit)));
    }

    [Fact]
    public async Task Every_option_they_use_exists()
    {
        var known = (await HelpTexts.AllAsync()).SelectMany(one => HelpTexts.Options(one.Help.Output)).ToHashSet();
        var used = Directory.GetFiles(Repository.GetPath("deploy"), "*", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("ExecStart=", StringComparison.Ordinal) || line.Contains("args: [", StringComparison.Ordinal) || line.Contains("run_cineledger(", StringComparison.Ordinal))
            .SelectMany(line => Option().Matches(line).Select(match => match.Value))
            .ToHashSet();
        Assert.Contains("--load-every", used);
        Assert.Empty(used.Except(known));
    }

    [Fact]
    public async Task The_Airflow_DAG_skips_fails_or_retries_by_exit_code()
    {
        Assert.SkipUnless((await _workspace.RunShellAsync("command -v python3")).ExitCode == 0, "python3 is not installed.");
        var dag = _workspace.Write("cineledger_dag.py", await File.ReadAllTextAsync(Repository.GetPath("deploy/airflow/cineledger_dag.py"), TestContext.Current.CancellationToken));
        await _workspace.RunShellAsync($"python3 -m py_compile {dag}");
        _workspace.Write("run.py", Airflow);
        var result = await _workspace.RunShellAsync($"PYTHONDONTWRITEBYTECODE=1 python3 run.py '{datasets.Movies}' '{datasets.Clean}'");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            ["published", "skipped", "busy again", "again", "failed", "gated notified"],
            result.Output.Split('\n').Where(line => line.StartsWith("> ", StringComparison.Ordinal)).Select(line => line[2..]));
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>A stub of the parts of Airflow that the DAG imports, followed by its tasks, run one by one on generated datasets.</summary>
    private const string Airflow =
        """
        import sys, types
        variables = {"cineledger_source": sys.argv[1], "cineledger_store": "airflow.duckdb"}
        tasks = {}
        class Skip(Exception): pass
        class Again(Exception): pass
        class Fail(Again): pass
        class Node:
            def __rshift__(self, other): return other
        def register(function):
            tasks[function.__name__] = function
            return lambda: Node()
        class Task:
            def __call__(self, *functions, **options): return register(functions[0]) if functions else register
            def sensor(self, **options): return register
        class Variable:
            @staticmethod
            def get(name, default_var=None): return variables.get(name, default_var)
        def module(name, **members):
            made = types.ModuleType(name)
            made.__dict__.update(members)
            sys.modules[name] = made
        module("airflow")
        module("airflow.decorators", dag=lambda **options: lambda function: function, task=Task())
        module("airflow.exceptions", AirflowException=Again, AirflowFailException=Fail, AirflowSkipException=Skip)
        module("airflow.models", Variable=Variable)
        module("airflow.sensors")
        module("airflow.sensors.base", PokeReturnValue=lambda is_done: is_done)
        import cineledger_dag as it
        assert list(tasks) == ["dataset_there", "load", "gate", "notify"], tasks
        assert tasks["dataset_there"]() is True
        tasks["load"]()
        print(">", tasks["gate"]()["state"])
        variables["cineledger_source"] = sys.argv[2]
        try: tasks["load"]()
        except Skip: print("> skipped")
        for code in (4, 1, 2):
            try: it.raise_for(code, "why")
            except Fail: print("> failed")
            except Again as error: print("> busy again" if "busy" in str(error) else "> again")
        tasks["notify"]()
        print("> gated notified")
        """;

    [GeneratedRegex("--[a-z][a-z-]*")]
    private static partial Regex Option();
}
