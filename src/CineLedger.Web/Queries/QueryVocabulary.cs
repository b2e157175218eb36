using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Queries;

/// <summary>The dimensions, measures, functions over groups, filters and aggregates of queries.</summary>
internal sealed record QueryVocabulary(
    IReadOnlyList<DimensionInfo> Dimensions, IReadOnlyList<MeasureInfo> Measures, IReadOnlyList<FunctionInfo> Functions, IReadOnlyList<FilterInfo> Filters,
    IReadOnlyList<string> Aggregates)
{
    public static QueryVocabulary Create() => new(
        [.. CineLedger.Reports.Queries.Dimensions.All.Select(dimension => new DimensionInfo(dimension.Name, dimension.Meaning, dimension.IsTime))],
        [.. CineLedger.Reports.Queries.Measures.All.Select(measure => new MeasureInfo(measure.Name, measure.Meaning, measure.CanAggregate))],
        [.. GroupFunctions.All.Select(function => new FunctionInfo(function.Name, function.Meaning, function.NeedsSum))],
        [.. FilterFields.All.Select(field => new FilterInfo(field.Name, GetFormName(field.Form)))],
        [.. Enum.GetValues<Aggregate>().Select(ReportOptionNames.GetName)]);

    private static string GetFormName(ValueForm form) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(form.ToString());
}

/// <summary>A dimension of queries.</summary>
/// <param name="Name">The name in a query.</param>
/// <param name="Meaning">The description.</param>
/// <param name="IsTime">Whether the dimension is part of the release date, so that undated movies are excluded.</param>
internal sealed record DimensionInfo(string Name, string Meaning, bool IsTime);

/// <summary>A measure of queries.</summary>
/// <param name="Name">The name in a query.</param>
/// <param name="Meaning">The description.</param>
/// <param name="CanAggregate">Whether the name may be followed by :sum, :avg, :median, :min or :max.</param>
internal sealed record MeasureInfo(string Name, string Meaning, bool CanAggregate);

/// <summary>A function over groups, used as FUNCTION(MEASURE).</summary>
/// <param name="Name">The name in a query.</param>
/// <param name="Meaning">The description.</param>
/// <param name="NeedsSum">Whether the measure must be a count or a sum.</param>
internal sealed record FunctionInfo(string Name, string Meaning, bool NeedsSum);

/// <summary>A field to filter on.</summary>
/// <param name="Name">The name in a query.</param>
/// <param name="Form">The form of its values.</param>
internal sealed record FilterInfo(string Name, string Form);
