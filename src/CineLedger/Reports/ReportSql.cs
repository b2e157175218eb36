using CineLedger.Model;
using CineLedger.Reports.Queries;

namespace CineLedger.Reports;

/// <summary>Converts yearly reports to queries and SQL.</summary>
public static class ReportSql
{
    /// <summary>Returns the columns of a report, in order.</summary>
    public static IReadOnlyList<Column> GetColumns(ReportRequest request) => QueryColumns.Get(CreateQuery(request));

    /// <summary>Builds the SQL of a report as of a snapshot. Throws <see cref="UsageException"/> when the order names an unknown column.</summary>
    public static SqlBuilder Build(ReportRequest request, int snapshotId) => QuerySql.Build(CreateQuery(request), snapshotId);

    /// <summary>Converts a report to a query. Throws <see cref="UsageException"/> when the range of years is empty.</summary>
    public static QueryRequest CreateQuery(ReportRequest request)
    {
        // The column is named popularity regardless of the measure that fills it.
        var popularity = Measures.Parse(ReportOptionNames.GetName(request.Popularity)) with { Column = "popularity" };
        var order = request.Report.Order;
        var query = new QueryRequest
        {
            By = [.. request.Report.By.Select(name => Dimensions.Find(name, "--by"))],
            Measures = request.Report.Measures(popularity),
            Where =
            [
                .. YearSpan.CreateFilters(request.From, request.To),
                .. request.Companies.Select(name => CreateName("company", name)),
                .. request.Studios.Select(name => CreateName("studio", name)),
                .. request.Genres.Select(name => CreateName("genre", name)),
            ],
            Aggregate = request.Aggregate,
            Share = request.Share,
            Order = request.Order is { } column ? [new(column, request.IsDescending), .. order.Where(own => own.Column != column)] : order,
            Dollars = request.Dollars,
            Top = request.Top,
            Limit = request.Limit,
            Offset = request.Offset,
        };
        return request.IsAsNamed ? query.WithCompaniesAsStudios() : query;
    }

    private static QueryFilter CreateName(string field, string text) =>
        QueryFilter.CreateName(FilterFields.All.Single(known => known.Name == field), FilterOperator.Equal, text, $"--{field}");
}
