using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Queries;

/// <summary>What queries can be made of.</summary>
internal sealed record QueryVocabulary(
    IReadOnlyList<DimensionWord> Dimensions, IReadOnlyList<MeasureWord> Measures, IReadOnlyList<FilterWord> Filters, IReadOnlyList<string> Aggregates)
{
    public static QueryVocabulary Of() => new(
        [.. CineLedger.Reports.Queries.Dimensions.All.Select(dimension => new DimensionWord(dimension.Name, dimension.Meaning, dimension.IsTime))],
        [.. CineLedger.Reports.Queries.Measures.All.Select(measure => new MeasureWord(measure.Name, measure.Meaning, measure.CanAggregate))],
        [.. FilterFields.All.Select(field => new FilterWord(field.Name, Form(field.Form)))],
        [.. Enum.GetValues<Aggregate>().Select(ReportWords.Of)]);

    private static string Form(ValueForm form) => form == ValueForm.MonthOfYear ? "monthOfYear" : form.ToString().ToLowerInvariant();
}

/// <param name="IsTime">Part of the release date: films without one have no row.</param>
internal sealed record DimensionWord(string Name, string Meaning, bool IsTime);

/// <param name="CanAggregate">Whether :sum, :avg, :median, :min and :max may follow it.</param>
internal sealed record MeasureWord(string Name, string Meaning, bool CanAggregate);

/// <param name="Form">How its values are written.</param>
internal sealed record FilterWord(string Name, string Form);
