using CineLedger.Reports;
using CineLedger.Web.Http;

namespace CineLedger.Web.Reports;

/// <summary>The parameters of a report: the options of <c>cineledger report</c>.</summary>
internal static class ReportParameters
{
    public static Parameter<int?> From { get; } = Parameter.Whole("from", "First year of release.", 1, 9999) with { Example = "1995" };
    public static Parameter<int?> To { get; } = Parameter.Whole("to", "Last year of release.", 1, 9999) with { Example = "1999" };
    public static Parameter<IReadOnlyList<string>> Companies { get; } =
        Parameter.Texts("company", "Only this company, by its exact name; several are any of them.") with { Example = "Pixar Animation Studios" };
    public static Parameter<IReadOnlyList<string>> Genres { get; } = Parameter.Texts("genre", "Only this genre, by its exact name; several are any of them.") with { Example = "Animation" };
    public static Parameter<Aggregate> Aggregate { get; } =
        Parameter.Word<Aggregate>("aggregate", ReportWords.Of, "What is made of the known amounts.");
    public static Parameter<Popularity> Popularity { get; } = Parameter.Word<Popularity>(
        "popularity", ReportWords.Of, "What popularity is the mean of: TMDB's figure; IMDb's formula for weighted; the viewers of ratings.csv for ratings.");
    public static Parameter<Share> Share { get; } =
        Parameter.Word<Share>("share", ReportWords.Of, "A film's amount: full to each of its companies and genres, or split into equal parts.");
    public static Parameter<string?> Order { get; } = Parameter.Text("order", "Order by this column, named as the report's CSV has it; with :desc the largest first.") with { Example = "releases:desc" };

    public static ParameterSet All { get; } = new([From, To, Companies, Genres, Aggregate, Popularity, Share, Order, .. CommonParameters.OfPages]);
}
