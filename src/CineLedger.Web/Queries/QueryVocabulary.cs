using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Queries;

/// <summary>What queries can be made of.</summary>
internal sealed record QueryVocabulary(
    IReadOnlyList<DimensionInfo> Dimensions, IReadOnlyList<MeasureInfo> Measures, IReadOnlyList<FilterInfo> Filters, IReadOnlyList<string> Aggregates)
{
    public static QueryVocabulary Create() => new(
        [.. CineLedger.Reports.Queries.Dimensions.All.Select(dimension => new DimensionInfo(dimension.Name, dimension.Meaning, dimension.IsTime))],
        [.. CineLedger.Reports.Queries.Measures.All.Select(measure => new MeasureInfo(measure.Name, measure.Meaning, measure.CanAggregate))],
        [.. FilterFields.All.Select(field => new FilterInfo(field.Name, GetFormName(field.Form)))],
        [.. Enum.GetValues<Aggregate>().Select(ReportOptionNames.Get)]);

    private static string GetFormName(ValueForm form) => form == ValueForm.MonthOfYear ? "monthOfYear" : form.ToString().ToLowerInvariant();
}

/// <param name="IsTime">Part of the release date: films without one have no row.</param>
internal sealed record DimensionInfo(string Name, string Meaning, bool IsTime);

/// <param name="CanAggregate">Whether :sum, :avg, :median, :min and :max may follow it.</param>
internal sealed record MeasureInfo(string Name, string Meaning, bool CanAggregate);

/// <param name="Form">How its values are written.</param>
internal sealed record FilterInfo(string Name, string Form);
