using CineLedger.Reports.Queries;

namespace CineLedger.Tests.Reports;

/// <summary>Parses queries as users write them.</summary>
public static class QueryText
{
    public static QueryRequest Read(string by, string measures, params string[] where) => new()
    {
        By = [.. by.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => Dimensions.Find(name, "--by"))],
        Measures = [.. measures.Split(',').Select(Measures.Parse)],
        Where = [.. where.SelectMany(FilterFields.Parse)],
    };
}
