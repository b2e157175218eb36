using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;

namespace CineLedger.Web.Names;

/// <summary>Companies and genres, to be found by a part of their names.</summary>
internal static class NameEndpoints
{
    private static readonly Parameter<string?> Containing = Parameter.Text("q", "Only names that hold this text, whatever the case.") with { Example = "pixar" };
    private static readonly Parameter<string?> Order = Parameter.Text("order", "Order by this column, with :desc the largest first; default name.") with { Example = "movies:desc" };

    public static IEnumerable<Resource> Resources() =>
    [
        Names("companies", "company", "Production companies, with their number of films and first and last year", "Pixar Animation Studios"),
        Names("genres", "genre", "Genres, with their number of films and first and last year", "Animation"),
    ];

    private static Resource Names(string path, string kind, string summary, string name) => new()
    {
        Path = $"/api/v1/{path}",
        Group = "Names",
        Summary = summary,
        Parameters = new([Containing, Order, .. CommonParameters.OfPages]),
        Read = values =>
        {
            var filter = new NameFilter { Containing = values.Get(Containing), Order = values.Get(Order) is { } text ? QueryOrder.Parse(text) : null };
            return new TableQuestion
            {
                Open = (connection, snapshot, range, cancellationToken) => NameList.OpenAsync(
                    connection, kind, filter with { Limit = range.Limit, Offset = range.Offset }, snapshot, cancellationToken),
            };
        },
        Example = $$"""[{"name":"{{name}}","movies":52,"firstYear":1984,"lastYear":2017}]""",
    };
}
