using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Explore;

/// <summary>
/// The query in an address of the page, in the parameters of <c>/api/v1/query</c>. It is not validated, because the form must keep invalid input. If the address has
/// form fields, API-only parameters, or the year range or popularity measure of other pages, these are converted and the browser is redirected.
/// </summary>
public sealed record ExploreAddress
{
    public const string Path = "/explore";

    /// <summary>The number of numbered form fields for filters and measures. Without JavaScript, browsers send each field as its own parameter.</summary>
    public const int MaxLines = 12;

    private static readonly Parameter<IReadOnlyList<string>> By = Parameter.CreateTexts("by", "");
    private static readonly Parameter<IReadOnlyList<string>> Measure = Parameter.CreateTexts("measure", "");
    private static readonly Parameter<IReadOnlyList<string>> Where = Parameter.CreateTexts("where", "");

    /// <summary>The other query options except those of <see cref="PageState"/>, then the page's own parameters, in the order used in addresses.</summary>
    private static readonly Parameter<IReadOnlyList<string>>[] OtherParameterDefinitions =
    [
        .. QueryOption.ForQueries.Select(option => option.Name).Except(["by", "measure", "where", .. PageState.Parameters.Select(parameter => parameter.Name)])
            .Concat(["chart", "lines"]).Select(name => Parameter.CreateTexts(name, "")),
    ];

    private static readonly Parameter<IReadOnlyList<string>>[] ApiOnlyParameters = [.. new[] { "format", "cursor", "seen" }.Select(name => Parameter.CreateTexts(name, ""))];

    private static readonly (Parameter<string?> Measure, Parameter<string?> Of)[] MeasureFields =
        [.. LineNumbers.Select(number => (Parameter.CreateText($"measure{number}", ""), Parameter.CreateText($"of{number}", "")))];

