using System.Globalization;
using CineLedger.Reports;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;

namespace CineLedger.Web.Dashboard;

/// <summary>
/// What holds for every page that one goes on to: the span, the switches, the snapshot. It is all in the address, in the words of the API's
/// parameters, so that an address can be sent to somebody who then sees the same.
/// </summary>
public sealed record PageState
{
    /// <summary>First year of the span; null for the ledger's first.</summary>
    public int? From { get; init; }

    /// <summary>Last year of the span; null for the ledger's last.</summary>
    public int? To { get; init; }

    /// <summary>The year in whose dollars amounts are; null for those of the release.</summary>
    public int? Dollars { get; init; }

    public Aggregate Aggregate { get; init; }

    public Popularity Popularity { get; init; }

    public Share Share { get; init; }

    /// <summary>As of which snapshot; null for the newest.</summary>
    public int? Snapshot { get; init; }

    /// <summary>Those that every page takes.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        ReportParameters.From, ReportParameters.To, QueryParameters.Dollars, ReportParameters.Aggregate, ReportParameters.Popularity,
        ReportParameters.Share, CommonParameters.Snapshot,
    ];

    /// <summary>The measure that popularity is the mean of, as queries name it.</summary>
    public string PopularityMeasure => ReportOptionNames.Get(Popularity);

    /// <summary>Whether the span is only a part of the ledger.</summary>
    public bool HasSpan => From is not null || To is not null;

    /// <summary>The span as a filter of queries; empty for all years.</summary>
    public IReadOnlyList<string> SpanFilters => (From, To) switch
    {
        (null, null) => [],
        ({ } from, null) => [string.Create(CultureInfo.InvariantCulture, $"year>={from}")],
        (null, { } to) => [string.Create(CultureInfo.InvariantCulture, $"year<={to}")],
        ({ } from, { } to) => [string.Create(CultureInfo.InvariantCulture, $"year={from}..{to}")],
    };

    /// <summary>All that differs from the default, as an address has it.</summary>
    public IEnumerable<(string Name, string Value)> Pairs
    {
        get
        {
            (string, string?)[] all =
            [
                ("from", FormatNumber(From)), ("to", FormatNumber(To)), ("dollars", FormatNumber(Dollars)),
                ("aggregate", Aggregate == default ? null : ReportOptionNames.Get(Aggregate)),
                ("popularity", Popularity == default ? null : ReportOptionNames.Get(Popularity)),
                ("share", Share == default ? null : ReportOptionNames.Get(Share)),
                ("snapshot", FormatNumber(Snapshot)),
            ];
            return all.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!));
        }
    }

    /// <summary>Throws <see cref="ProblemException"/> where no year is in the span.</summary>
    public static PageState Read(ParameterValues values)
    {
        var state = new PageState
        {
            From = values.Get(ReportParameters.From),
            To = values.Get(ReportParameters.To),
            Dollars = values.Get(QueryParameters.Dollars),
            Aggregate = values.Get(ReportParameters.Aggregate),
            Popularity = values.Get(ReportParameters.Popularity),
            Share = values.Get(ReportParameters.Share),
            Snapshot = values.Get(CommonParameters.Snapshot),
        };
        return state.From > state.To
            ? throw Errors.Problems.InvalidParameter("from", string.Create(CultureInfo.InvariantCulture, $"{state.From} is after to, {state.To}: no year is in between."))
            : state;
    }

    /// <summary>The address of a page in this state.</summary>
    /// <param name="path">The page's, with its names escaped: see <see cref="GetPath"/>.</param>
    /// <param name="own">The page's own parameters; those without a value are left out.</param>
    public string GetLink(string path, params ReadOnlySpan<(string Name, string? Value)> own)
    {
        var address = new System.Text.StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in own)
        {
            Add(name, value);
        }

        foreach (var (name, value) in Pairs)
        {
            Add(name, value);
        }

        return address.ToString();

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }
    }

    // "." and ".." are taken for steps in a path, even escaped: they are escaped twice, and PageEndpoint undoes it.
    /// <summary>The path of a page about one company, genre or movie: <c>/companies/Pixar%20Animation%20Studios</c>.</summary>
    public static string GetPath(string section, string name) => $"/{section}/{(name is "." or ".." ? name.Replace(".", "%252E", StringComparison.Ordinal) : Uri.EscapeDataString(name))}";

    private static string? FormatNumber(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
