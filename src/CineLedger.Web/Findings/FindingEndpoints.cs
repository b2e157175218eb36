using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Web.Http;

namespace CineLedger.Web.Findings;

/// <summary>What the cleaner did and refused.</summary>
internal static class FindingEndpoints
{
    private static readonly Parameter<string?> Rule = Parameter.Word("rule", Rules.Names, "Only of this cleaning rule.");
    private static readonly Parameter<string?> Kind = Parameter.Word("kind", FindingWords.All, "Only of this kind.");
    private static readonly Parameter<string?> File = Parameter.Text("file", "Only in this file of the dataset.") with { Example = "movies_metadata.csv" };
    private static readonly Parameter<long?> Movie = Parameter.Id("movie", "Only about this film.") with { Example = "862" };

    public static Resource Findings { get; } = new()
    {
        Path = "/api/v1/findings",
        Group = "Findings",
        Summary = "What the cleaner repaired, rejected, dropped and flagged in a snapshot's load",
        Parameters = new([Rule, Kind, File, Movie, .. CommonParameters.OfPages]),
        Read = values => new TableQuestion
        {
            Open = (connection, snapshot, range, cancellationToken) => FindingList.OpenAsync(connection, Filter(values, range), snapshot.Id, cancellationToken),
        },
        Example = """[{"snapshotId":1,"kind":"repair","rule":"split-record","file":"movies_metadata.csv","line":19731,"movieId":82663,"field":null,"value":null,"occurrences":1}]""",
    };

    private static FindingFilter Filter(ParameterValues values, RowRange range) => new()
    {
        Rule = values.Get(Rule),
        Kind = values.Get(Kind),
        File = values.Get(File),
        MovieId = values.Get(Movie),
        Limit = range.Limit,
        Offset = range.Offset,
    };
}
