using System.Globalization;
using CineLedger.Reports.Queries;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Queries;

namespace CineLedger.Web.Dashboard.Explore;

/// <summary>A question that can be answered.</summary>
/// <param name="Query">With the limit that was asked for, none where there was none.</param>
/// <param name="Chart">The form of the chart that was asked for; null for the one that fits best.</param>
public sealed record ExploreQuery(QueryRequest Query, string? Chart)
{
    private static readonly Parameter<string?> ChartKind = Parameter.CreateEnum("chart", ExploreChart.KindNames, "");
    private static readonly Parameter<int?> Lines = Parameter.CreateInteger("lines", "", 0, ExploreAddress.MaxLines);
    private static readonly ParameterSet All = new([.. QueryParameters.All.All, ChartKind, Lines]);

    /// <summary>Reads it as the API does. Throws <see cref="ProblemException"/> or <see cref="Model.UsageException"/>.</summary>
    public static ExploreQuery Read(ExploreAddress address)
    {
        var state = (address.State with { From = null, To = null, Popularity = default }).Pairs.Select(pair => (pair.Name, Value: (string?)pair.Value));
        var pairs = address.Pairs.Concat(state).Where(pair => !string.IsNullOrEmpty(pair.Value)).GroupBy(pair => pair.Name, pair => pair.Value)
            .Select(group => KeyValuePair.Create(group.Key, new Microsoft.Extensions.Primitives.StringValues([.. group])));
        var values = All.Read(ExploreAddress.Path, pairs, _ => null);
        return new ExploreQuery(QueryEndpoints.CreateRequest(values) with { Limit = values.Get(CommonParameters.Limit) }, values.Get(ChartKind));
    }

    /// <summary>The same at the API, without its host.</summary>
    /// <param name="address">As it was asked.</param>
    /// <param name="snapshot">As of which; null for the newest.</param>
    /// <param name="format"><c>csv</c>, <c>xlsx</c>, <c>parquet</c> …; null for JSON.</param>
    public static string GetApiAddress(ExploreAddress address, int? snapshot, string? format = null) =>
        (address.State with { From = null, To = null, Popularity = default, Snapshot = snapshot }).GetLink(
            "/api/v1/query",
            [.. address.Pairs.Where(pair => pair.Name is not ("chart" or "lines") && !(format is null && pair.Name == "limit" && ExceedsPage(pair.Value))), ("format", format)]);

    /// <summary>The same on the command line.</summary>
    public static string ToCommandLine(ExploreAddress address)
    {
        var state = (address.State with { From = null, To = null, Popularity = default }).Pairs.Select(pair => (pair.Name, Value: (string?)pair.Value));
        var options = address.Pairs.Concat(state).Where(pair => pair.Name is not ("chart" or "lines") && !string.IsNullOrEmpty(pair.Value))
            .Select(pair => pair is ("totals", "true") ? "--totals" : $"--{pair.Name} {QuoteForShell(pair.Value!)}");
        return string.Join(' ', options.Prepend("cineledger query"));
    }

    /// <summary>For a shell.</summary>
    public static string QuoteForShell(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ',' or ':' or '.' or '=' or '-') ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>JSON comes in pages.</summary>
    private static bool ExceedsPage(string? limit) => !int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) || rows > 10_000;
}
