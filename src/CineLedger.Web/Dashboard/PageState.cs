using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;

namespace CineLedger.Web.Dashboard;

/// <summary>
/// The state that links between pages keep: the year range, the display options and the snapshot. It is part of the address, with the parameter names of
/// the API, so a shared address shows the same page to everyone.
/// </summary>
public sealed record PageState
{
    /// <summary>The first year of the range; null for the first year in the ledger.</summary>
    public int? From { get; init; }

    /// <summary>The last year of the range; null for the last year in the ledger.</summary>
    public int? To { get; init; }

    /// <summary>Whether the reader asked for all years. Without it, an address without years means the years that a page shows by default.</summary>
    public bool AllYears { get; init; }

    /// <summary>The years that the page shows by default; null if they are all years. They are not part of an address, which names the years shown.</summary>
    public YearSpan? DefaultYears { get; init; }

    /// <summary>The year whose dollars are used for amounts; null for the dollars of the release year.</summary>
    public int? Dollars { get; init; }

    public Aggregate Aggregate { get; init; }

    public Popularity Popularity { get; init; }

    public Share Share { get; init; }

    /// <summary>The snapshot shown; null for the newest.</summary>
    public int? Snapshot { get; init; }

    private static readonly Parameter<string?> Years = Parameter.CreateEnum("years", [All], "All years instead of those that the page shows by default.");

    private const string All = "all";

    /// <summary>The parameters that every page accepts.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        ReportParameters.From, ReportParameters.To, Years, QueryParameters.Dollars, ReportParameters.Aggregate, ReportParameters.Popularity,
        ReportParameters.Share, CommonParameters.Snapshot,
    ];

    /// <summary>The measure of popularity to average, by its name in queries.</summary>
    public string PopularityMeasure => ReportOptionNames.GetName(Popularity);

    /// <summary>Whether the year range is restricted.</summary>
    public bool HasYearRange => From is not null || To is not null;

    /// <summary>Whether the years are those that the page shows by default.</summary>
    public bool HasDefaultYears => DefaultYears is { } years && From == years.First && To == years.Last;

    /// <summary>The state for links to other pages: without the years that only this page shows by default.</summary>
    public PageState ForOtherPages => HasDefaultYears ? WithoutYears : this;

    /// <summary>The same state for all years. Its address has <c>years=all</c> only if the page shows other years by default.</summary>
    public PageState ForAllYears => WithoutYears with { AllYears = DefaultYears is not null };

    /// <summary>The same state without a choice of years.</summary>
    public PageState WithoutYears => this with { From = null, To = null, AllYears = false };

    /// <summary>The year range as filters of queries; empty for all years.</summary>
    public IReadOnlyList<string> YearFilters => YearSpan.FormatFilters(From, To);

    /// <summary>The parameters that differ from the defaults.</summary>
    public IEnumerable<(string Name, string Value)> Pairs
    {
        get
        {
            (string, string?)[] all =
            [
                ("from", FormatNumber(From)), ("to", FormatNumber(To)), ("years", AllYears && !HasYearRange ? All : null), ("dollars", FormatNumber(Dollars)),
                ("aggregate", Aggregate == default ? null : ReportOptionNames.GetName(Aggregate)),
                ("popularity", Popularity == default ? null : ReportOptionNames.GetName(Popularity)),
                ("share", Share == default ? null : ReportOptionNames.GetName(Share)),
                ("snapshot", FormatNumber(Snapshot)),
            ];
            return all.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!));
        }
    }

    /// <summary>Throws <see cref="ProblemException"/> when the first year is after the last.</summary>
    public static PageState Read(ParameterValues values)
    {
        var state = new PageState
        {
            From = values.Get(ReportParameters.From),
            To = values.Get(ReportParameters.To),
            AllYears = values.Get(Years) is not null,
            Dollars = values.Get(QueryParameters.Dollars),
            Aggregate = values.Get(ReportParameters.Aggregate),
            Popularity = values.Get(ReportParameters.Popularity),
            Share = values.Get(ReportParameters.Share),
            Snapshot = values.Get(CommonParameters.Snapshot),
        };
        return state.From > state.To
            ? throw Errors.Problems.InvalidParameter("from", string.Create(CultureInfo.InvariantCulture, $"{state.From} must not be after 'to', which is {state.To}."))
            : state;
    }

    /// <summary>Returns the state with the years that a page shows by default if the reader chose none.</summary>
    public PageState WithDefault(YearSpan? years)
    {
        var state = this with { DefaultYears = years };
        return years is null || HasYearRange || AllYears ? state : state with { From = years.First, To = years.Last };
    }

    /// <summary>Returns the address of a page in this state.</summary>
    /// <param name="path">The path of the page, with names escaped: see <see cref="GetPath"/>.</param>
    /// <param name="own">The page's own parameters. Those without a value are omitted.</param>
    public string GetLink(string path, params ReadOnlySpan<(string Name, string? Value)> own)
    {
        var address = new System.Text.StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in own)
        {
            Add(name, value);
        }

        // The API has all years by default, and the page of a year shows only that year.
        var state = path.StartsWith("/api/", StringComparison.Ordinal) ? this with { AllYears = false } : path == GetYearPath(From) && From == To ? WithoutYears : this;
        foreach (var (name, value) in state.Pairs)
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

    /// <summary>Returns the path of a page about one company, genre or movie: <c>/companies/Pixar%20Animation%20Studios</c>.</summary>
    /// <remarks>Browsers resolve "." and ".." as path segments, even when escaped. They are therefore escaped twice; <see cref="PageEndpoint"/> undoes this.</remarks>
    public static string GetPath(string section, string name) =>
        $"/{section}/{(name is "." or ".." ? name.Replace(".", "%252E", StringComparison.Ordinal) : Uri.EscapeDataString(name))}";

    /// <summary>Returns the path of the page about a year.</summary>
    public static string GetYearPath(long? year) => string.Create(CultureInfo.InvariantCulture, $"/years/{year}");

    private static string? FormatNumber(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
