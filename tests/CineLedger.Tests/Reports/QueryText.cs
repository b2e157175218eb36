using CineLedger.Reports.Queries;

namespace CineLedger.Tests.Reports;

/// <summary>Parses queries as users write them.</summary>
public static class QueryText
{
    /// <summary>Parses a query whose <paramref name="pivot"/> is one of its dimensions.</summary>
    public static QueryRequest ReadPivoted(string by, string pivot, string measures, params string[] where) =>
        Read(by, measures, where) with { Pivot = Dimensions.Find(pivot, "--pivot") };

    public static QueryRequest Read(string by, string measures, params string[] where) => new()
    {
        By = [.. by.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => Dimensions.Find(name, "--by"))],
        Measures = Measures.ParseAll(CommaSeparatedLists.Split([measures])),
        Where = [.. where.SelectMany(FilterFields.Parse)],
    };
}
