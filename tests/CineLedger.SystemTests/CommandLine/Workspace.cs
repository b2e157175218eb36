using System.Text;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;

namespace CineLedger.SystemTests.CommandLine;

/// <summary>An empty folder in which a test runs commands and checks the files that they leave behind.</summary>
public sealed class Workspace : IDisposable
{
    /// <summary>The gates to accept when a test loads movies that have nothing to do with those in the ledger.</summary>
    public const string AnyContent = "shrink,coverage,changed,amounts,names,duplicates";

    public string Folder { get; } = Directory.CreateTempSubdirectory("cineledger-desk-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string Store => GetPath("cineledger.duckdb");

    public string GetPath(string name) => Path.Combine(Folder, name);

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(GetPath(name), content);
        return name;
    }

    public string Write(string name, string content)
    {
        File.WriteAllText(GetPath(name), content);
        return name;
    }

    public CineLedgerProcess Start(params string[] arguments) => CineLedgerProcess.Start(Folder, arguments);

    public Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(arguments, null, null);

    public async Task<CommandResult> RunAsync(
        string[] arguments, Stream? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var process = CineLedgerProcess.Start(Folder, arguments, input, environment);
        return await process.WaitAsync();
    }

    /// <summary>Runs a script with <c>cineledger</c> on its PATH.</summary>
    public async Task<CommandResult> RunShellAsync(string script, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var process = CineLedgerProcess.StartOther(Folder, "bash", ["-c", script], null, environment);
        return await process.WaitAsync();
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<CommandResult> RunSuccessfullyAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: exit {result.ExitCode}: {result.Error}");
        return result;
    }

    /// <summary>Returns the three reports and the findings of a snapshot as CSV, read in this process, which is quicker than four commands.</summary>
    public async Task<string> ReadAnswersAsync(int? snapshot = null, string? store = null)
    {
        store ??= Store;
        await using var ledger = await StoreEngine.Get(store.Contains("://", StringComparison.Ordinal) ? store : GetPath(store))
            .OpenReadOnlyAsync(store.Contains("://", StringComparison.Ordinal) ? store : GetPath(store), snapshot, Cancel);
        var asOf = await SnapshotRows.FindAsync(ledger.Connection, snapshot, Cancel);
        using var answers = new MemoryStream();
        foreach (var report in ReportDefinition.All)
        {
            await using var result = await ReportRunner.OpenAsync(ledger.Connection, new ReportRequest { Report = report }, asOf, Cancel);
            await WriteAsync(result, asOf, answers);
        }

        await using var findings = await FindingList.OpenAsync(ledger.Connection, new FindingFilter(), asOf.Id, Cancel);
        await WriteAsync(findings, asOf, answers);
        return Encoding.UTF8.GetString(answers.ToArray());
    }

    private static async Task WriteAsync(DbResult result, Snapshot asOf, Stream output)
    {
        await using var writer = new CsvWriter(output);
        await writer.WriteResultAsync(result.Columns, result.Rows, new ResultInfo(asOf, null), Cancel);
    }

    /// <summary>Returns the one-line error of a command. Asserts that there is no other line, and nothing on standard output.</summary>
    public static string OneLine(CommandResult result, int exitCode)
    {
        Assert.True(result.ExitCode == exitCode, $"exit {result.ExitCode}, not {exitCode}: {result.Error}");
        Assert.Empty(result.Output);
        var line = Assert.Single(result.ErrorLines);
        Assert.StartsWith("cineledger: ", line, StringComparison.Ordinal);
        return line;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
