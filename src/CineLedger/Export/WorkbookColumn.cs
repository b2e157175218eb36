using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Export;

/// <summary>A column of a report in a workbook: its heading in words, and its definition.</summary>
/// <param name="Name">The name of the column in other formats.</param>
/// <param name="Xlsx">The column of the sheet.</param>
/// <param name="Meaning">The definition.</param>
internal sealed record WorkbookColumn(string Name, XlsxColumn Xlsx, string Meaning)
{
    public static IReadOnlyList<WorkbookColumn> Create(QueryRequest query) =>
    [
        .. query.By.Select(dimension => new WorkbookColumn(
            dimension.Name, new(ReportOptionNames.ToHeading(dimension.Name.Replace('_', ' ')), dimension.Kind), ReportOptionNames.ToHeading(dimension.Meaning))),
        .. query.Measures.Select(use => new WorkbookColumn(
            use.Column, new(GetHeading(query, use), use.GetColumnKind(query), GetFormat(use.Measure.Kind)), ReportOptionNames.ToHeading(GetMeaning(query, use)))),
    ];

    private static string GetHeading(QueryRequest query, SelectedMeasure use) => use.Measure.Kind switch
    {
        MeasureKind.Known => $"{ReportOptionNames.ToHeading(use.Measure.Name[..^"_known".Length].Replace('_', ' '))} (known for)",
        MeasureKind.Amount when use.Applied is null && use.GetAggregate(query) is var aggregate and not Aggregate.Sum =>
            $"{ReportOptionNames.ToHeading(use.Measure.Title)}, {ReportOptionNames.GetTitle(aggregate)}",
        _ => ReportOptionNames.ToHeading(use.Title),
    };

    private static XlsxFormat GetFormat(MeasureKind kind) => kind switch
    {
        MeasureKind.Amount => XlsxFormat.Dollars,
        MeasureKind.Share or MeasureKind.Ratio => XlsxFormat.Percent,
        _ => XlsxFormat.Default,
    };

    private static string GetMeaning(QueryRequest query, SelectedMeasure use)
    {
        if (use.Applied is { } applied)
        {
            return $"{applied.Function.Title(applied.Of.Title)}: {use.Measure.Meaning}";
        }

        if (use.Measure.Kind is not (MeasureKind.Amount or MeasureKind.Value))
        {
            return use.Measure.Meaning;
        }

        // A sum of profits is defined by the amounts of the whole group.
        var aggregate = use.GetAggregate(query);
        return use.Measure.CanBeNegative && aggregate == Aggregate.Sum
            ? use.Measure.Meaning
            : $"{use.Measure.Meaning}; {ReportOptionNames.GetTitle(aggregate)} over the movies for which it is known";
    }
}
