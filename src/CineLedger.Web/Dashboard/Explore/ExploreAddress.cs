using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Explore;

/// <summary>
/// What an address of the page asks, in the words of <c>/api/v1/query</c>, not judged yet: a form must keep what is wrong in it. The fields of the
/// form, the span and the popularity of other pages, and what only the API takes are put into those words; the browser is sent to the
/// address that results.
/// </summary>
public sealed record ExploreAddress
{
    public const string Path = "/explore";

    /// <summary>Filters and measures that the form has numbered fields for: without a script a browser sends fields one by one.</summary>
    public const int MaxLines = 12;

    private static readonly Parameter<IReadOnlyList<string>> By = Parameter.CreateTexts("by", "");
    private static readonly Parameter<IReadOnlyList<string>> Measure = Parameter.CreateTexts("measure", "");
    private static readonly Parameter<IReadOnlyList<string>> Where = Parameter.CreateTexts("where", "");

    /// <summary>The query's other options but those of <see cref="PageState"/>, then the page's own, in the order in which addresses have them.</summary>
    private static readonly Parameter<IReadOnlyList<string>>[] Others =
    [
        .. QueryOption.OfQueries.Select(option => option.Name).Except(["by", "measure", "where", .. PageState.Parameters.Select(parameter => parameter.Name)])
            .Concat(["chart", "lines"]).Select(name => Parameter.CreateTexts(name, "")),
    ];

    private static readonly Parameter<IReadOnlyList<string>>[] ApiOnlyParameters = [.. new[] { "format", "cursor", "seen" }.Select(name => Parameter.CreateTexts(name, ""))];

    private static readonly (Parameter<string?> Measure, Parameter<string?> Of)[] MeasureFields =
        [.. LineNumbers.Select(number => (Parameter.CreateText($"measure{number}", ""), Parameter.CreateText($"of{number}", "")))];

    private static readonly (Parameter<string?> Field, Parameter<string?> Is, Parameter<string?> Value)[] FilterParameters =
        [.. LineNumbers.Select(number => (Parameter.CreateText($"field{number}", ""), Parameter.CreateText($"is{number}", ""), Parameter.CreateText($"value{number}", "")))];

    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        By, Measure, Where, .. Others, .. ApiOnlyParameters,
        .. MeasureFields.SelectMany(field => new Parameter[] { field.Measure, field.Of }),
        .. FilterParameters.SelectMany(field => new Parameter[] { field.Field, field.Is, field.Value }),
    ];

    public required PageState State { get; init; }
    public required IReadOnlyList<string> Dimensions { get; init; }
    public required IReadOnlyList<string> Measures { get; init; }
    public required IReadOnlyList<string> Filters { get; init; }

    /// <summary>All else: <c>order</c>, <c>limit</c> …, as written.</summary>
    public required IReadOnlyList<(string Name, string Value)> OtherParameters { get; init; }

    /// <summary>Whether the address has other words than those that are kept.</summary>
    private bool NeedsRedirect { get; init; }

    /// <summary>Whether anything is asked: else the page offers questions.</summary>
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
                .. MeasureFields.Where(field => values.Has(field.Measure)).Select(field => values.Get(field.Of) is { } of ? $"{values.Get(field.Measure)}:{of}" : values.Get(field.Measure)!),
            ],
            Filters =
            [
                .. values.Get(Where),
                .. FilterParameters.Where(field => values.Has(field.Field))
                    .Select(field => new FilterCondition(values.Get(field.Field)!, values.Get(field.Is) ?? "=", values.Get(field.Value) ?? "").ToWhere()).OfType<string>(),
            ],
            OtherParameters = [.. Others.SelectMany(other => values.Get(other).Where(text => (other.Name, text) != ("totals", "false")).Select(text => (other.Name, text)))],
            NeedsRedirect = isForm || ApiOnlyParameters.Any(values.Has) || values.Get(By).Count > 1 || values.Get(Measure).Count > 1,
        };
        address = address.WithMeasure().WithSpan().WithPopularity();
        return isForm ? address.WithoutRemovedOrder() : address;
    }

    /// <summary>All that the address says of the question, in the API's words.</summary>
    public IEnumerable<(string Name, string? Value)> Pairs =>
        [("by", string.Join(',', Dimensions)), ("measure", string.Join(',', Measures)), .. Filters.Select(filter => ("where", (string?)filter)), .. OtherParameters.Select(pair => (pair.Name, (string?)pair.Value))];

    /// <summary>Without its host.</summary>
    public string GetLink() => State.GetLink(Path, [.. Pairs]);

    public PageAddress ToPageAddress()
    {
        // The span stands in the filters here; other pages have it as from and to.
        var (state, filters) = HasQuery ? ParseSpan() : (State, Filters);
        var own = (this with { Filters = filters }).Pairs.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => (pair.Name, pair.Value!));
        return new PageAddress(state, [.. own]) { RedirectTo = NeedsRedirect ? GetLink() : null };
    }

    /// <summary>The span that filters make, and the filters that are left; none where they say more of years than a span.</summary>
    private (PageState State, IReadOnlyList<string> Others) ParseSpan()
    {
        var years = Filters.Where(filter => FilterCondition.Read(filter) is { IsSpan: true }).ToList();
        var (from, to) = (default(int?), default(int?));
        foreach (var line in years.Select(FilterCondition.Read).OfType<FilterCondition>())
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

    /// <summary>Dimensions or filters alone ask how many movies there are.</summary>
    private ExploreAddress WithMeasure() => HasQuery && Measures.Count == 0 ? this with { Measures = ["releases"], NeedsRedirect = true } : this;

    private ExploreAddress WithSpan() => HasQuery && State.HasSpan
        ? this with { Filters = [.. Filters.Where(filter => FilterCondition.Read(filter) is not { IsSpan: true }), .. State.SpanFilters], State = State with { From = null, To = null }, NeedsRedirect = true }
        : this;

    /// <summary>What popularity is measured by is a measure of its own here.</summary>
    private ExploreAddress WithPopularity()
    {
        var word = State.PopularityMeasure;
        return State.Popularity == default || !Measures.Contains("popularity") ? this : this with
        {
            Measures = [.. Measures.Select(measure => measure == "popularity" ? word : measure).Distinct()],
            OtherParameters = [.. OtherParameters.Select(pair => pair is ("order", "popularity" or "popularity:desc") ? (pair.Name, pair.Value.Replace("popularity", word, StringComparison.Ordinal)) : pair)],
            State = State with { Popularity = default },
            NeedsRedirect = true,
        };
    }

    /// <summary>Who takes a measure out of the form does not mean to go on ordering by it.</summary>
    private ExploreAddress WithoutRemovedOrder()
    {
        try
        {
            var columns = QueryColumns.Get(new QueryRequest
            {
                By = [.. Dimensions.Select(name => CineLedger.Reports.Queries.Dimensions.Find(name, "--by"))],
                Measures = [.. Measures.Select(CineLedger.Reports.Queries.Measures.Parse)],
                ComparePreviousYear = Get("compare") is not null,
            }).Select(column => column.Name).ToHashSet();
            return this with { OtherParameters = [.. OtherParameters.Where(pair => pair.Name != "order" || CommaSeparatedLists.Split([pair.Value]).All(order => columns.Contains(order.Split(':')[0])))] };
        }
        catch (UsageException)
        {
            return this;
        }
    }
}
