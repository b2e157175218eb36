using System.CommandLine;
using System.CommandLine.Help;
using CineLedger.Cli.Commands;

namespace CineLedger.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    /// <summary>@hourly is a schedule here, not a response file.</summary>
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    public static ParseResult Parse(IReadOnlyList<string> args) => Create().Parse(args, Configuration);

    public static RootCommand Create()
    {
        var root = new RootCommand("Loads a movie dataset, cleans it and records every change, and reports by company, genre and year.")
        {
            UpCommand.Create(),
            LoadCommand.Create(),
            ReportCommand.Create(),
            QueryCommand.Create(),
            ChartCommand.Create(),
            SqlCommand.Create(),
            MoviesCommand.Create(),
            CompaniesCommand.Create(),
            StudiosCommand.Create(),
            PeopleCommand.Create(),
            FindingsCommand.Create(),
            ProfileCommand.Create(),
            SnapshotsCommand.Create(),
            LoadsCommand.Create(),
            InitCommand.Create(),
            CopyCommand.Create(),
            ExportCommand.Create(),
            ServeCommand.Create(),
            OpenCommand.Create(),
            PublishCommand.Create(),
            ConsumeCommand.Create(),
            HealthCommand.Create(),
            DoctorCommand.Create(),
            KeysCommand.Create(),
            McpCommand.Create(),
            SampleCommand.Create(),
            CompletionCommand.Create(),
            CompleteCommand.Create(),
            HelpCommand.Create(),
        };
        root.AddExamples("up", "load the-movies-dataset.zip", "report genres --from 2010 --to 2016");
        root.Options.Add(CommonOptions.Verbose);
        root.Options.OfType<VersionOption>().Single().Description = "Show the version.";
        var help = root.Options.OfType<HelpOption>().Single();
        (help.Description, help.Action) = ("Show help.", new CommandHelp());
        root.Action = help.Action;
        return root;
    }

    /// <summary>Returns a command's words, without the name of the program: <c>report genres</c>; empty for the root.</summary>
    public static string GetPath(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{GetPath(parent)} {command.Name}".TrimStart() : "";

    /// <summary>Runs <paramref name="list"/> when a group is given without a command, with the same options and arguments.</summary>
    public static void RunByDefault(this Command group, Command list)
    {
        foreach (var option in list.Options)
        {
            group.Options.Add(option);
        }

        foreach (var argument in list.Arguments)
        {
            group.Arguments.Add(argument);
        }

        group.Action = list.Action;
    }
}
