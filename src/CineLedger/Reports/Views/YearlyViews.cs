using System.Text.RegularExpressions;
using CineLedger.Reports.Queries;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Views;

/// <summary>The views of the reports: their columns and rows with default options. Their SQL is that of the reports, without an order.</summary>
internal static partial class YearlyViews
{
    /// <summary>Returns the views that a schema has the tables for.</summary>
    public static IEnumerable<SnapshotView> Create(IReadOnlyList<SchemaTable> schema)
    {
        foreach (var report in ReportDefinition.All)
        {
            var query = ReportSql.CreateQuery(new ReportRequest { Report = report });
            if (!query.NeedsStudios || schema.Any(table => table.Name == "company_studio"))
            {
                yield return new SnapshotView(GetName(report), $"{report.Summary}: the report `{report.Name}`.", [.. GetColumns(query)])
                {
                    Sql = Build(query with { Order = [], IsUnordered = true }, schema),
                    OrderedSql = Build(query, schema),
                };
            }
        }
    }

    private static string Build(QueryRequest query, IReadOnlyList<SchemaTable> schema) =>
        QualifyTables(QuerySql.Build(query, 0).Text.Replace("$1", "{snapshot}", StringComparison.Ordinal), schema);

    /// <summary>Returns the name of a report's view: <c>company_years</c> for <c>companies</c>.</summary>
    private static string GetName(ReportDefinition report) => $"{string.Join('_', report.By.Where(dimension => dimension != "year"))}_years";

    private static IEnumerable<SchemaColumn> GetColumns(QueryRequest query) => QueryColumns.Get(query).Select((column, i) => i < query.By.Count
        ? new SchemaColumn(column.Name, column.Kind == ColumnKind.Text ? "TEXT" : "INTEGER", IsNullable: false, query.By[i].Meaning)
        : Describe(column, query.Measures[i - query.By.Count]));

    private static SchemaColumn Describe(Column column, SelectedMeasure use) => new(
        column.Name,
        column.Kind == ColumnKind.Number ? "DOUBLE" : "BIGINT",
        use.Measure.Kind is not (MeasureKind.Count or MeasureKind.Known or MeasureKind.NameReleases or MeasureKind.Rank),
        use.Applied is { } applied ? $"{applied.Function.Title(applied.Of.Title)}: {applied.Function.Meaning}"
        : use.Measure.Kind == MeasureKind.Value ? $"mean of {use.Measure.Meaning}"
        : use.Measure.Meaning);

    /// <summary>Puts <c>{schema}</c> before each table's name. In generated SQL it always follows FROM or JOIN.</summary>
    private static string QualifyTables(string sql, IReadOnlyList<SchemaTable> schema) =>
        TableName().Replace(sql, match => schema.Any(table => table.Name == match.Groups["name"].Value) ? match.Result("${before}{schema}${name}") : match.Value);

    [GeneratedRegex(@"(?<before>\b(FROM|JOIN) )(?<name>\w+)")]
    private static partial Regex TableName();
}