    private static readonly (Parameter<string?> Field, Parameter<string?> Is, Parameter<string?> Value)[] FilterParameters =
        [.. LineNumbers.Select(number => (Parameter.CreateText($"field{number}", ""), Parameter.CreateText($"is{number}", ""), Parameter.CreateText($"value{number}", "")))];

    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        By, Measure, Where, .. OtherParameterDefinitions, .. ApiOnlyParameters,
        .. MeasureFields.SelectMany(field => new Parameter[] { field.Measure, field.Of }),
        .. FilterParameters.SelectMany(field => new Parameter[] { field.Field, field.Is, field.Value }),
    ];

    public required PageState State { get; init; }
    public required IReadOnlyList<string> Dimensions { get; init; }
    public required IReadOnlyList<string> Measures { get; init; }
    public required IReadOnlyList<string> Filters { get; init; }

    /// <summary>The other parameters, such as <c>order</c> and <c>limit</c>, as written.</summary>
    public required IReadOnlyList<(string Name, string Value)> OtherParameters { get; init; }

    /// <summary>Whether the address differs from its canonical form.</summary>
    private bool NeedsRedirect { get; init; }

    /// <summary>Whether the address contains a query; otherwise the page shows examples.</summary>
    public bool HasQuery => Dimensions.Count + Measures.Count + Filters.Count > 0;

    private static IEnumerable<int> LineNumbers => Enumerable.Range(1, MaxLines);

    public string? Get(string name) => OtherParameters.FirstOrDefault(pair => pair.Name == name).Value;

    public static ExploreAddress Read(ParameterValues values)
    {
        var isForm = MeasureFields.Any(field => values.Has(field.Measure)) || FilterParameters.Any(field => values.Has(field.Field));
        var address = new ExploreAddress
        {
            State = PageState.Read(values),
            Dimensions = [.. CommaSeparatedLists.Split(values.Get(By))],
            Measures =
            [
                .. CommaSeparatedLists.Split(values.Get(Measure)),
                .. MeasureFields.Where(field => values.Has(field.Measure))
                    .Select(field => values.Get(field.Of) is { } of ? $"{values.Get(field.Measure)}:{of}" : values.Get(field.Measure)!),
            ],
            Filters =
            [
                .. values.Get(Where),
                .. FilterParameters.Where(field => values.Has(field.Field))
                    .Select(field => new FilterCondition(values.Get(field.Field)!, values.Get(field.Is) ?? "=", values.Get(field.Value) ?? "").ToWhere())
                    .OfType<string>(),
            ],
            OtherParameters =
                [.. OtherParameterDefinitions.SelectMany(other => values.Get(other).Where(text => (other.Name, text) != ("totals", "false")).Select(text => (other.Name, text)))],
            NeedsRedirect = isForm || ApiOnlyParameters.Any(values.Has) || values.Get(By).Count > 1 || values.Get(Measure).Count > 1,
        };
        address = address.WithMeasure().WithYearRange().WithPopularity();
        return isForm ? address.WithoutRemovedPivot().WithoutRemovedOrder() : address;
    }

    /// <summary>Returns the address of a page's query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="state">The state of the page.</param>
    /// <param name="chart">The chart that shows it; null for the default.</param>
    public static ExploreAddress Create(PageQuery query, PageState state, ChartViewKind? chart = null) => new()
    {
        State = state with { From = null, To = null, AllYears = false, Popularity = default },
        Dimensions = query.By,
        Measures = query.Measures,

        // The year range of the page applies unless the query has its own.
        Filters =
        [
            .. query.Where,
            .. !query.UsesYearRange || query.Where.Any(filter => FilterCondition.Parse(filter) is { IsYearRange: true }) ? [] : state.YearFilters,
        ],
        OtherParameters =
        [
            .. query.GetRowParameters().Append((Name: "chart", Value: ExploreChart.GetName(chart))).Where(pair => !string.IsNullOrEmpty(pair.Value))
                .Select(pair => (pair.Name, pair.Value!)),
        ],
    };

    /// <summary>The parameters of the query, as in the API.</summary>
    public IEnumerable<(string Name, string? Value)> QueryParameters =>
    [
        ("by", string.Join(',', Dimensions)), ("measure", string.Join(',', Measures)), .. Filters.Select(filter => ("where", (string?)filter)),
        .. OtherParameters.Select(pair => (pair.Name, (string?)pair.Value)),
    ];

    /// <summary>Returns the address without the host.</summary>
    public string GetLink() => State.GetLink(Path, [.. QueryParameters]);

    public PageAddress ToPageAddress()
    {
        // On this page the year range is a filter; on other pages it is the parameters from and to.
        var (state, filters) = HasQuery ? SplitYearRange() : (State, Filters);
        var own = (this with { Filters = filters }).QueryParameters.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => (pair.Name, pair.Value!));
        return new PageAddress(state, [.. own]) { RedirectTo = NeedsRedirect ? GetLink() : null };
    }

    /// <summary>Splits the filters into a year range and the others. Leaves them unchanged when those on years do not form a single range.</summary>
    private (PageState State, IReadOnlyList<string> Others) SplitYearRange()
    {
        var years = Filters.Where(filter => FilterCondition.Parse(filter) is { IsYearRange: true }).ToList();
        var (from, to) = (default(int?), default(int?));
        foreach (var line in years.Select(FilterCondition.Parse).OfType<FilterCondition>())
        {
            var ends = line.Value.Split("..");
            int? first = ParseYear(ends[0]), last = ParseYear(ends[^1]);
            var isLower = line.Operator is "=" or ">=";
            var isUpper = line.Operator is "=" or "<=";
            if (first is null || last is null || !(isLower || isUpper) || (isLower && from is not null) || (isUpper && to is not null) || first > last)
            {
                return (State, Filters);
            }

            (from, to) = (isLower ? first : from, isUpper ? last : to);
        }

        return from > to ? (State, Filters) : (State with { From = from, To = to }, [.. Filters.Except(years)]);
    }

    private static int? ParseYear(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 0 and < 10_000 ? year : null;

    /// <summary>Adds the number of movies as the measure of a query without one.</summary>
    private ExploreAddress WithMeasure() => HasQuery && Measures.Count == 0 ? this with { Measures = ["releases"], NeedsRedirect = true } : this;

    private ExploreAddress WithYearRange() => HasQuery && State.HasYearRange
        ? this with
        {
            Filters = [.. Filters.Where(filter => FilterCondition.Parse(filter) is not { IsYearRange: true }), .. State.YearFilters],
            State = State with { From = null, To = null, AllYears = false },
            NeedsRedirect = true,
        }
        : this;

    /// <summary>Replaces popularity with the measure chosen in the display options, as each is a separate measure here.</summary>
    private ExploreAddress WithPopularity()
    {
        var chosen = State.PopularityMeasure;
        return State.Popularity == default || !Measures.Contains("popularity") ? this : this with
        {
            Measures = [.. Measures.Select(measure => measure == "popularity" ? chosen : measure).Distinct()],
            OtherParameters =
            [
                .. OtherParameters.Select(pair => pair is ("order", "popularity" or "popularity:desc")
                    ? (pair.Name, pair.Value.Replace("popularity", chosen, StringComparison.Ordinal))
                    : pair),
            ],
            State = State with { Popularity = default },
            NeedsRedirect = true,
        };
    }

    /// <summary>Removes the pivot of a dimension that was removed in the form.</summary>
    private ExploreAddress WithoutRemovedPivot() =>
        this with { OtherParameters = [.. OtherParameters.Where(pair => pair.Name != "pivot" || Dimensions.Contains(pair.Value))] };

    /// <summary>Removes an order by a column that was removed in the form.</summary>
    private ExploreAddress WithoutRemovedOrder()
    {
        try
        {
            var columns = QueryColumns.Get(new QueryRequest
            {
                By = [.. Dimensions.Select(name => CineLedger.Reports.Queries.Dimensions.Find(name, "--by"))],
                Measures = CineLedger.Reports.Queries.Measures.ParseAll(Measures),
                ComparePreviousYear = Get("compare") is not null,
            }).Select(column => column.Name).ToHashSet();
            return this with
            {
                OtherParameters =
                    [.. OtherParameters.Where(pair => pair.Name != "order" || CommaSeparatedLists.Split([pair.Value]).All(order => columns.Contains(order.Split(':')[0])))],
            };
        }
        catch (UsageException)
        {
            return this;
        }
    }
}
