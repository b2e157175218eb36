using CineLedger.Model;
using CineLedger.Reports.Queries;

namespace CineLedger.Reports;

/// <summary>Yearly reports as the queries that they are.</summary>
public static class ReportSql
{
    /// <summary>The columns of a report, in their order.</summary>
    public static IReadOnlyList<Column> GetColumns(ReportRequest request) => QueryColumns.Get(CreateQuery(request));

    /// <summary>The rows of a report as of a snapshot. Throws <see cref="UsageException"/> where the order is by an unknown column.</summary>
    public static SqlBuilder Build(ReportRequest request, int snapshotId) => QuerySql.Build(CreateQuery(request), snapshotId);

    /// <summary>The query that a report is. Throws <see cref="UsageException"/> where no year is asked for.</summary>
    public static QueryRequest CreateQuery(ReportRequest request)
    {
        if (request.From > request.To)
        {
            throw new UsageException($"--from {request.From} is after --to {request.To}: no year is in between.");
        }

        // The column is called popularity, whatever it is the mean of.
        var popularity = Measures.Parse(ReportOptionNames.Get(request.Popularity)) with { Column = "popularity" };
        var order = request.Report.Order;
        return new QueryRequest
        {
            By = [.. request.Report.By.Select(name => Dimensions.Find(name, "--by"))],
            Measures = request.Report.Measures(popularity),
            Where =
            [
                .. request.From is { } from ? [CreateFilter("year", FilterOperator.GreaterOrEqual, from)] : Array.Empty<QueryFilter>(),
                .. request.To is { } to ? [CreateFilter("year", FilterOperator.LessOrEqual, to)] : Array.Empty<QueryFilter>(),
                .. request.Companies.Select(name => CreateFilter("company", FilterOperator.Equal, name)),
                .. request.Genres.Select(name => CreateFilter("genre", FilterOperator.Equal, name)),
            ],
            Aggregate = request.Aggregate,
            Share = request.Share,
            Order = request.Order is { } column ? [new(column, request.IsDescending), .. order.Where(own => own.Column != column)] : order,
            Limit = request.Limit,
            Offset = request.Offset,
        };
    }

    private static QueryFilter CreateFilter(string field, FilterOperator comparison, object value) =>
        new(FilterFields.All.Single(known => known.Name == field), comparison, value);
}
