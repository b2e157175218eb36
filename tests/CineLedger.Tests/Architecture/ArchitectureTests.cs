namespace CineLedger.Tests.Architecture;

/// <summary>
/// Lists the allowed dependencies between projects, and between first-level folders of a project. Adding or removing a dependency requires a deliberate edit
/// of this list.
/// </summary>
public sealed class ArchitectureTests
{
    internal static readonly Dictionary<string, string[]> Projects = new()
    {
        ["CineLedger"] = [],
        ["CineLedger.Charts"] = ["CineLedger"],
        ["CineLedger.Kafka"] = ["CineLedger"],
        ["CineLedger.Samples"] = ["CineLedger"],
        ["CineLedger.Web"] = ["CineLedger", "CineLedger.Charts", "CineLedger.Kafka"],
        ["CineLedger.Cli"] = ["CineLedger", "CineLedger.Charts", "CineLedger.Kafka", "CineLedger.Samples", "CineLedger.Web"],
    };

    /// <summary>Folders and the folders that they use. The project's root folder is omitted.</summary>
    internal static readonly Dictionary<string, Dictionary<string, string>> Folders = new()
    {
        ["CineLedger"] = new()
        {
            ["Cleaning"] = "Model Records Sources",
            ["Export"] = "Files Model Reports Storage",
            ["HealthChecks"] = "Files Model Storage",
            ["Loading"] = "Cleaning Files Model Records Sources Storage",
            ["Records"] = "Files Model Sources",
            ["Reports"] = "Cleaning Files Loading Model Sources Storage",
            ["Sources"] = "Files Model",
            ["SqlSandbox"] = "Files Model Reports Storage",
            ["Storage"] = "Files Model",
            ["Streaming"] = "Cleaning Loading Model Records Storage",
        },
        ["CineLedger.Web"] = new()
        {
            ["Assistants"] = "Errors Http Queries",
            ["Commands"] = "Errors Loads Security",
            ["Companies"] = "Http Snapshots",
            ["Dashboard"] = "Errors Http Loads Movies Queries Reports Security Uploads",
            ["Events"] = "Errors Http Observability Security",
            ["Findings"] = "Http",
            ["Genres"] = "Companies",
            ["Health"] = "Errors",
            ["Hosting"] = "Assistants Commands Companies Dashboard Docs Errors Events Findings Genres Health Http Loads Movies Observability OpenApi Pushes Queries Reports Security Snapshots Sql Studios Uploads Webhooks",
            ["Http"] = "Errors Observability Security",
            ["Loads"] = "Errors Http Observability Security Uploads",
            ["Movies"] = "Errors Http Queries Reports Snapshots",
            ["Observability"] = "Errors Security",
            ["OpenApi"] = "Errors Http Security",
            ["Pushes"] = "Errors Http Security",
            ["Queries"] = "Errors Http",
            ["Reports"] = "Http",
            ["Security"] = "Errors",
            ["Snapshots"] = "Errors Http",
            ["Sql"] = "Errors Http Security",
            ["Studios"] = "Companies Errors Http Security",
            ["Uploads"] = "Errors Http Security",
            ["Webhooks"] = "Errors Events Http Loads Observability Security",
        },
    };

    /// <summary>The packages that the library may reference: engines, sources, formats that are not implemented here (Arrow, workbooks), and the comparison of names.</summary>
    private static readonly string[] LibraryPackages =
    [
        "Apache.Arrow", "AWSSDK.S3", "Cronos", "DuckDB.NET.Data", "FuzzySharp", "Microsoft.Data.Sqlite", "Microsoft.Extensions.Logging.Abstractions", "MinVer", "Npgsql", "Polly.Core", "SpreadCheetah",
        "System.IO.Hashing",
    ];

    /// <summary>Files outside <c>Storage/DuckDb</c> and <c>Storage/Postgres</c> that may use an engine's driver.</summary>
    private static readonly string[] DriverUsers =
    [
        "Export/ParquetWriter.cs",
        "Export/Snapshots/DuckDbTables.cs",
        "HealthChecks/PostgresChecks.cs",
        "HealthChecks/PostgresSettings.cs",
        "SqlSandbox/DuckDbColumnProjection.cs",
        "SqlSandbox/DuckDbFunctions.cs",
        "SqlSandbox/DuckDbSandbox.cs",
        "SqlSandbox/PostgresFunctions.cs",
        "SqlSandbox/PostgresQuery.cs",
        "SqlSandbox/PostgresSandbox.cs",
        "SqlSandbox/PostgresSqlErrors.cs",
    ];

    public static TheoryData<string> AllProjects => [.. Projects.Keys];

    public static TheoryData<string> ProjectsWithFolders => [.. Folders.Keys];

    [Theory]
    [MemberData(nameof(AllProjects))]
    public void A_project_references_only_the_listed_projects(string project) =>
        Assert.Equal(Projects[project], SourceTree.References(project).Order(StringComparer.Ordinal));

    [Fact]
    public void The_library_references_only_the_listed_packages() =>
        Assert.Equal(LibraryPackages, SourceTree.Packages("CineLedger").Order(StringComparer.OrdinalIgnoreCase));

    [Theory]
    [MemberData(nameof(ProjectsWithFolders))]
    public void A_folder_uses_the_listed_folders_and_no_others(string project)
    {
        var actual = SourceTree.Read(project).Edges().Where(edge => edge.Key.From.Length > 0 && edge.Key.To.Length > 0).ToDictionary();
        var allowed = Folders[project].SelectMany(folder => folder.Value.Split(' ').Select(used => (folder.Key, used))).ToHashSet();
        Assert.Empty(actual.Where(edge => !allowed.Contains(edge.Key)).Select(edge => $"new: {edge.Key.From} uses {edge.Key.To} ({edge.Value})"));
        Assert.Empty(allowed.Where(edge => !actual.ContainsKey(edge)).Select(edge => $"gone: {edge.Key} no longer uses {edge.used}"));
    }

    [Theory]
    [MemberData(nameof(AllProjects))]
    public void Folders_have_no_cyclic_dependencies(string project) =>
        Assert.Empty(SourceTree.FindCycle(SourceTree.Read(project).Edges().Keys.Where(edge => project != "CineLedger.Cli" || (edge.From.Length > 0 && edge.To.Length > 0))));

    /// <summary>Writing to a closed standard error throws, which must not end a command; see docs/decisions/0065.</summary>
    [Fact]
    public void Only_one_file_uses_standard_error()
    {
        var users = from project in Projects.Keys
                    from file in SourceTree.Read(project).Files
                    where SourceTree.ReadText(project, file).Contains("Console.Error", StringComparison.Ordinal)
                        || SourceTree.ReadText(project, file).Contains("OpenStandardError", StringComparison.Ordinal)
                    select $"{project}/{file.Path}";
        Assert.Equal(["CineLedger.Cli/StandardError.cs"], users);
    }

    [Fact]
    public void Database_drivers_are_used_only_in_the_engine_folders()
    {
        var users = SourceTree.Read("CineLedger").Files.Where(file => file.Mentioned.Contains("Npgsql") || file.Usings.Any(use => use.Split('.')[0] is "Npgsql" or "DuckDB"))
            .Select(file => file.Path).Where(path => !path.StartsWith("Storage/DuckDb/", StringComparison.Ordinal) && !path.StartsWith("Storage/Postgres/", StringComparison.Ordinal));
        Assert.Equal(DriverUsers, users.Order(StringComparer.Ordinal));
    }
}
