using CineLedger.Reports;

namespace CineLedger.Web.Assistants;

/// <summary>A tool for assistants: a resource, or several that take the same parameters, under a name and a description that a model reads.</summary>
/// <param name="Name">As it is called.</param>
/// <param name="Title">As people are shown it.</param>
/// <param name="Description">What it is for, and when another one is better.</param>
/// <param name="Path">The resource's; its last part in braces where it stands for several, by that name.</param>
internal sealed record ToolDefinition(string Name, string Title, string Description, string Path)
{
    /// <summary>What a model is told before it sees the tools.</summary>
    public const string Instructions = """
        CineLedger keeps the books of the movie business: what each production company and genre spent, earned and released, year by year.
        Amounts are whole US dollars. Null means unknown, never 0: say so, and mention the columns that end in Known, which say of how many movies an amount is known.
        A movie counts in full for each of its companies and genres, so rows of companies or genres must not be added up; share=equal splits amounts.
        Every answer has meta: the snapshot and when it was published (publishedAt), where the data is from, coverage (movies counted, undated movies left out, movies with
        a known budget and revenue), and notes, which a reader of the numbers has to be told. synthetic=true means that all of it is invented. Quote the snapshot with the numbers.
        Answers are pages: where meta.next is not null, there is more; ask again with it as cursor, or narrow the question.
        Names of companies and genres are exact: find them with find_companies and find_genres first.
        """;

    public static IReadOnlyList<ToolDefinition> All { get; } =
    [
        new("list_reports", "Reports", "Lists the ready-made yearly reports with their columns. Run one with run_report.", "/api/v1/reports"),
        new(
            "list_dimensions",
            "Dimensions and measures",
            "Lists everything that run_query can group by (dimensions), compute (measures) and filter on (where), each with its meaning. Read it before a first run_query.",
            "/api/v1/query/dimensions"),
        new(
            "run_report",
            "Run a report",
            $"Runs a yearly report. {string.Join(". ", ReportDefinition.All.Select(report => $"'{report.Name}': {report.Summary}"))}. Rank 1 is the most popular of the year. "
            + "Narrow it with from, to, company and genre. For any other grouping use run_query.",
            "/api/v1/reports/{report}"),
        new(
            "run_query",
            "Run a query",
            "Computes any measures of movies by any dimensions, e.g. measure=[revenue,releases], by=[decade,genre], where=[\"budget>=100M\"], order=[revenue:desc]. "
            + "Without by it gives one row of all movies that match. list_dimensions says what there is.",
            "/api/v1/query"),
        new(
            "find_movies",
            "Find movies",
            "Lists the movies behind a number of a report or query: give the same filters. Each movie has the amounts that were counted, null where unknown. "
            + "Find one by its title with where=[\"title=Toy Story\"].",
            "/api/v1/movies"),
        new("get_movie", "A movie", "Gives all that is known of one movie: amounts, companies, genres, ratings by year, cast, crew, keywords.", "/api/v1/movies/{id}"),
        new("get_movie_history", "A movie's history", "Says when a movie came into the ledger and how it changed since, field by field and snapshot by snapshot.", "/api/v1/movies/{id}/history"),
        new("find_companies", "Find companies", "Finds the exact names of production companies by a part of them (q), with their number of movies and first and last year.", "/api/v1/companies"),
        new("find_genres", "Find genres", "Lists genres with their number of movies and first and last year.", "/api/v1/genres"),
        new(
            "get_findings",
            "Findings",
            "Lists what the cleaning of the dataset repaired, rejected, dropped or flagged, with rule, file, line and value: why a movie or an amount is missing or looks odd.",
            "/api/v1/findings"),
        new(
            "get_freshness",
            "Freshness",
            "Lists the ledger's snapshots, the newest first: when each was published, from which dataset, how many movies it holds, added, changed and removed. "
            + "With seen=N, meta.since says what came after snapshot N.",
            "/api/v1/snapshots"),
        new("compare_snapshots", "Compare snapshots", "Lists what differs between two snapshots: movies added and removed, and changed ones field by field.", "/api/v1/snapshots/{a}/diff/{b}"),
    ];
}
