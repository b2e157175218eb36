using System.Globalization;
using CineLedger.Reports.Queries;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Queries;

namespace CineLedger.Web.Dashboard.Explore;

/// <summary>A valid query.</summary>
/// <param name="Query">The query, with a limit only when one was requested.</param>
/// <param name="Chart">The requested chart type; null for the best one.</param>
public sealed record ExploreQuery(QueryRequest Query, string? Chart)
{
    private static readonly Parameter<string?> ChartKind = Parameter.CreateEnum("chart", ExploreChart.KindNames, "");
    private static readonly Parameter<int?> Lines = Parameter.CreateInteger("lines", "", 0, ExploreAddress.MaxLines);
    private static readonly ParameterSet All = new([.. QueryParameters.All.All, ChartKind, Lines]);

    /// <summary>Reads a query as the API does. Throws <see cref="ProblemException"/> or <see cref="Model.UsageException"/>.</summary>
    public static ExploreQuery Read(ExploreAddress address)
    {
        var state = (address.State with { From = null, To = null, AllYears = false, Popularity = default }).Pairs.Select(pair => (pair.Name, Value: (string?)pair.Value));
        var pairs = address.QueryParameters.Concat(state).Where(pair => !string.IsNullOrEmpty(pair.Value)).GroupBy(pair => pair.Name, pair => pair.Value)
            .Select(group => KeyValuePair.Create(group.Key, new Microsoft.Extensions.Primitives.StringValues([.. group])));
        var values = All.Read(ExploreAddress.Path, pairs, _ => null);
        return new ExploreQuery(QueryEndpoints.CreateRequest(values) with { Limit = values.Get(CommonParameters.Limit) }, values.Get(ChartKind));
    }

    /// <summary>Returns the address of the same query in the API, without the host.</summary>
    /// <param name="address">The address of the page.</param>
    /// <param name="snapshot">The snapshot; null for the newest.</param>
    /// <param name="format"><c>csv</c>, <c>xlsx</c>, <c>parquet</c> …; null for JSON.</param>
    public static string GetApiAddress(ExploreAddress address, int? snapshot, string? format = null) =>
        (address.State with { From = null, To = null, AllYears = false, Popularity = default, Snapshot = snapshot }).GetLink(
            "/api/v1/query",
            [.. address.QueryParameters.Where(pair => pair.Name is not ("chart" or "lines") && !(format is null && pair.Name == "limit" && ExceedsPage(pair.Value))), ("format", format)]);

    /// <summary>Returns the command line for the same query.</summary>
    public static string ToCommandLine(ExploreAddress address)
    {
        var state = (address.State with { From = null, To = null, AllYears = false, Popularity = default }).Pairs.Select(pair => (pair.Name, Value: (string?)pair.Value));
        var options = address.QueryParameters.Concat(state).Where(pair => pair.Name is not ("chart" or "lines") && !string.IsNullOrEmpty(pair.Value))
            .Select(pair => pair is ("totals", "true") ? "--totals" : $"--{pair.Name} {QuoteForShell(pair.Value!)}");
        return string.Join(' ', options.Prepend("cineledger query"));
    }

    /// <summary>Quotes an argument for a shell, if necessary.</summary>
    public static string QuoteForShell(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ',' or ':' or '.' or '=' or '-') ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Returns whether a limit exceeds the page size of JSON responses.</summary>
    private static bool ExceedsPage(string? limit) => !int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) || rows > 10_000;
}
