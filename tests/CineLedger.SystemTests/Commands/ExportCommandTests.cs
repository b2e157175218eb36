using System.Diagnostics;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;
using Parquet;

namespace CineLedger.SystemTests.Commands;

/// <summary><c>cineledger export</c>, read by other programs: the command lines of SQLite, DuckDB and PostgreSQL, and a Parquet library that shares no code with DuckDB.</summary>
public sealed class ExportCommandTests(LoadedWorkspace loaded, SharedServer server) : IClassFixture<LoadedWorkspace>
{
    private const string Largest = "SELECT company, SUM(revenue) AS revenue FROM company_years GROUP BY company ORDER BY revenue DESC NULLS LAST, company LIMIT 5";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Workspace Workspace => loaded.Workspace;

    [Fact]
    public async Task The_command_line_of_SQLite_reads_the_file()
    {
        SkipWithout("sqlite3", "Debian's package sqlite3; ./test.sh installs it");
        var result = await Workspace.RunSuccessfullyAsync("export", "--to", "movies.sqlite");
        Assert.Matches("^Exported snapshot 1 to movies.sqlite: 13 tables, [0-9,]+ rows, [0-9.]+ MB.$", Assert.Single(result.ErrorLines));
        Assert.Equal("", result.Output);
        Assert.Equal(await AskAsync(Largest), await ShellAsync($"sqlite3 -separator , movies.sqlite '{Largest}'"));
        const string Drama =
            "SELECT m.title FROM movies m JOIN movie_genres g ON g.movie_id = m.movie_id WHERE g.genre = 'Drama' AND m.title IS NOT NULL ORDER BY m.movie_id LIMIT 3";
        Assert.Equal(await AskAsync(Drama), await ShellAsync($"sqlite3 -separator , movies.sqlite \"{Drama}\""));
        Assert.Equal("ok\n", await ShellAsync("sqlite3 movies.sqlite 'PRAGMA integrity_check'"));
    }

    [Fact]
    public async Task The_command_line_of_DuckDB_reads_the_ledger_and_the_file()
    {
        SkipWithout("duckdb", "Debian has no package of it; CineLedger.Tests read the file with the library");
        await Workspace.RunSuccessfullyAsync("export", "--to", "movies.duckdb");
        foreach (var file in (string[])["movies.duckdb", "cineledger.duckdb"])
        {
            Assert.Equal(await AskAsync(Largest), await ShellAsync($"duckdb -readonly -csv -noheader {file} '{Largest}'"));
        }
    }

    [Fact]
    public async Task The_command_line_of_PostgreSQL_reads_the_views_and_pins_a_snapshot()
    {
        SkipWithout("psql", "Debian's package postgresql; ./test.sh installs it");
        var store = await server.CreateDatabaseAsync();
        await Workspace.RunSuccessfullyAsync("copy", "--from", "clean.duckdb", "--to", store);
        const string Rumored = "SELECT COUNT(*) FROM movies WHERE status = 'Rumored'";
        Assert.Equal("2\n", await ShellAsync($"psql -At '{store}' -c \"{Rumored}\""));
        Assert.Equal("SET\n1\n", await ShellAsync($"psql -At '{store}' -c 'SET cineledger.snapshot = 1' -c \"{Rumored}\""));
        Assert.Equal("1\n", await ShellAsync($"PGOPTIONS='-c cineledger.snapshot=1' psql -At '{store}' -c \"{Rumored}\""));
        var unknown = await ShellAsync($"PGOPTIONS='-c cineledger.snapshot=9' psql -At '{store}' -c \"{Rumored}\" 2>&1 || true");
        Assert.Contains("there is no published snapshot 9", unknown, StringComparison.Ordinal);

        // CSV files are the same bytes on both engines.
        await Workspace.RunSuccessfullyAsync("export", "--to", "file-csv", "--format", "csv", "--store", "clean.duckdb");
        await Workspace.RunSuccessfullyAsync("export", "--to", "server-csv", "--format", "csv", "--store", store);
        Assert.Equal("", await ShellAsync("diff -r -x manifest.json file-csv server-csv"));

        // And the tables of the other formats hold the same values.
        await Workspace.RunSuccessfullyAsync("export", "--to", "file.sqlite", "--store", "clean.duckdb");
        await Workspace.RunSuccessfullyAsync("export", "--to", "server.sqlite", "--store", store);
        Assert.Equal("", await ShellAsync("diff <(sqlite3 file.sqlite .dump) <(sqlite3 server.sqlite .dump)"));
        await Workspace.RunSuccessfullyAsync("export", "--to", "server-parquet", "--store", store);
        Assert.Equal(await ShellAsync($"psql -At '{store}' -c 'SELECT COUNT(*) FROM movies'"), FormattableString.Invariant($"{await CountAsync("server-parquet/movies.parquet")}\n"));
    }

