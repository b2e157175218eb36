using System.CommandLine;
using CineLedger.Cli;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

/// <summary>Runs the examples in the help of every command, except those that need another server or do not end.</summary>
public sealed class ExampleCommandTests : IDisposable
{
    /// <summary>Commands that serve, or need brokers.</summary>
    private static readonly string[] Servers = ["serve", "mcp", "publish", "consume", "health", "doctor", "open"];

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Every_example_that_needs_no_server_works()
    {
        var commands = FindAll(CommandTree.Create()).Where(command => !CommandTree.GetPath(command).Split(' ').Any(Servers.Contains)).ToList();
        var failures = new List<string>();
        foreach (var command in commands)
        {
            await PrepareAsync();
            foreach (var example in command.GetExamples().Where(IsLocal))
            {
                var line = example.StartsWith("cineledger up", StringComparison.Ordinal) && !example.Contains("--no-serve", StringComparison.Ordinal) ? $"{example} --no-serve" : example;
                var result = await _workspace.RunShellAsync(line);
                if (result.ExitCode != 0)
                {
                    failures.Add($"{line}\n  exit {result.ExitCode}: {result.Error.Trim()}");
                }
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    public void Dispose() => _workspace.Dispose();

    private static bool IsLocal(string example) => !example.Contains("://", StringComparison.Ordinal) && !example.Contains("keys revoke", StringComparison.Ordinal);

    /// <summary>Creates the files that the examples name: a dataset with their names, and two ledgers of two snapshots.</summary>
    private async Task PrepareAsync()
    {
        if (!File.Exists(_workspace.GetPath("prepared.duckdb")))
        {
            const string Header = "id,title,release_date,budget,revenue,vote_average,vote_count,genres,production_companies\n";
            const string Movies = Header
                + "862,Toy Story,1995-10-30,30000000,373554033,7.7,5415,\"[{'id': 16, 'name': 'Animation'}, {'id': 35, 'name': 'Comedy'}]\",\"[{'name': 'Pixar Animation Studios', 'id': 3}, {'name': 'Walt Disney Pictures', 'id': 2}]\"\n"
                + "12,Finding Nemo,2003-05-30,94000000,940335536,7.6,6292,\"[{'id': 16, 'name': 'Animation'}]\",\"[{'name': 'Pixar Animation Studios', 'id': 3}]\"\n"
                + "948,Halloween,1978-10-25,300000,70000000,7.4,1078,\"[{'id': 27, 'name': 'Horror'}]\",\"[{'name': 'Compass International Pictures', 'id': 4}]\"\n"
                + "44214,Black Swan,2010-12-02,13000000,327803731,7.3,3000,\"[{'id': 27, 'name': 'Horror'}]\",\"[{'name': 'Fox Searchlight Pictures', 'id': 43}]\"\n";
            const string Credits = "cast,crew,id\n\"[{'id': 31, 'name': 'Tom Hanks', 'character': 'Woody', 'order': 0, 'credit_id': 'a'}]\","
                + "\"[{'id': 7879, 'name': 'John Lasseter', 'job': 'Director', 'department': 'Directing', 'credit_id': 'b'}]\",862\n";
            _workspace.Write("the-movies-dataset.zip", Datasets.Zip(("movies_metadata.csv", Movies), ("credits.csv", Credits)));
            _workspace.Write("changes.csv", Header + "10193,Toy Story 3,2010-06-16,200000000,1066969703,7.6,4710,\"[{'id': 16, 'name': 'Animation'}]\",\"[{'name': 'Pixar Animation Studios', 'id': 3}]\"\n");
            _workspace.Write("query.sql", "SELECT count(*) AS movies FROM movies");
            await _workspace.RunSuccessfullyAsync("load", "the-movies-dataset.zip", "--store", "prepared.duckdb", "--accept", Workspace.AnyContent);
            await _workspace.RunSuccessfullyAsync("load", "changes.csv", "--merge", "--store", "prepared.duckdb", "--accept", Workspace.AnyContent);
        }

        // An example writes to a file of this name.
        _workspace.Write("studios.csv", "studio,company,from,to,source\nDisney,Pixar Animation Studios,2006-05-05,,https://movies.example/disney\n");
        foreach (var file in Directory.GetFiles(_workspace.Folder, "*.duckdb*").Where(path => !Path.GetFileName(path).StartsWith("prepared", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        File.Copy(_workspace.GetPath("prepared.duckdb"), _workspace.Store);
        File.Copy(_workspace.GetPath("prepared.duckdb"), _workspace.GetPath("movies.duckdb"));
    }

    private static IEnumerable<Command> FindAll(Command command) => command.Subcommands.Where(child => !child.Hidden).SelectMany(FindAll).Prepend(command);
}