    [Fact]
    public async Task Another_Parquet_library_reads_the_files()
    {
        await Workspace.RunSuccessfullyAsync("export", "--to", "files");
        await using var reader = await ParquetReader.CreateAsync(Workspace.GetPath("files/company_years.parquet"), cancellationToken: Cancel);
        Assert.Equal(
            ["year", "company", "releases", "budget", "revenue", "profit", "matched_profit", "popularity", "budget_known", "revenue_known", "profit_known"],
            reader.Schema.GetDataFields().Select(field => field.Name));
        using var manifest = System.Text.Json.JsonDocument.Parse(await File.ReadAllBytesAsync(Workspace.GetPath("files/manifest.json"), Cancel));
        foreach (var file in manifest.RootElement.GetProperty("files").EnumerateArray().Where(file => file.GetProperty("file").GetString() != "dictionary.csv"))
        {
            Assert.Equal(file.GetProperty("rows").GetInt64(), await CountAsync($"files/{file.GetProperty("file").GetString()}"));
        }
    }

    [Fact]
    public async Task A_killed_export_leaves_no_file_under_the_final_name_and_the_next_one_succeeds()
    {
        foreach (var target in (string[])["killed.sqlite", "killed"])
        {
            await using (var process = Workspace.Start("export", "--to", target))
            {
                var started = Stopwatch.StartNew();
                while (!Directory.EnumerateFileSystemEntries(Workspace.Folder, $"{target}.*.tmp").Any() && started.Elapsed < TimeSpan.FromSeconds(20))
                {
                    await Task.Delay(2, Cancel);
                }

                process.Signal(CineLedgerProcess.Kill);
                await process.WaitAsync();
            }

            // It may have been fast enough to complete.
            var isPresent = Path.Exists(Workspace.GetPath(target));
            Assert.NotEqual(isPresent, Directory.EnumerateFileSystemEntries(Workspace.Folder, $"{target}.*.tmp").Any());
            await Workspace.RunSuccessfullyAsync("export", "--to", target);
            Assert.True(Path.Exists(Workspace.GetPath(target)));
        }
    }

    [Theory]
    [InlineData("no/folder", "no/folder cannot be written: there is no folder", 1)]
    [InlineData("x.parquet", "name a folder", 2)]
    [InlineData("cineledger.duckdb", "cineledger.duckdb exists and is not an export", 2)]
    [InlineData("/dev/null", "is not a folder", 2)]
    public async Task A_target_that_cannot_be_written_is_one_line(string target, string message, int exitCode) =>
        Assert.Contains(message, Workspace.OneLine(await Workspace.RunAsync("export", "--to", target), exitCode), StringComparison.Ordinal);

    [Theory]
    [InlineData("full-files", "parquet")]
    [InlineData("full-texts", "csv")]
    [InlineData("full.duckdb", "duckdb")]
    [InlineData("full.sqlite", "sqlite")]
    public async Task A_file_that_becomes_too_large_is_one_line_and_nothing_is_left(string target, string format)
    {
        var small = new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" };
        var line = Workspace.OneLine(await Workspace.RunShellAsync($"ulimit -f 20; cineledger export --to {target} --format {format}", small), 1);
        Assert.Matches("cannot be written|too large", line);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Workspace.Folder), entry => Path.GetFileName(entry).StartsWith(target, StringComparison.Ordinal));
    }

    private static void SkipWithout(string program, string reason) => Assert.SkipUnless(
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program))), $"{program} is not installed ({reason}).");

    private async Task<string> AskAsync(string sql)
    {
        var csv = (await Workspace.RunSuccessfullyAsync("sql", sql, "--format", "csv")).Output;
        return string.Concat(csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => $"{line}\n"));
    }

    private async Task<string> ShellAsync(string script)
    {
        var result = await Workspace.RunShellAsync(script);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.ReplaceLineEndings("\n");
    }

    private async Task<long> CountAsync(string file)
    {
        await using var reader = await ParquetReader.CreateAsync(Workspace.GetPath(file), cancellationToken: Cancel);
        var rows = 0L;
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            rows += group.RowCount;
        }

        return rows;
    }
}
